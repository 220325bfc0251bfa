package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BaseRelease;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The release that each channel served last, which the next one is compared with. */
final class Bases {

  private final Outside outside;
  private final RegionPolicy policy;
  private final Map<Region, MirrorException> away = new LinkedHashMap<>();
  private String generation = "";

  /**
   * Of all regions.
   *
   * @param policy how many of them must answer
   */
  Bases(Outside outside, RegionPolicy policy) {
    this.outside = outside;
    this.policy = policy;
  }

  /** The base of each slug that has one, read from the regions. */
  Map<String, BaseRelease> read(Resolution resolution) {
    Map<String, BaseRelease> bases = new TreeMap<>();
    resolution.targets().stream()
        .map(target -> target.id().slug())
        .distinct()
        .forEach(
            slug ->
                newest(slug)
                    .ifPresent(
                        base -> {
                          String id = base.release().snapshot();
                          String moved = base.region().requirements(slug, id).generation();
                          generation = generation.compareTo(moved) < 0 ? moved : generation;
                          bases.put(slug, withRolledBack(base));
                        }));
    return bases;
  }

  /** Their names are published, so the next build of such a pin is another file. */
  private static BaseRelease withRolledBack(Base base) {
    BaseRelease release =
        base.manifest().toBase(base.release().snapshot(), base.release().serial());
    List<WheelFile> files = new ArrayList<>(release.files());
    Set<String> names = new HashSet<>();
    files.forEach(file -> names.add(file.filename()));
    for (Manifest later : base.region().rolledBack(release.slug())) {
      later.files().stream()
          .filter(file -> names.add(file.filename()))
          .forEach(file -> files.add(file.toWheelFile()));
    }
    return new BaseRelease(
        release.slug(),
        release.snapshot(),
        release.serial(),
        files,
        release.served(),
        release.retired());
  }

  /** When locks were last asked to move, in all of what was read; {@code ""} for never. */
  String lockGeneration() {
    return generation;
  }

  /** A channel's base: which region has it, the release and its manifest. */
  record Base(Region region, Release release, Manifest manifest) {}

  /**
   * The newest release of all regions; regions that differ are told, and those that cannot be asked
   * as far as the policy can do without them. Each of these is asked and told once.
   *
   * @throws MirrorException if too few regions can be read, or none of those that can has a release
   *     and others cannot: it is never taken for a first release
   */
  Optional<Base> newest(String slug) {
    Map<Region, Optional<Release>> current = current(slug);
    List<Serving> all = new ArrayList<>();
    current.forEach(
        (region, release) -> release.ifPresent(now -> all.add(new Serving(region, now))));
    Optional<Serving> best = Serving.newest(all);
    if (best.isEmpty()) {
      refuseFirst(slug);
      return Optional.empty();
    }
    Region region = best.get().region();
    Release newest = best.get().release();
    Optional<String> id = Optional.of(newest.snapshot());
    if (!current.values().stream().allMatch(each -> each.map(Release::snapshot).equals(id))) {
      outside
          .log()
          .warning(
              "regions serve different releases of "
                  + slug
                  + "; the base is release "
                  + newest.serial()
                  + " of "
                  + region.name());
    }
    Manifest served = region.manifest(slug, newest.snapshot());
    return Optional.of(new Base(region, newest, outside.quarantine().without(served)));
  }

  private Map<Region, Optional<Release>> current(String slug) {
    Map<Region, Optional<Release>> current = new LinkedHashMap<>();
    Map<Region, MirrorException> failures = new LinkedHashMap<>();
    for (Region region : outside.regions()) {
      if (!away.containsKey(region)) {
        try {
          current.put(region, region.current(slug));
        } catch (MirrorException e) {
          failures.put(region, e);
        }
      }
    }
    away.putAll(failures);
    if (!away.isEmpty() && current.size() < policy.needed(outside.regions().size())) {
      Together.refuse("regions cannot be asked what they serve", away);
    }
    failures.forEach(
        (region, failure) ->
            outside
                .log()
                .warning(
                    "region %s could not be asked: %s"
                        .formatted(region.name(), failure.getMessage())));
    return current;
  }

  private void refuseFirst(String slug) {
    if (!away.isEmpty()) {
      MirrorException failure =
          Together.of(
              "nobody knows whether " + slug + " was released before", List.copyOf(away.values()));
      throw MirrorException.machinery(
          failure.what(),
          "no region that answers has a release of it, and others do not answer\n" + failure.why(),
          failure.fix() + "\nor, if it was never released, leave them out of <regions> once",
          failure);
    }
  }
}
