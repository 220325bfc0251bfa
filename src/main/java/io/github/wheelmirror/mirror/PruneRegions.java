package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Pruned;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Retention;
import java.util.ArrayList;
import java.util.List;

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
   * @throws MirrorException at the end if a region was not pruned; names all of them
   */
  public void run(Retention retention, boolean dryRun) {
    NoRegion.refuse(outside.regions(), "to prune");
    List<MirrorException> failures = new ArrayList<>();
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
}
