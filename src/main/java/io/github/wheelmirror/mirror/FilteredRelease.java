package io.github.wheelmirror.mirror;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.SnapshotFilter;
import io.github.wheelmirror.tree.StagedRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Releases what quarantine leaves of a snapshot that a region holds. */
final class FilteredRelease {
  private final Outside outside;
  private final SnapshotFilter filter;

  FilteredRelease(Outside outside, SnapshotFilter filter) {
    this.outside = outside;
    this.filter = filter;
  }

  /** Brings it in, invisible. */
  StagedRelease stage(Region region, Manifest manifest) {
    try {
      Path folder = Files.createTempDirectory("wheel-mirror-rest");
      try {
        return region.stage(
            filter.filtered(region, manifest, folder), outside.wheelhouse(), Progress.NONE);
      } finally {
        Folders.remove(folder);
      }
    } catch (IOException e) {
      throw MirrorException.machinery(
          "what is left of snapshot " + manifest.id() + " cannot be staged",
          IoWords.of(e),
          "make the folder for temporary files writable and see that the disk is not full",
          e);
    }
  }

  /** Serves what is left of what is served now. */
  Release release(Region region, Manifest manifest, Release current) {
    StagedRelease left = stage(region, manifest).countingAs(current);
    return region.flip(left, Optional.of(current), outside.clock().instant());
  }
}
