package io.github.wheelmirror.tree;

import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.constraints.Resolution;
import java.util.Objects;

/**
 * What a snapshot is made from.
 *
 * @param report how everything in the plan ended, for all channels
 * @param resolution what was planned
 * @param base what the channel released before, {@link Manifest#empty} for nothing; its slug names
 *     the channel
 * @param baseRequirements what the own wheels of the base were built with
 * @param wheelhouse holds the files that the report names, except those of the base
 */
public record SnapshotInputs(
    BuildReport report,
    Resolution resolution,
    Manifest base,
    LockedRequirements baseRequirements,
    Wheelhouse wheelhouse) {

  public SnapshotInputs {
    Objects.requireNonNull(report);
    Objects.requireNonNull(resolution);
    Objects.requireNonNull(base);
    Objects.requireNonNull(baseRequirements);
    Objects.requireNonNull(wheelhouse);
  }

  /** The channel. */
  public String slug() {
    return base.slug();
  }
}
