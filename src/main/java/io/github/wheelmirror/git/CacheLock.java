package io.github.wheelmirror.git;

import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** One writer at a time for a cache directory, over all threads and processes of this machine. */
final class CacheLock implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);

  private final FileChannel channel;

  private CacheLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the lock.
   *
   * @throws MirrorException (machinery) naming the owner if it does not come free within the limit
   */
  static CacheLock acquire(Path file, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        while (tryLock(channel).isEmpty()) {
          if (System.nanoTime() > deadline) {
            throw busy(file, limit);
          }
          Thread.sleep(POLL.toMillis());
        }
        writeOwner(channel);
        return new CacheLock(channel);
      } catch (IOException | RuntimeException | InterruptedException e) {
        channel.close();
        throw e;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MirrorException.machinery(
          "interrupted while waiting for " + file, "the run was stopped", "run it again", e);
    } catch (IOException e) {
      throw MirrorException.machinery(
          "the Git cache cannot be locked with " + file,
          String.valueOf(e.getMessage()),
          "make its folder writable",
          e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw MirrorException.machinery(
          "the lock of the Git cache cannot be given back",
          String.valueOf(e.getMessage()),
          "check the disk that holds the cache",
          e);
    }
  }

  /** A lock held by another thread of this JVM is reported by an exception, not by null. */
  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  private static void writeOwner(FileChannel channel) throws IOException {
    byte[] owner =
        ("process " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8);
    channel.truncate(0).write(ByteBuffer.wrap(owner), 0);
  }

  private static MirrorException busy(Path file, Duration limit) throws IOException {
    String owner = Files.readString(file, StandardCharsets.UTF_8).strip();
    return MirrorException.machinery(
        "the Git cache is in use by " + (owner.isEmpty() ? "another run" : owner),
        "it was not free within " + limit.toSeconds() + " s (lock file " + file + ")",
        "let the other run end, or stop it",
        null);
  }
}
