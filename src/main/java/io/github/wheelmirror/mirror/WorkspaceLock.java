package io.github.wheelmirror.mirror;

import io.github.wheelmirror.ExclusiveLock;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.report.MirrorLog;
import java.io.IOException;
import java.time.Duration;

/** Keeps two runs of one project apart, in one JVM and in two. */
final class WorkspaceLock {

  private WorkspaceLock() {}

  /**
   * Waits for the lock.
   *
   * @throws MirrorException (machinery) if another run holds it all the time
   */
  static ExclusiveLock acquire(Workspace workspace, Duration timeout, MirrorLog log) {
    try {
      return ExclusiveLock.acquire(
          workspace.lock(),
          timeout,
          () -> log.note("waiting for another run in " + workspace.folder()));
    } catch (ExclusiveLock.TakenException e) {
      throw MirrorException.machinery(
          "another run works in " + workspace.folder(),
          e.owner() + " still held the lock after " + timeout.toSeconds() + " s",
          "wait until it has ended, or give it longer with -Dwheel-mirror.lockTimeout=SECONDS",
          null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MirrorException.machinery(
          "the run was interrupted", "the thread was asked to end", "run the goal again", e);
    } catch (IOException e) {
      throw MirrorException.machinery(
          workspace.lock() + " cannot be locked",
          IoWords.of(e),
          "make the folder writable for this user, or choose another with"
              + " -Dwheel-mirror.workspace=FOLDER",
          e);
    }
  }
}
