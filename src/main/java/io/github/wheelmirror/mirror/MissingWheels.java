package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.tree.ManifestFile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Wheels of a report that the wheelhouse has no more: it was cleaned, or is another machine's. */
final class MissingWheels {

  private final Outside outside;
  private final ChannelBases bases;

  MissingWheels(Outside outside, ChannelBases bases) {
    this.outside = outside;
    this.bases = bases;
  }

  /**
   * Brings those that a region has, as far as a snapshot needs them.
   *
   * @return whether none is missing then
   */
  boolean brought(StageFiles files) {
    List<WheelFile> reported = files.report().value().files();
    Set<WheelFile> missing = new HashSet<>(reported);
    missing.removeAll(outside.wheelhouse().use(reported, outside.clock().instant()));
    if (missing.isEmpty()) {
      return true;
    }
    List<Set<String>> released = files.slugs().stream().map(this::released).toList();
    missing.removeIf(
        file -> released.stream().allMatch(ofChannel -> ofChannel.contains(file.sha256())));
    ReleasedFiles regions = new ReleasedFiles(outside);
    missing.removeIf(regions::brings);
    return missing.isEmpty();
  }

  /** The digests of a channel's base: a snapshot takes them from there. */
  private Set<String> released(String slug) {
    return bases.manifest(slug).files().stream()
        .map(ManifestFile::sha256)
        .collect(Collectors.toSet());
  }
}
