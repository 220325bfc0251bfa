package io.github.wheelmirror.mirror;

import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import java.time.Instant;

/** What a region serves of a channel, to be compared with what others serve of it. */
record Serving(Region region, Release release) {

  /**
   * Whether it is the newer release.
   *
   * <p>Serials tell, as one switch has one serial in all regions. Where regions counted apart, the
   * region that released last is ahead if it served before what the other one serves. The time
   * alone says less than serials: what {@code quarantine} or {@code prune} leave of an old release
   * is released late, too.
   *
   * @throws io.github.wheelmirror.MirrorException if a region cannot tell its history
   */
  boolean isAheadOf(Serving other) {
    if (release.serial() == other.release.serial()) {
      return isLaterThan(other);
    }
    return release.serial() > other.release.serial() ? !other.followed(this) : followed(other);
  }

  private boolean isLaterThan(Serving other) {
    return Instant.parse(release.released()).isAfter(Instant.parse(other.release.released()));
  }

  private boolean followed(Serving other) {
    String before = other.release.snapshot();
    return !release.snapshot().equals(before)
        && isLaterThan(other)
        && region.history(release.slug()).stream().anyMatch(past -> past.snapshot().equals(before));
  }
}
