package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder for half-written files in the region's own volume, and one in the pool's, which may be a
 * volume of its own (AFS and NFS move nothing from one to another); gone when closed.
 *
 * <p>Whoever has one holds the shared {@code state} lock, so a run that gets that lock exclusively
 * knows that every such folder belongs to a dead process.
 */
final class WorkFolder implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Path folder;
  private final Path pool;
  private final Path inPool;
  private final AtomicLong count = new AtomicLong();

  private WorkFolder(Path folder, Path pool, Path inPool) {
    this.folder = folder;
    this.pool = pool;
    this.inPool = inPool;
  }

  /** Makes one. */
  static WorkFolder in(RegionContext region) throws IOException {
    String name = UUID.randomUUID().toString();
    return new WorkFolder(
        Files.createDirectories(region.at(TreeLayout.TEMPORARY).resolve(name)),
        region.at(TreeLayout.POOL),
        region.at(TreeLayout.POOL_TEMPORARY).resolve(name));
  }

  /** Sees that the region's folder is there and, before its first release, that its name stays. */
  static void makeRoot(RegionContext region) throws IOException {
    if (Files.exists(region.at(TreeLayout.JOURNAL))) {
      return;
    }
    Path root = region.settings().root();
    makeDurably(root);
    forceReadable(parent(root));
  }

  private static void makeDurably(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path parent = parent(folder);
      makeDurably(parent);
      Files.createDirectories(folder);
      forceReadable(parent);
    }
  }

  /** Folders above the region belong to others: one that may be entered only cannot be forced. */
  private static void forceReadable(Path folder) throws IOException {
    if (Files.isReadable(folder)) {
      SyncBatch.force(List.of(folder));
    }
  }

  /** A new name in the volume of the target, whose folder need not exist. */
  Path next(Path target) throws IOException {
    Path here = target.startsWith(pool) ? Files.createDirectories(inPool) : folder;
    return here.resolve(String.valueOf(count.incrementAndGet()));
  }

  /** Makes the file hold these bytes, in one step and durably; not touched if it does already. */
  void replace(Path target, byte[] content) throws IOException {
    if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        && Arrays.equals(Files.readAllBytes(target), content)) {
      return;
    }
    Path temporary = next(target);
    write(temporary, content);
    moveAndSync(temporary, target);
  }

  /** Makes the symbolic link point there, in one step and durably; not touched if it does. */
  void link(Path link, String target) throws IOException {
    if (leadsTo(link, target)) {
      return;
    }
    Path temporary = next(link);
    Files.createSymbolicLink(temporary, temporary.getFileSystem().getPath(target));
    moveAndSync(temporary, link);
  }

  /** Whether there is a symbolic link, and it points there. */
  static boolean leadsTo(Path link, String target) throws IOException {
    try {
      return Files.readSymbolicLink(link).toString().equals(target);
    } catch (FileSystemException e) {
      // it is no link, there is nothing, or it cannot be read: clients are led nowhere either
      return false;
    }
  }

  private static void moveAndSync(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    SyncBatch.force(List.of(parent(to)));
  }

  /** Writes a new file and waits until it is on the disk. */
  static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** The folder of a path of the tree, which always has one. */
  static Path parent(Path path) {
    return Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file has a folder");
  }

  @Override
  public void close() throws IOException {
    delete(folder);
    if (Files.exists(inPool)) {
      delete(inPool);
    }
  }

  /** The folders in one of the two that are such; a region's folder may have been used before. */
  static List<Path> leftIn(Path folder) throws IOException {
    return children(folder).stream()
        .filter(each -> NAME.matcher(String.valueOf(each.getFileName())).matches())
        .toList();
  }

  /** What is in a folder, sorted; nothing if there is no such folder. */
  static List<Path> children(Path folder) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(children::add);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    children.sort(null);
    return children;
  }

  /** Deletes a folder and all in it; follows no link. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(emptied);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
