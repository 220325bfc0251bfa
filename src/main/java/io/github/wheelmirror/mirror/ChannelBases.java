package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildLock;
import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.PlannedBase;
import io.github.wheelmirror.tree.Coverage;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiPredicate;

/** The bases that the plan names, with their manifests and coverage. */
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

  /**
   * How each pin of the base ended, nothing before the first release.
   *
   * @throws MirrorException (input) if no region has the base any more
   */
  Coverage coverage(String slug) {
    String id = planned(slug).snapshot();
    return id.isEmpty() ? Coverage.of(slug, List.of()) : holder(slug).coverage(slug, id);
  }

  /** What the base's own wheels were built with; nothing if no region here has the base. */
  LockedRequirements requirements(String slug) {
    return requirements.computeIfAbsent(
        slug,
        each ->
            found(each)
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

  private Manifest read(String slug) {
    String id = planned(slug).snapshot();
    return id.isEmpty()
        ? Manifest.empty(slug)
        : outside.quarantine().without(holder(slug).manifest(slug, id));
  }

  /** A region that serves the base, else one that did, else one that has a higher serial. */
  private Region holder(String slug) {
    return found(slug)
        .orElseThrow(
            () ->
                MirrorException.input(
                    "the plan compares with release " + planned(slug).serial() + " of " + slug,
                    "no configured region has it",
                    "configure the region that the plan was made with, or run plan again"));
  }

  /** A region that cannot be asked matters if no other has the base; plan told it before. */
  private Optional<Region> found(String slug) {
    PlannedBase base = planned(slug);
    if (base.snapshot().isEmpty()) {
      return Optional.empty();
    }
    Map<Region, MirrorException> away = new LinkedHashMap<>();
    Optional<Region> found =
        holder(slug, (region, now) -> now.snapshot().equals(base.snapshot()), away)
            .or(() -> holder(slug, (region, now) -> released(region, base), away))
            .or(() -> holder(slug, (region, now) -> now.serial() >= base.serial(), away));
    if (found.isEmpty()) {
      Together.refuse("regions cannot be asked for the base of " + slug, away);
    }
    return found;
  }

  private static boolean released(Region region, PlannedBase base) {
    return region.history(base.slug()).stream()
        .anyMatch(past -> past.snapshot().equals(base.snapshot()));
  }

  private Optional<Region> holder(
      String slug, BiPredicate<Region, Release> wanted, Map<Region, MirrorException> away) {
    for (Region region : outside.regions()) {
      if (!away.containsKey(region)) {
        try {
          if (region.current(slug).filter(now -> wanted.test(region, now)).isPresent()) {
            return Optional.of(region);
          }
        } catch (MirrorException e) {
          away.put(region, e);
        }
      }
    }
    return Optional.empty();
  }
}
