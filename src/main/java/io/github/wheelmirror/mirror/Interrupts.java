package io.github.wheelmirror.mirror;

/** Tells an interrupted run from a failed item. */
final class Interrupts {

  private Interrupts() {}

  /** Rethrows if this thread was asked to end: that is no item's failure. */
  static void rethrow(RuntimeException e) {
    if (Thread.currentThread().isInterrupted()) {
      throw e;
    }
  }
}
