package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.PlannedBase;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.VerifiedSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;

/**
 * Releases verified snapshots: staged in all regions at once, looked at through each region's own
 * URL, and only then switched in one region after another. One channel never stops another.
 */
final class ReleaseSnapshot {

  private final Outside outside;
  private final MirrorRequest.ReleaseSettings settings;
  private final SwitchRegions switches;

  ReleaseSnapshot(Outside outside, MirrorRequest.ReleaseSettings settings) {
    this.outside = outside;
    this.settings = settings;
    this.switches = new SwitchRegions(outside, settings.checkPublicUrls());
  }

  /**
   * What came of it.
   *
   * @param everywhere slugs of the channels that every region serves now
   * @param switched regions with what they did not serve before
   * @param unchanged regions with what they served before
   */
  record Result(
      Set<String> everywhere,
      List<SwitchRegions.Switched> switched,
      List<SwitchRegions.Switched> unchanged,
      List<MirrorException> failures) {

    /** Fails if a channel was not released as the policy wants it. */
    void refuseFailed() {
      if (failures.size() == 1) {
        throw failures.get(0);
      }
      if (!failures.isEmpty()) {
        throw Together.of(failures.size() + " channels were not released everywhere", failures);
      }
    }
  }

  Result run(VerifySnapshot.Result verified, ChannelBases bases) {
    outside.log().begins("deploy");
    Set<String> everywhere = new HashSet<>();
    List<MirrorException> failures = new ArrayList<>();
    applyQuarantine();
    for (VerifiedSnapshot snapshot : verified.releasable()) {
      String slug = snapshot.snapshot().slug();
      try {
        if (release(snapshot, bases.planned(slug))) {
          everywhere.add(slug);
        }
      } catch (MirrorException e) {
        failures.add(e);
      }
    }
    return new Result(everywhere, switches.switched(), switches.unchanged(), failures);
  }

  /** A region that was away when something was taken out serves it no longer. */
  private void applyQuarantine() {
    Quarantine all = outside.quarantine();
    for (Region region : outside.regions()) {
      try {
        region
            .quarantine(all)
            .forEach(
                file ->
                    outside
                        .log()
                        .warning(
                            "region %s was away when %s was taken out; it is out now"
                                .formatted(region.name(), file.filename())));
      } catch (MirrorException e) {
        // the release asks this region again, and counts it as behind
        outside.log().warning("region " + region.name() + ": " + e.getMessage());
      }
    }
  }

  /** Whether every region serves it now. */
  private boolean release(VerifiedSnapshot verified, PlannedBase base) {
    String slug = verified.snapshot().slug();
    String id = verified.snapshot().id();
    Map<Region, Optional<Release>> serving = new LinkedHashMap<>();
    Map<Region, MirrorException> behind = new LinkedHashMap<>();
    for (Region region : outside.regions()) {
      try {
        serving.put(region, region.current(slug));
      } catch (MirrorException e) {
        behind.put(region, e);
      }
    }
    long highest = highest(serving, base);
    refuseReleasedSince(serving, base, id, behind);
    requireEnough(slug, "nothing of " + slug + " was released", behind);
    List<ReadyRegion> ready = staged(verified, serving, behind);
    requireEnough(slug, "nothing of " + slug + " was released", behind);
    behind.putAll(switches.run(ready, highest, settings.policy() == RegionPolicy.ALL));
    requireEnough(slug, slug + " is not released in all regions", behind);
    behind.forEach(
        (region, failure) ->
            outside
                .log()
                .warning(
                    "region %s stays behind with %s: %s; deploy again when it is well"
                        .formatted(region.name(), slug, failure.getMessage())));
    return behind.isEmpty();
  }

  private void requireEnough(String slug, String what, Map<Region, MirrorException> behind) {
    int regions = outside.regions().size();
    int able = regions - behind.size();
    if (able >= settings.policy().needed(regions)) {
      return;
    }
    List<MirrorException> failures = List.copyOf(behind.values());
    throw failures.size() == 1 && settings.policy() == RegionPolicy.ALL
        ? failures.get(0)
        : Together.of(
            "%s: %d of %d regions can release %s, and <regionPolicy> %s wants %d"
                .formatted(
                    what,
                    able,
                    regions,
                    slug,
                    settings.policy(),
                    settings.policy().needed(regions)),
            failures);
  }

  /** Stages in all regions at once. */
  private List<ReadyRegion> staged(
      VerifiedSnapshot verified,
      Map<Region, Optional<Release>> serving,
      Map<Region, MirrorException> behind) {
    List<ReadyRegion> ready = new ArrayList<>();
    try (Workers workers = new Workers("regions", Math.max(1, serving.size()))) {
      Map<Region, Future<ReadyRegion>> running = new LinkedHashMap<>();
      serving.forEach(
          (region, before) ->
              running.put(region, workers.start(() -> stage(region, verified, before))));
      running.forEach(
          (region, future) -> {
            try {
              ready.add(Workers.await(future));
            } catch (MirrorException e) {
              behind.put(region, e);
            }
          });
    }
    return ready;
  }

  private ReadyRegion stage(Region region, VerifiedSnapshot verified, Optional<Release> before) {
    return switches.ready(
        region, region.stage(verified, outside.wheelhouse(), progress(region)), before);
  }

  /** Only what heals an interrupted run is told; the rest takes no time worth a line. */
  private Progress progress(Region region) {
    return (step, done, total) -> {
      if (step.contains("interrupted")) {
        outside.log().note("  " + region.name() + ": " + step);
      }
    };
  }

  private static long highest(Map<Region, Optional<Release>> serving, PlannedBase base) {
    long highest = Math.max(0, base.serial());
    for (Optional<Release> current : serving.values()) {
      highest = Math.max(highest, current.map(Release::serial).orElse(0L));
    }
    return highest;
  }

  /** Leaves those that may be switched; the others are behind. */
  private static void refuseReleasedSince(
      Map<Region, Optional<Release>> serving,
      PlannedBase base,
      String id,
      Map<Region, MirrorException> behind) {
    Optional<Serving> compared =
        serving.entrySet().stream()
            .flatMap(each -> each.getValue().stream().map(now -> new Serving(each.getKey(), now)))
            .filter(each -> each.release().snapshot().equals(base.snapshot()))
            .filter(each -> each.release().serial() == base.serial())
            .findFirst();
    serving.forEach(
        (region, current) -> {
          try {
            requireBase(region, current, base, compared, id);
          } catch (MirrorException e) {
            behind.put(region, e);
          }
        });
    serving.keySet().removeAll(behind.keySet());
  }

  private static long counted(Region region, Release current) {
    return new Serving(region, current).counted().release().serial();
  }

  /**
   * What was compared is what is replaced: a release that came in between is never undone.
   *
   * @param compared a region that serves the base
   */
  private static void requireBase(
      Region region,
      Optional<Release> current,
      PlannedBase base,
      Optional<Serving> compared,
      String id) {
    boolean fits =
        current.isEmpty()
            || current.get().snapshot().equals(id)
            || current.get().snapshot().equals(base.snapshot())
            || compared
                .map(each -> each.isAheadOf(new Serving(region, current.get())))
                .orElseGet(() -> counted(region, current.get()) < base.serial());
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
