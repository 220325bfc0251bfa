package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.SnapshotFilter;
import io.github.wheelmirror.tree.StagedRelease;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a snapshot that was released before the current one again: in all regions, or in none if
 * one of them does not hold all of it.
 */
public final class RollBack {

  private final Outside outside;

  /** Of these regions. */
  public RollBack(Outside outside) {
    this.outside = outside;
  }

  /**
   * What is asked for.
   *
   * @param to {@code previous}, or the first digits of a snapshot's id, at least eight
   * @param channel a slug; empty for the only channel that there is, or that released the snapshot
   * @param dryRun whether it is only told
   */
  public record Settings(String to, String channel, boolean dryRun) {}

  /** A region that is ready, and what it serves until it is switched. */
  private record Ready(Region region, StagedRelease staged, Optional<Release> before) {}

  /** Does it, or says why not; then nothing is changed. */
  public void run(Settings settings) {
    ReleasedSnapshots.Found goal =
        new ReleasedSnapshots(outside.regions(), "wheel-mirror.rollback.channel")
            .find(settings.to(), settings.channel());
    if (settings.dryRun()) {
      tellOnly(goal);
      return;
    }
    for (Ready ready : ready(goal)) {
      Release now = ready.region().flip(ready.staged(), ready.before(), outside.clock().instant());
      if (ready.before().map(Release::snapshot).equals(Optional.of(now.snapshot()))) {
        outside.log().nothingToRelease(ready.region().name(), now);
      } else {
        outside.log().released(ready.region().name(), now);
      }
    }
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
  private List<Ready> ready(ReleasedSnapshots.Found goal) {
    List<Ready> ready = new ArrayList<>();
    List<MirrorException> failures = new ArrayList<>();
    for (Region region : outside.regions()) {
      try {
        Optional<Release> before = region.current(goal.slug());
        ready.add(new Ready(region, staged(region, goal), before));
      } catch (MirrorException e) {
        failures.add(e);
      }
    }
    if (failures.isEmpty()) {
      return ready;
    }
    if (failures.size() == 1) {
      throw failures.get(0);
    }
    throw Together.of(failures.size() + " regions cannot be rolled back", failures);
  }
}
