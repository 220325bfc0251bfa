package io.github.wheelmirror.tree;

import io.github.wheelmirror.ExclusiveLock;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.SharedLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Keeps those who add or mark wheels apart from those who remove some; held for moments only. */
final class WheelhouseLock {

  /** Removing many takes longest. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path file;

  WheelhouseLock(Path file) {
    this.file = file;
  }

  /** To add or to mark. */
  SharedLock shared() throws IOException {
    try {
      return SharedLock.acquire(file, PATIENCE, () -> {});
    } catch (ExclusiveLock.TakenException e) {
      throw taken(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** To remove. */
  ExclusiveLock alone() throws IOException {
    try {
      return ExclusiveLock.acquire(file, PATIENCE, () -> {});
    } catch (ExclusiveLock.TakenException e) {
      throw taken(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private MirrorException taken(ExclusiveLock.TakenException e) {
    return MirrorException.machinery(
        "the wheelhouse is in use",
        e.owner() + " still held " + file + " after " + PATIENCE.toMinutes() + " min",
        "end that process, then run the goal again",
        e);
  }

  private static MirrorException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return MirrorException.machinery(
        "the run was interrupted", "the thread was asked to end", "run the goal again", e);
  }
}
