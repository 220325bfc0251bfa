package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildLock;
import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.PlannedBase;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.Region;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The bases that the plan names, with their manifests. */
final class ChannelBases {

  private final Outside outside;
  private final Map<String, PlannedBase> planned = new TreeMap<>();
  private final Map<String, Manifest> manifests = new TreeMap<>();
  private final Map<String, LockedRequirements> requirements = new ConcurrentSkipListMap<>();

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

  /** What the base's own wheels were built with; nothing if no region here has the base. */
  LockedRequirements requirements(String slug) {
    return requirements.computeIfAbsent(
        slug,
        each ->
            holder(each)
                .map(r -> r.requirements(each, planned(each).snapshot()))
                .orElse(LockedRequirements.NONE));
  }

  /** The base's lock for a key, of any channel. */
  Optional<BuildLock> lock(String key) {
    return planned.keySet().stream()
        .flatMap(slug -> requirements(slug).byKey(key).stream())
        .findFirst();
  }

  /** The base's lock with a digest, of any channel. */
  Optional<BuildLock> byDigest(String digest) {
    return planned.keySet().stream()
        .flatMap(slug -> requirements(slug).byDigest(digest).stream())
        .findFirst();
  }

  private Optional<Region> holder(String slug) {
    if (planned(slug).snapshot().isEmpty()) {
      return Optional.empty();
    }
    return outside.regions().stream()
        .filter(
            region ->
                region
                    .current(slug)
                    .filter(current -> current.serial() >= planned(slug).serial())
                    .isPresent())
        .findFirst();
  }

  private Manifest read(String slug) {
    String id = planned(slug).snapshot();
    if (id.isEmpty()) {
      return Manifest.empty(slug);
    }
    return holder(slug)
        .map(region -> region.manifest(slug, id))
        .orElseThrow(
            () ->
                MirrorException.input(
                    "the plan compares with release " + planned(slug).serial() + " of " + slug,
                    "no configured region has it",
                    "configure the region that the plan was made with, or run plan again"));
  }
}
