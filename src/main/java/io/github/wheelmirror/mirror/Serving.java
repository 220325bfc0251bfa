package io.github.wheelmirror.mirror;

import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a region serves of a channel, to be compared with what others serve of it. */
record Serving(Region region, Release release) {

  /**
   * The one that no other is ahead of; empty if there is none.
   *
   * @throws io.github.wheelmirror.MirrorException if they differ and a region cannot tell its
   *     history
   */
  static Optional<Serving> newest(List<Serving> all) {
    return all.stream().reduce((best, each) -> each.isAheadOf(best) ? each : best);
  }

  /**
   * Whether it is the newer release.
   *
   * <p>Serials tell, as one switch has one serial in all regions. Where regions counted apart, the
   * region that released last is ahead if it served before what the other one serves. What {@code
   * quarantine} or {@code prune} left of a release, and what a switch went back to, counts as that
   * release: it has a new serial and is released late, and what it consists of is old. Of two that
   * count as one release the later one is newer: more was taken out of it.
   *
   * @throws io.github.wheelmirror.MirrorException if a region cannot tell its history
   */
  boolean isAheadOf(Serving other) {
    Serving mine = counted();
    Serving its = other.counted();
    return mine.release.snapshot().equals(its.release.snapshot())
        ? isNewerThan(other)
        : mine.isNewerThan(its);
  }

  /**
   * With the release that this one counts as; itself if there is none or nobody remembers it.
   *
   * @throws io.github.wheelmirror.MirrorException if the region cannot tell its history
   */
  Serving counted() {
    if (release.origin().isEmpty()) {
      return this;
    }
    Release whole = release;
    for (Release past : region.history(release.slug())) {
      // the last time: a rollback may have released it again
      if (past.snapshot().equals(release.origin()) && past.serial() < release.serial()) {
        whole = past;
      }
    }
    return new Serving(region, whole);
  }

  private boolean isNewerThan(Serving other) {
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
