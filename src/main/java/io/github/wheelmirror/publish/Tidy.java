package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes what killed runs left behind; touches nothing that a living one may need. */
final class Tidy {
  private final RegionContext region;

  Tidy(RegionContext region) {
    this.region = region;
  }

  /**
   * Removes the leftovers if nobody else is staging right now; writes nothing if there are none.
   */
  @SuppressWarnings("try") // the lock is held, not used
  void run() throws IOException {
    if (leftovers().isEmpty()) {
      return;
    }
    Optional<RegionLocks.Held> alone = region.locks().tryExclusive(TreeLayout.STATE_LOCK);
    if (alone.isEmpty()) {
      return;
    }
    try (RegionLocks.Held held = alone.get()) {
      for (Path leftover : leftovers()) {
        region.faults().at("tidy");
        WorkFolder.delete(leftover);
      }
    }
  }

  private List<Path> leftovers() throws IOException {
    List<Path> found = new ArrayList<>();
    // all users of this folder hold the lock that is taken before anything is deleted
    found.addAll(WorkFolder.leftIn(region.at(TreeLayout.TEMPORARY)));
    found.addAll(WorkFolder.leftIn(region.at(TreeLayout.POOL_TEMPORARY)));
    found.addAll(StagingNote.dead(region));
    found.addAll(region.locks().deadNotes(region.at(TreeLayout.LOCKS)));
    found.addAll(region.locks().deadNotes(region.at(TreeLayout.STATE)));
    return found;
  }
}
