package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.SnapshotFilter;
import io.github.wheelmirror.tree.StagedRelease;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a snapshot that was released before the current one again: in all regions, or in none if
 * one of them does not hold all of it.
 */
public final class RollBack {

  private final Outside outside;
  private final boolean looks;

  /**
   * Of these regions.
   *
   * @param looks whether they are looked at through their URLs
   */
  public RollBack(Outside outside, boolean looks) {
    this.outside = outside;
    this.looks = looks;
  }

  /**
   * What is asked for.
   *
   * @param to {@code previous}, or the first digits of a snapshot's id, at least eight
   * @param channel a slug; empty for the only channel that there is, or that released the snapshot
   * @param dryRun whether it is only told
   */
  public record Settings(String to, String channel, boolean dryRun) {}

  /** Does it, or says why not; then nothing is changed. */
  public void run(Settings settings) {
    ReleasedSnapshots.Found goal =
        new ReleasedSnapshots(outside.regions(), "wheel-mirror.rollback.channel")
            .find(settings.to(), settings.channel());
    if (settings.dryRun()) {
      tellOnly(goal);
      return;
    }
    Together.refuse(
        "regions were not rolled back", new SwitchRegions(outside, looks).run(ready(goal), true));
  }

  private void tellOnly(ReleasedSnapshots.Found goal) {
    for (Region region : outside.regions()) {
      String serves =
          region
              .current(goal.slug())
              .map(now -> "release " + now.serial() + ", snapshot " + now.snapshot())
              .orElse("nothing");
      outside
          .log()
          .note(
              "%s %s would serve snapshot %s; it serves %s"
                  .formatted(region.name(), goal.slug(), goal.snapshot(), serves));
    }
  }

  /** What is in quarantine does not come back: then it is the snapshot without that. */
  private StagedRelease staged(Region region, ReleasedSnapshots.Found goal) {
    Quarantine quarantine = outside.quarantine();
    if (quarantine.entries().isEmpty()) {
      return region.recall(goal.slug(), goal.snapshot());
    }
    Manifest manifest = region.manifest(goal.slug(), goal.snapshot());
    SnapshotFilter filter = new SnapshotFilter(quarantine);
    if (!filter.concerns(manifest)) {
      return region.recall(goal.slug(), goal.snapshot());
    }
    outside
        .log()
        .warning(
            "%s: snapshot %s lists what is in quarantine; it is released without that"
                .formatted(region.name(), goal.snapshot()));
    return new FilteredRelease(outside, filter).stage(region, manifest);
  }

  /** All regions, or a refusal that names each one that does not hold it. */
  private List<ReadyRegion> ready(ReleasedSnapshots.Found goal) {
    List<ReadyRegion> ready = new ArrayList<>();
    Map<Region, MirrorException> failures = new LinkedHashMap<>();
    for (Region region : outside.regions()) {
      try {
        Optional<Release> before = region.current(goal.slug());
        ready.add(new ReadyRegion(region, staged(region, goal), before));
      } catch (MirrorException e) {
        failures.put(region, e);
      }
    }
    Together.refuse("regions cannot be rolled back", failures);
    return ready;
  }
}
