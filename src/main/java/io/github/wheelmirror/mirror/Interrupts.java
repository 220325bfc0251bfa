package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;

/** Tells an interrupted run from a failed item. */
final class Interrupts {

  private Interrupts() {}

  /** Rethrows if this thread was asked to end: that is no item's failure. */
  static void rethrow(RuntimeException e) {
    if (Thread.currentThread().isInterrupted()) {
      throw e;
    }
  }

  /** What ends the run of a thread that was interrupted; it stays so. */
  static MirrorException ended(InterruptedException e) {
    Thread.currentThread().interrupt();
    return MirrorException.machinery(
        "the run was interrupted", "the thread was asked to end", "run the goal again", e);
  }
}
