package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.PlannedBase;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The bases that the plan names, with their manifests. */
final class ChannelBases {

  private final Outside outside;
  private final Map<String, PlannedBase> planned = new TreeMap<>();
  private final Map<String, Manifest> manifests = new TreeMap<>();

  ChannelBases(Outside outside, BuildPlan plan) {
    this.outside = outside;
    plan.bases().forEach(base -> planned.put(base.slug(), base));
  }

  /** The base as planned; its snapshot is {@code ""} before the first release. */
  PlannedBase planned(String slug) {
    return planned.getOrDefault(slug, new PlannedBase(slug, "", -1));
  }

  /**
   * The base's manifest, an empty one before the first release.
   *
   * @throws MirrorException (input) if no region has the base any more
   */
  Manifest manifest(String slug) {
    return manifests.computeIfAbsent(slug, this::read);
  }

  private Manifest read(String slug) {
    String id = planned(slug).snapshot();
    if (id.isEmpty()) {
      return Manifest.empty(slug);
    }
    for (Region region : outside.regions()) {
      Optional<Release> current = region.current(slug);
      if (current.isPresent() && current.get().serial() >= planned(slug).serial()) {
        return region.manifest(slug, id);
      }
    }
    throw MirrorException.input(
        "the plan compares with release " + planned(slug).serial() + " of " + slug,
        "no configured region has it",
        "configure the region that the plan was made with, or run plan again");
  }
}
