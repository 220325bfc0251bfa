package io.github.wheelmirror.mirror;

import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.StagedRelease;
import java.util.Optional;

/**
 * A region that holds all of a snapshot.
 *
 * @param before what it serves until it is switched
 */
record ReadyRegion(Region region, StagedRelease staged, Optional<Release> before) {

  /** Whether its clients will see something else. */
  boolean changes() {
    return !before.map(Release::snapshot).equals(Optional.of(staged.snapshot()));
  }
}
