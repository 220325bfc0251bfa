package io.github.wheelmirror.mirror;

import java.time.Duration;
import java.time.Instant;

/** Marks what a run that takes days needs of the wheelhouse again, so that it stays there. */
final class LongRun {

  private static final Duration OFTEN = Duration.ofHours(1);

  private final Outside outside;
  private Instant marked;

  LongRun(Outside outside) {
    this.outside = outside;
    this.marked = outside.clock().instant();
  }

  /** To be called now and then; does something once an hour. */
  synchronized void goesOn() {
    Instant now = outside.clock().instant();
    if (marked.plus(OFTEN).isBefore(now)) {
      outside.wheelhouse().useAgain(now);
      marked = now;
    }
  }
}
