package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.report.MirrorLog;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Keeps two runs of one project apart, in one JVM and in two. */
final class WorkspaceLock implements AutoCloseable {

  private static final long POLL_MILLIS = 100;

  private final Workspace workspace;
  private final FileMutex mutex;

  private WorkspaceLock(Workspace workspace, FileMutex mutex) {
    this.workspace = workspace;
    this.mutex = mutex;
  }

  /**
   * Waits for the lock.
   *
   * @throws MirrorException (machinery) if another run holds it all the time
   */
  static WorkspaceLock acquire(Workspace workspace, Duration timeout, MirrorLog log) {
    long end = System.nanoTime() + timeout.toNanos();
    try {
      for (boolean told = false; ; told = true) {
        Optional<FileMutex> mutex = FileMutex.tryLock(workspace.lock());
        if (mutex.isPresent()) {
          return new WorkspaceLock(workspace, mutex.get());
        }
        if (System.nanoTime() - end >= 0) {
          throw taken(workspace, timeout);
        }
        if (!told) {
          log.note("waiting for another run in " + workspace.folder());
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (IOException e) {
      throw MirrorException.machinery(
          workspace.lock() + " cannot be locked",
          e.toString(),
          "make the folder writable for this user, or choose another with"
              + " -Dwheel-mirror.workspace=FOLDER",
          e);
    } catch (InterruptedException e) {
      throw Interrupts.ended(e);
    }
  }

  private static MirrorException taken(Workspace workspace, Duration timeout) {
    return MirrorException.machinery(
        "another run works in " + workspace.folder(),
        "it still held the lock after " + timeout.toSeconds() + " s",
        "wait until it has ended, or give it longer with -Dwheel-mirror.lockTimeout=SECONDS",
        null);
  }

  @Override
  public void close() {
    try {
      mutex.close();
    } catch (IOException e) {
      throw MirrorException.machinery(
          "the lock " + workspace.lock() + " cannot be given back",
          e.toString(),
          "see whether the disk of the workspace still answers",
          e);
    }
  }
}
