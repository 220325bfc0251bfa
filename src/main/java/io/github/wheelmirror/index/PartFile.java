package io.github.wheelmirror.index;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The bytes of a download that is not complete yet, in {@code .tmp} beside the target, hashed while
 * they are written.
 *
 * <p>Each download writes a file of its own and begins with a copy of what an earlier one left for
 * the same key, so any number of processes may fetch the same file at once.
 */
final class PartFile implements AutoCloseable {

  private static final String SUFFIX = ".part";

  private final Path folder;
  private final String key;
  private final Path path;
  private final FileChannel channel;
  private final Collection<String> algorithms;
  private Hashes hashes;
  private boolean keep;

  private PartFile(
      Path folder, String key, Path path, FileChannel channel, Collection<String> algorithms) {
    this.folder = folder;
    this.key = key;
    this.path = path;
    this.channel = channel;
    this.algorithms = algorithms;
    this.hashes = new Hashes(algorithms);
  }

  /**
   * A part with the most bytes that were left behind, or an empty one.
   *
   * @param key names the content: the digest that it must have
   * @param most bytes; a longer leftover is of no use
   */
  static PartFile open(Path folder, String key, Collection<String> algorithms, long most) {
    try {
      Files.createDirectories(folder);
      Path path = folder.resolve(key + "." + UUID.randomUUID() + SUFFIX);
      FileChannel channel =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      PartFile part = new PartFile(folder, key, path, channel, algorithms);
      part.takeOver(most);
      return part;
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  long size() {
    return hashes.size();
  }

  void append(ByteBuffer bytes) {
    try {
      hashes.update(bytes);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      keep = false;
      throw unwritable(path, e);
    }
  }

  /** Forgets all bytes. */
  void restart() {
    try {
      channel.truncate(0).position(0);
      hashes = new Hashes(algorithms);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** Closing leaves the bytes for a later download. */
  void keepWhenClosed() {
    keep = true;
  }

  /** The digests of all bytes; nothing can be appended afterwards but after {@link #restart}. */
  Map<String, String> digests() {
    return hashes.finish();
  }

  /** Makes the bytes the target's content, on disk before they are seen. */
  void moveTo(Path target) throws IOException {
    channel.force(true);
    try {
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException e) {
      // Another download of the same content was faster and has tidied up.
      if (!Files.isRegularFile(target)) {
        throw e;
      }
    }
    keep = false;
    for (Path other : leftovers()) {
      Files.deleteIfExists(other);
    }
  }

  /** Removes the part, or renames it so that the next download finds one and not many. */
  @Override
  public void close() {
    try {
      channel.close();
      if (keep && sizeOf(path) > 0) {
        Files.move(path, folder.resolve(key + SUFFIX), StandardCopyOption.REPLACE_EXISTING);
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private void takeOver(long most) throws IOException {
    Path best = path;
    long bestSize = 0;
    for (Path other : leftovers()) {
      long size = other.equals(path) ? 0 : sizeOf(other);
      if (size > bestSize && size <= most) {
        best = other;
        bestSize = size;
      }
    }
    if (bestSize == 0) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try (FileChannel source = FileChannel.open(best, StandardOpenOption.READ)) {
      while (source.read(buffer) >= 0 && size() <= most) {
        append(buffer.flip());
        buffer.clear();
      }
    } catch (NoSuchFileException e) {
      // Finished or removed by another process meanwhile.
      restart();
    }
    if (size() > most) {
      restart();
    }
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file -> {
                String name = String.valueOf(file.getFileName());
                return name.startsWith(key + ".") && name.endsWith(SUFFIX);
              })
          .sorted()
          .toList();
    }
  }

  private static long sizeOf(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private static MirrorException unwritable(Path path, IOException e) {
    return MirrorException.machinery(
        path + " cannot be written",
        IoWords.of(e),
        "make room on that disk, or make the folder writable for this user",
        e);
  }
}
