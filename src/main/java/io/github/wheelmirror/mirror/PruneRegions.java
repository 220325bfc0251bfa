package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.Pruned;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Removes from all regions what need not be kept; one that cannot be pruned stops no other. */
public final class PruneRegions {

  private final Outside outside;

  /** Of these regions. */
  public PruneRegions(Outside outside) {
    this.outside = outside;
  }

  /**
   * Does it, or only tells.
   *
   * @param superseded for how long a file stays listed that no branch pins any more, at least the
   *     grace; nothing for as long as its snapshot
   * @throws MirrorException (input) before anything is removed if a pinned snapshot is in no
   *     region; at the end if a region was not pruned, names all of them
   */
  public void run(Retention retention, Optional<Duration> superseded, boolean dryRun) {
    NoRegion.refuse(outside.regions(), "to prune");
    requirePinned(retention);
    List<MirrorException> failures = new ArrayList<>();
    if (superseded.isPresent()) {
      Duration keep =
          superseded.get().compareTo(retention.grace()) < 0 ? retention.grace() : superseded.get();
      failures.addAll(new UnlistSuperseded(outside, keep).run(dryRun));
    }
    for (Region region : outside.regions()) {
      try {
        Pruned pruned = region.prune(retention, outside.clock().instant(), dryRun);
        outside.log().pruned(pruned, dryRun);
      } catch (MirrorException e) {
        failures.add(e);
      }
    }
    if (failures.size() == 1) {
      throw failures.get(0);
    }
    if (!failures.isEmpty()) {
      throw Together.of(failures.size() + " regions were not pruned", failures);
    }
  }

  /** With a wrong digit in its id, what should stay would go. */
  private void requirePinned(Retention retention) {
    if (retention.pinned().isEmpty()) {
      return;
    }
    Set<String> held = new HashSet<>();
    List<String> looks = new ArrayList<>();
    for (Region region : outside.regions()) {
      try {
        List<Manifest> manifests = region.manifests();
        manifests.forEach(manifest -> held.add(manifest.id()));
        looks.add(region.name() + ": looked at " + manifests.size() + " snapshots");
      } catch (MirrorException e) {
        // another region may have them all, and then this one stops no other
        looks.add(e.getMessage());
      }
    }
    List<String> unknown = retention.pinnedWithout(held);
    if (!unknown.isEmpty()) {
      throw MirrorException.input(
          "nothing was removed: no region has the pinned snapshot " + String.join(", ", unknown),
          String.join("; ", looks),
          "correct -Dwheel-mirror.prune.pinned, or leave out what is gone; goal prune with"
              + " -Dwheel-mirror.prune.dryRun=true and nothing pinned lists all snapshots");
    }
  }
}
