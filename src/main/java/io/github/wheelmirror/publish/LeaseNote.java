package io.github.wheelmirror.publish;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The content of a lease: who holds it, and for how long after it was written.
 *
 * @param owner who
 * @param run tells apart the threads of one process
 * @param serial counts the owners of this lease
 * @param seconds for how long it is held if nobody writes it again; 0 if it was given back
 */
record LeaseNote(Owner owner, String run, long serial, long seconds) {
  /** The store tells whole seconds, and two of its machines may differ a little. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  LeaseNote {
    Objects.requireNonNull(owner);
    Objects.requireNonNull(run);
  }

  /**
   * Whether the owner may still rely on it: what the store's clock said when the lease was written
   * is compared with what it says now, so no other clock matters.
   */
  boolean isHeld(Instant written, Instant now) {
    return seconds > 0 && !now.isAfter(written.plusSeconds(seconds).plus(TOLERANCE));
  }

  /** The same, given back. */
  LeaseNote givenBack() {
    return new LeaseNote(owner, run, serial, 0);
  }
}
