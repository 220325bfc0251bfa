package io.github.wheelmirror.mirror;

import io.github.wheelmirror.ExclusiveLock;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Work that one thread at a time does, of all runs that share a folder: the others find it done.
 */
final class Alone {

  /** A run that waits longer for what another one makes will not get it. */
  private static final Duration PATIENCE = Duration.ofHours(2);

  private Alone() {}

  /**
   * Does the work while the lock file is held.
   *
   * @param lock is made if missing, with its folder, and stays
   * @param doing what another run does so long, for a message: {@code downloads a file}
   * @throws MirrorException (machinery) if the lock cannot be had
   */
  static <T> T with(Path lock, String doing, Supplier<T> work) {
    try (ExclusiveLock alone = acquire(lock, doing)) {
      Objects.requireNonNull(alone);
      return work.get();
    }
  }

  private static ExclusiveLock acquire(Path lock, String doing) {
    try {
      return ExclusiveLock.acquire(lock, PATIENCE, () -> {});
    } catch (ExclusiveLock.TakenException e) {
      throw MirrorException.machinery(
          "another run " + doing + " all the time",
          e.owner() + " still held " + lock + " after " + PATIENCE.toHours() + " h",
          "end that run, then run the goal again",
          e);
    } catch (InterruptedException e) {
      throw Interrupts.ended(e);
    } catch (IOException e) {
      throw MirrorException.machinery(
          lock.getParent() + " cannot be written",
          IoWords.of(e),
          "make room or make the folder writable for this user",
          e);
    }
  }
}
