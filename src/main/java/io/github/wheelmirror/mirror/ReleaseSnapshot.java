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

  private record Staged(StagedRelease release, Optional<Release> expected) {}

  private void release(VerifiedSnapshot verified, PlannedBase base) {
    String slug = verified.snapshot().slug();
    String id = verified.snapshot().id();
    Map<Region, Staged> staged = new LinkedHashMap<>();
    for (Region region : outside.regions()) {
      Optional<Release> current = region.current(slug);
      if (current.isPresent() && current.get().snapshot().equals(id)) {
        outside.log().nothingToRelease(region.name(), current.get());
        continue;
      }
      requireBase(region, current, base);
      staged.put(
          region,
          new Staged(region.stage(verified, outside.wheelhouse(), progress(region)), current));
    }
    staged.forEach(
        (region, each) ->
            outside
                .log()
                .released(
                    region.name(),
                    region.flip(each.release(), each.expected(), outside.clock().instant())));
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
  private static void requireBase(Region region, Optional<Release> current, PlannedBase base) {
    boolean fits =
        current.isEmpty()
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
