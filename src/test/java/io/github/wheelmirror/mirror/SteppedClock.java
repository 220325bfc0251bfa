package io.github.wheelmirror.mirror;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes as a test says: by itself only by a step each time it is asked. */
final class SteppedClock extends Clock {

  private final Duration step;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  SteppedClock(Duration step) {
    this.step = step;
  }

  synchronized void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  @Override
  public synchronized Instant instant() {
    Instant asked = now;
    now = now.plus(step);
    return asked;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
