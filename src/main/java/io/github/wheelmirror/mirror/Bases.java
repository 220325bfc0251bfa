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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The release that each channel served last, which the next one is compared with. */
final class Bases {

  private final Outside outside;
  private String generation = "";

  Bases(Outside outside) {
    this.outside = outside;
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
   * The highest serial of all regions; regions that differ are told.
   *
   * @throws MirrorException if a region cannot be read: it is never taken for a first release
   */
  Optional<Base> newest(String slug) {
    Region best = null;
    Release newest = null;
    boolean differ = false;
    boolean first = true;
    for (Region region : outside.regions()) {
      Optional<Release> current = region.current(slug);
      if (!first
          && !current
              .map(Release::snapshot)
              .equals(Optional.ofNullable(newest).map(Release::snapshot))) {
        differ = true;
      }
      first = false;
      if (current.isPresent() && (newest == null || current.get().serial() > newest.serial())) {
        best = region;
        newest = current.get();
      }
    }
    if (best == null || newest == null) {
      return Optional.empty();
    }
    if (differ) {
      outside
          .log()
          .warning(
              "regions serve different releases of "
                  + slug
                  + "; the base is release "
                  + newest.serial()
                  + " of "
                  + best.name());
    }
    Manifest served = best.manifest(slug, newest.snapshot());
    return Optional.of(new Base(best, newest, outside.quarantine().without(served)));
  }
}
