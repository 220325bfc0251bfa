package io.github.wheelmirror.index;

import java.io.IOException;
import java.time.Duration;

/** An attempt failed in a way that may be gone the next time. */
final class TransientFailure extends IOException {

  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  TransientFailure(String why, Duration retryAfter) {
    super(why);
    this.retryAfter = retryAfter;
  }

  /** How long the server asks to wait; zero if it does not say. */
  Duration retryAfter() {
    return retryAfter;
  }
}
