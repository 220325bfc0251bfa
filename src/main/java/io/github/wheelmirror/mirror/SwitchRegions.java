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
  private final List<Switched> unchanged = new ArrayList<>();
  private long serial;

  /** A region and the release that it serves now. */
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

  /** Switches them; there are no others. */
  Map<Region, MirrorException> run(List<ReadyRegion> regions, boolean all) {
    return run(regions, 0, all);
  }

  /**
   * Switches them, to a release with the same serial in all of them.
   *
   * @param known the highest serial of the channel in regions that are not among these
   * @param all whether nothing is to be served anywhere that the first region does not show
   * @return why some could not be, in their order
   */
  Map<Region, MirrorException> run(List<ReadyRegion> regions, long known, boolean all) {
    Map<Region, MirrorException> failures = new LinkedHashMap<>();
    serial = serial(regions, known);
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

  /**
   * Above all that the regions ever served, so that serials tell which region is behind; but the
   * same once more if the newest release is this one, which was not switched everywhere.
   */
  private static long serial(List<ReadyRegion> regions, long known) {
    long highest = known;
    long there = 0;
    for (ReadyRegion each : regions) {
      long serves = each.before().map(Release::serial).orElse(0L);
      highest = Math.max(highest, serves);
      there = each.changes() ? there : Math.max(there, serves);
    }
    return there > 0 && there == highest ? highest : highest + 1;
  }

  /** All that were switched so far, and do serve it. */
  List<Switched> switched() {
    return List.copyOf(switched);
  }

  /** All that served it before. */
  List<Switched> unchanged() {
    return List.copyOf(unchanged);
  }

  /** A region that serves the snapshot already is asked too: it ends what a killed run began. */
  private void one(ReadyRegion ready, boolean canary) {
    Region region = ready.region();
    Release now = region.flip(ready.staged(), ready.before(), serial, outside.clock().instant());
    if (!ready.changes()) {
      outside.log().nothingToRelease(region.name(), now);
      unchanged.add(new Switched(region, now));
      return;
    }
    outside.log().released(region.name(), now);
    // one that gave up a number of its own before takes the others along
    serial = Math.max(serial, now.serial());
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
            region.recall(now.slug(), before.snapshot()).countingAs(before),
            Optional.of(now),
            outside.clock().instant());
    // whoever is switched after it is ahead of what it went back to
    serial = back.serial() + 1;
    outside.log().released(region.name(), back);
  }
}
