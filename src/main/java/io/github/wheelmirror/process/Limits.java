package io.github.wheelmirror.process;

import java.time.Duration;

/**
 * How long a program may run and how much it may print, both streams together.
 *
 * @param timeout more than nothing
 * @param maxOutputBytes bytes, more than nothing; also what a log file may grow by
 */
public record Limits(Duration timeout, long maxOutputBytes) {

  public Limits {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("not a time limit: " + timeout);
    }
    if (maxOutputBytes <= 0) {
      throw new IllegalArgumentException("not an output limit: " + maxOutputBytes);
    }
  }
}
