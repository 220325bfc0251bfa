package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.PlannedBase;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.VerifiedSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Releases verified snapshots: staged in all regions first, then switched in one after another. */
final class ReleaseSnapshot {

  private final Outside outside;

  ReleaseSnapshot(Outside outside) {
    this.outside = outside;
  }

  void run(VerifySnapshot.Result verified, ChannelBases bases) {
    outside.log().begins("deploy");
    for (VerifiedSnapshot snapshot : verified.releasable()) {
      release(snapshot, bases.planned(snapshot.snapshot().slug()));
    }
  }

  private record Staged(StagedRelease release, Optional<Release> before) {}

  private void release(VerifiedSnapshot verified, PlannedBase base) {
    String slug = verified.snapshot().slug();
    String id = verified.snapshot().id();
    Map<Region, Optional<Release>> serving = new LinkedHashMap<>();
    for (Region region : outside.regions()) {
      Optional<Release> current = region.current(slug);
      requireBase(region, current, base, id);
      serving.put(region, current);
    }
    Map<Region, Staged> staged = new LinkedHashMap<>();
    serving.forEach(
        (region, before) ->
            staged.put(
                region,
                new Staged(
                    region.stage(verified, outside.wheelhouse(), progress(region)), before)));
    staged.forEach((region, each) -> flip(region, each, id));
  }

  /** A region that serves the snapshot already is asked too: it ends what a killed run began. */
  private void flip(Region region, Staged staged, String id) {
    Release now = region.flip(staged.release(), staged.before(), outside.clock().instant());
    if (staged.before().map(Release::snapshot).equals(Optional.of(id))) {
      outside.log().nothingToRelease(region.name(), now);
    } else {
      outside.log().released(region.name(), now);
    }
  }

  /** Only what heals an interrupted run is told; the rest takes no time worth a line. */
  private Progress progress(Region region) {
    return (step, done, total) -> {
      if (step.contains("interrupted")) {
        outside.log().note("  " + region.name() + ": " + step);
      }
    };
  }

  /** What was compared is what is replaced: a release that came in between is never undone. */
  private static void requireBase(
      Region region, Optional<Release> current, PlannedBase base, String id) {
    boolean fits =
        current.isEmpty()
            || current.get().snapshot().equals(id)
            || current.get().snapshot().equals(base.snapshot())
            || current.get().serial() < base.serial();
    if (!fits) {
      throw MirrorException.input(
          "region " + region.name() + " was released to since this plan was made",
          "it serves release "
              + current.get().serial()
              + " ("
              + current.get().snapshot()
              + "), and the plan compared with "
              + (base.snapshot().isEmpty() ? "none" : "release " + base.serial()),
          "run the whole chain again: plan compares with what is served now");
    }
  }
}
