package io.github.wheelmirror.tree;

import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.constraints.Resolution;
import java.util.Objects;

/**
 * What a snapshot is made from.
 *
 * @param report how everything in the plan ended, for all channels
 * @param resolution what was planned
 * @param base what the channel released before, {@link Manifest#empty} for nothing; its slug names
 *     the channel
 * @param wheelhouse holds the files that the report names, except those of the base
 */
public record SnapshotInputs(
    BuildReport report, Resolution resolution, Manifest base, Wheelhouse wheelhouse) {

  public SnapshotInputs {
    Objects.requireNonNull(report);
    Objects.requireNonNull(resolution);
    Objects.requireNonNull(base);
    Objects.requireNonNull(wheelhouse);
  }

  /** The channel. */
  public String slug() {
    return base.slug();
  }
}
