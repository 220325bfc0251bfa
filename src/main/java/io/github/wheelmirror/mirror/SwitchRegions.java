package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.StagedRelease;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at regions that hold a snapshot, then makes them serve it, one after another. The first
 * that changes is looked at through its own URL before the next one is switched, and goes back if
 * its clients do not see it.
 */
final class SwitchRegions {
  private final Outside outside;
  private final boolean looks;
  private final List<Switched> switched = new ArrayList<>();

  /** A region that serves a release that it did not before. */
  record Switched(Region region, Release release) {}

  /**
   * With the clock and the log of those.
   *
   * @param looks whether regions are looked at through their URLs
   */
  SwitchRegions(Outside outside, boolean looks) {
    this.outside = outside;
    this.looks = looks;
  }

  /**
   * A region that holds all of a snapshot.
   *
   * @throws MirrorException (machinery) if its clients would not see what is staged
   */
  ReadyRegion ready(Region region, StagedRelease staged, Optional<Release> before) {
    ReadyRegion ready = new ReadyRegion(region, staged, before);
    List<String> problems = looks && ready.changes() ? region.stagedProblems(staged) : List.of();
    if (!problems.isEmpty()) {
      throw MirrorException.machinery(
          "region " + region.name() + " does not show its clients what was staged",
          String.join("; ", problems),
          "see that its web server serves the region's folder under that URL and follows symbolic"
              + " links, or leave the look out with -Dwheel-mirror.checkPublicUrls=false; nothing"
              + " visible was changed",
          null);
    }
    return ready;
  }

  /**
   * Switches them.
   *
   * @param all whether nothing is to be served anywhere that the first region does not show
   * @return why some could not be, in their order
   */
  Map<Region, MirrorException> run(List<ReadyRegion> regions, boolean all) {
    Map<Region, MirrorException> failures = new LinkedHashMap<>();
    boolean canary = true;
    for (ReadyRegion each : regions) {
      try {
        one(each, canary);
        canary &= !each.changes();
      } catch (MirrorException e) {
        failures.put(each.region(), e);
        if (canary && all) {
          break;
        }
      }
    }
    return failures;
  }

  /** All that were switched so far, and do serve it. */
  List<Switched> switched() {
    return List.copyOf(switched);
  }

  /** A region that serves the snapshot already is asked too: it ends what a killed run began. */
  private void one(ReadyRegion ready, boolean canary) {
    Region region = ready.region();
    Release now = region.flip(ready.staged(), ready.before(), outside.clock().instant());
    if (!ready.changes()) {
      outside.log().nothingToRelease(region.name(), now);
      return;
    }
    outside.log().released(region.name(), now);
    List<String> problems = looks ? region.servedProblems(now) : List.of();
    if (problems.isEmpty()) {
      switched.add(new Switched(region, now));
      return;
    }
    boolean returns = canary && ready.before().isPresent();
    if (returns) {
      goBack(region, now, ready.before().get());
    }
    throw MirrorException.machinery(
        "region " + region.name() + " does not show its clients what was released",
        String.join("; ", problems),
        returns
            ? "it serves the release before again; see what its web server or a cache does"
            : "see what its web server or a cache does; then run the goal again",
        null);
  }

  private void goBack(Region region, Release now, Release before) {
    Release back =
        region.flip(
            region.recall(now.slug(), before.snapshot()),
            Optional.of(now),
            outside.clock().instant());
    outside.log().released(region.name(), back);
  }
}
