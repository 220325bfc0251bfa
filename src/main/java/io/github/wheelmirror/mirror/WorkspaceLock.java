package io.github.wheelmirror.mirror;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.report.MirrorLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Keeps two runs of one project apart, in one JVM and in two. */
final class WorkspaceLock implements AutoCloseable {

  private static final long POLL_MILLIS = 100;

  private final FileChannel channel;

  private WorkspaceLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the lock.
   *
   * @throws MirrorException (machinery) if another run holds it all the time
   */
  static WorkspaceLock acquire(Workspace workspace, Duration timeout, MirrorLog log) {
    Path file = workspace.lock();
    FileChannel channel = open(file);
    boolean told = false;
    for (long left = timeout.toMillis(); ; left -= POLL_MILLIS) {
      if (tryLock(channel, file) != null) {
        return new WorkspaceLock(channel);
      }
      if (left <= 0) {
        closeQuietly(channel);
        throw MirrorException.machinery(
            "another run works in " + workspace.folder(),
            "it still held the lock after " + timeout.toSeconds() + " s",
            "wait until it has ended, or give it longer with -Dwheel-mirror.lockTimeout=SECONDS",
            null);
      }
      if (!told) {
        log.note("waiting for another run in " + workspace.folder());
        told = true;
      }
      sleep(channel);
    }
  }

  private static FileChannel open(Path file) {
    try {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel, Path file) {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another thread of this JVM has it
    } catch (IOException e) {
      closeQuietly(channel);
      throw unusable(file, e);
    }
  }

  private static void sleep(FileChannel channel) {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closeQuietly(channel);
      throw MirrorException.machinery(
          "the run was interrupted", "the thread was asked to end", "run the goal again", e);
    }
  }

  private static MirrorException unusable(Path file, IOException e) {
    return MirrorException.machinery(
        file + " cannot be locked",
        IoWords.of(e),
        "make the folder writable for this user, or choose another with"
            + " -Dwheel-mirror.workspace=FOLDER",
        e);
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // the lock goes with the JVM at the latest; the failure being thrown says more
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }
}
