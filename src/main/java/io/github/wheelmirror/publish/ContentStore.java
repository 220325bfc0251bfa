package io.github.wheelmirror.publish;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.tree.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Puts wheels and pages under the names of their content: whole, durable and read-only, or not at
 * all.
 */
final class ContentStore {
  private static final int BUFFER = 1 << 17;
  private static final String READ_ONLY = "r--r--r--";

  private final RegionContext region;
  private final WorkFolder work;
  private final Progress progress;

  ContentStore(RegionContext region, WorkFolder work, Progress progress) {
    this.region = region;
    this.work = work;
    this.progress = progress;
  }

  /**
   * The files that the tree lacks or holds damaged.
   *
   * @param proven files that a release already relies on, so their content reached the disk: only
   *     their size is looked at
   */
  List<StoredFile> missing(List<StoredFile> wanted, Predicate<StoredFile> proven)
      throws IOException {
    Queue<StoredFile> missing = new ConcurrentLinkedQueue<>();
    Set<Path> unsure = ConcurrentHashMap.newKeySet();
    SyncBatch.each(
        wanted,
        file -> {
          Path path = region.at(file.path());
          boolean known = proven.test(file);
          boolean there =
              isFile(path, file.size()) && (known || Sha256.of(path).equals(file.sha256()));
          if (!there) {
            missing.add(file);
          } else if (!known) {
            unsure.addAll(folders(path));
          }
        });
    // a run that was killed, or one beside this, may have named them and forced no name yet
    SyncBatch.force(unsure);
    if (missing.isEmpty()) {
      return List.of();
    }
    Set<StoredFile> lacking = Set.copyOf(missing);
    return wanted.stream().filter(lacking::contains).toList();
  }

  /** Asks the file system once: there may be a hundred thousand of them. */
  private static boolean isFile(Path path, long size) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return found.isRegularFile() && found.size() == size;
    } catch (IOException e) {
      // what cannot be looked at is written anew, or that says why it cannot be
      return false;
    }
  }

  /**
   * Copies the files: all bytes reach the disk before the first name appears.
   *
   * @param step what is told to {@link Progress}, and names the steps for {@link Faults}
   */
  void add(List<StoredFile> files, String step) throws IOException {
    Map<StoredFile, Path> written = new ConcurrentHashMap<>();
    AtomicLong done = new AtomicLong();
    SyncBatch.each(
        files,
        file -> {
          region.faults().at(step + ": copy");
          Path temporary = work.next(region.at(file.path()));
          copy(file, temporary);
          written.put(file, temporary);
          progress.done(step, done.incrementAndGet(), files.size());
        });
    Set<Path> touched = new TreeSet<>();
    for (StoredFile file : files) {
      region.faults().at(step + ": rename");
      Path target = region.at(file.path());
      touched.addAll(folders(target));
      Files.createDirectories(WorkFolder.parent(target));
      Path temporary = written.get(file);
      if (temporary == null) {
        throw new IOException(file.path() + " was not written");
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }
    region.faults().at(step + ": sync");
    SyncBatch.force(touched);
  }

  /** The folders down to the file that may be new. */
  private List<Path> folders(Path target) {
    Path root = region.settings().root().toAbsolutePath().normalize();
    Set<Path> folders = new TreeSet<>();
    Path folder = WorkFolder.parent(target).normalize();
    while (folder.startsWith(root)) {
      folders.add(folder);
      folder = WorkFolder.parent(folder);
    }
    return List.copyOf(folders);
  }

  /** Writes a read-only durable copy and refuses one that is not what the name promises. */
  static void copy(StoredFile file, Path to) throws IOException {
    Path from = file.source().find();
    MessageDigest digest = Sha256.digest();
    long size = 0;
    try (InputStream in = Files.newInputStream(from);
        FileChannel out =
            FileChannel.open(to, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        size += read;
        ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, read);
        while (chunk.hasRemaining()) {
          out.write(chunk);
        }
      }
      makeFinal(file, to);
      out.force(true);
    }
    if (size != file.size() || !HexFormat.of().formatHex(digest.digest()).equals(file.sha256())) {
      throw MirrorException.machinery(
          "nothing was released: " + from.getFileName() + " is damaged",
          from + " is not the file with sha256 " + file.sha256() + " that the snapshot names",
          "delete it and run the build and snapshot goals again",
          null);
    }
  }

  private static void makeFinal(StoredFile file, Path path) throws IOException {
    PosixFileAttributeView posix = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (posix != null) {
      posix.setPermissions(PosixFilePermissions.fromString(READ_ONLY));
    }
    FileTime time = file.time().get();
    Files.getFileAttributeView(path, BasicFileAttributeView.class).setTimes(time, time, null);
  }
}
