package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a folder hold exactly some files and links. What is right already is not touched, so a run
 * that changes nothing writes nothing; what an interrupted run left is completed or removed.
 * Nothing is forced to disk: the folder can always be made again, and a region forces what it
 * copies.
 */
final class StagingFolder {
  private static final int BUFFER = 1 << 16;

  private final Path root;
  private final Map<Path, Entry> files = new LinkedHashMap<>();
  private final Map<Path, Path> links = new LinkedHashMap<>();
  private final Set<Path> made = new HashSet<>();

  /** Sees that a file has its content. */
  @FunctionalInterface
  private interface Entry {
    void write(Path file) throws IOException;
  }

  StagingFolder(Path root) {
    this.root = root;
  }

  void file(String path, byte[] content) {
    file(path, () -> content);
  }

  /** A file whose content is made when it is written. */
  void file(String path, Supplier<byte[]> content) {
    files.put(root.resolve(path), file -> write(file, content.get()));
  }

  /** A file that is too large to be held in memory; this is its content's digest and size. */
  void large(String path, String sha256, long size, RenderedDocument.Content content) {
    files.put(root.resolve(path), file -> write(file, sha256, size, content));
  }

  void link(String path, String target) {
    links.put(root.resolve(path), Path.of(target));
  }

  /** Writes in the order of the calls, after removing what does not belong there. */
  void write() throws IOException {
    Files.createDirectories(root);
    removeStrangers();
    for (Map.Entry<Path, Entry> file : files.entrySet()) {
      file.getValue().write(file.getKey());
    }
    for (Map.Entry<Path, Path> link : links.entrySet()) {
      link(link.getKey(), link.getValue());
    }
  }

  /** A new file needs no other name first: half of it is another content to the next run. */
  private void write(Path file, byte[] content) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      makeFolder(file);
      Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } else if (Files.size(file) != content.length
        || !Arrays.equals(Files.readAllBytes(file), content)) {
      Path temporary = temporary(file);
      Files.write(temporary, content);
      move(temporary, file);
    }
  }

  private void write(Path file, String sha256, long size, RenderedDocument.Content content)
      throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) == size
        && Sha256.of(file).equals(sha256)) {
      return;
    }
    makeFolder(file);
    Path temporary = temporary(file);
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW), BUFFER)) {
      content.write(out);
    }
    move(temporary, file);
  }

  private void link(Path link, Path target) throws IOException {
    if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      makeFolder(link);
      Files.createSymbolicLink(link, target);
    } else if (!Files.readSymbolicLink(link).equals(target)) {
      Path temporary = temporary(link);
      Files.createSymbolicLink(temporary, target);
      move(temporary, link);
    }
  }

  private static void move(Path temporary, Path target) throws IOException {
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path temporary(Path file) {
    return file.resolveSibling("." + UUID.randomUUID() + ".tmp");
  }

  private void makeFolder(Path file) throws IOException {
    Path folder = file.getParent();
    if (folder != null && made.add(folder)) {
      Files.createDirectories(folder);
    }
  }

  private void removeStrangers() throws IOException {
    Set<Path> folders = new HashSet<>();
    for (Set<Path> paths : java.util.List.of(files.keySet(), links.keySet())) {
      for (Path path : paths) {
        for (Path p = path.getParent(); p != null && p.startsWith(root); p = p.getParent()) {
          folders.add(p);
        }
      }
    }
    folders.add(root);
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            boolean belongs =
                attributes.isSymbolicLink()
                    ? links.containsKey(file)
                    : attributes.isRegularFile() && files.containsKey(file);
            if (!belongs) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            if (!folders.contains(folder)) {
              Files.delete(folder);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
