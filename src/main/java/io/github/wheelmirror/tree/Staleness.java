package io.github.wheelmirror.tree;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells which releases are older than they may be. An old release is no harm where nothing changed
 * since; it is where runs do not come to their end, which nobody notices on the mirror.
 *
 * @param limit how old a release may be, zero for any age
 * @param now when this run began
 */
public record Staleness(Duration limit, Instant now) {

  /** Nothing is too old. */
  public static final Staleness NONE = new Staleness(Duration.ZERO, Instant.EPOCH);

  public Staleness {
    if (limit.isNegative()) {
      throw new IllegalArgumentException("not an age: " + limit);
    }
  }

  /**
   * What is wrong with a release, nothing if it is young enough. The words name its time and no
   * age: they are the same tomorrow.
   *
   * @param released ISO 8601 instant
   */
  public Optional<String> words(long serial, String released) {
    boolean old = !limit.isZero() && Instant.parse(released).isBefore(now.minus(limit));
    return old
        ? Optional.of(
            "release %d is of %s, more than %d days ago"
                .formatted(serial, released, limit.toDays()))
        : Optional.empty();
  }

  /**
   * The problem of a channel whose next release is not the one that a region serves.
   *
   * @param region what serves it
   * @param snapshot the next one's id
   */
  public Optional<Problem> problem(String region, Release serving, String snapshot) {
    return serving.snapshot().equals(snapshot)
        ? Optional.empty()
        : words(serving.serial(), serving.released())
            .map(
                words ->
                    Problem.warning(
                        "stale",
                        serving.slug(),
                        "region " + region + " serves what has changed since: " + words,
                        "see why no run released since; <staleAfter> says how many days are too"
                            + " many"));
  }
}
