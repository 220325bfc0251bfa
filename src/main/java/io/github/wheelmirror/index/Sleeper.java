package io.github.wheelmirror.index;

import java.time.Duration;

/** Waits; a test's one only notes how long. */
@FunctionalInterface
interface Sleeper {
  void sleep(Duration duration) throws InterruptedException;
}
