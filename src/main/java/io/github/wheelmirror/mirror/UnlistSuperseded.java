package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.SnapshotFilter;
import io.github.wheelmirror.tree.Superseded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Releases each channel without the files that no branch has pinned for some time. Regions that
 * serve the same snapshot serve the same one afterwards.
 */
final class UnlistSuperseded {
  private final Outside outside;
  private final Duration keep;
  private final List<MirrorException> failures = new ArrayList<>();

  UnlistSuperseded(Outside outside, Duration keep) {
    this.outside = outside;
    this.keep = keep;
  }

  /** Does it, or only tells; what failed. */
  List<MirrorException> run(boolean dryRun) {
    // by the current snapshot: what the first region's history says counts for all
    Map<String, Set<String>> over = new LinkedHashMap<>();
    for (Region region : outside.regions()) {
      try {
        for (String slug : region.channels()) {
          Optional<Release> current = region.current(slug);
          if (current.isPresent()) {
            String id = current.get().snapshot();
            Manifest manifest = region.manifest(slug, id);
            over.computeIfAbsent(id, each -> over(region, slug, manifest));
            release(region, manifest, current.get(), over.getOrDefault(id, Set.of()), dryRun);
          }
        }
      } catch (MirrorException e) {
        failures.add(e);
      }
    }
    return failures;
  }

  private Set<String> over(Region region, String slug, Manifest current) {
    Map<String, Manifest> held = new LinkedHashMap<>();
    region.manifests().forEach(manifest -> held.put(manifest.id(), manifest));
    return new Superseded(keep, outside.clock().instant())
        .of(region.history(slug), current, id -> Optional.ofNullable(held.get(id)));
  }

  private void release(
      Region region, Manifest manifest, Release current, Set<String> over, boolean dryRun) {
    if (over.isEmpty()) {
      return;
    }
    outside
        .log()
        .note(
            "%s %s: %s%d of %d files, which no branch has pinned for %d days"
                .formatted(
                    region.name(),
                    manifest.slug(),
                    dryRun ? "would list no more (nothing was changed) " : "lists no more ",
                    over.size(),
                    manifest.files().size(),
                    keep.toDays()));
    if (!dryRun) {
      SnapshotFilter filter = new SnapshotFilter(Quarantine.NONE, over);
      outside
          .log()
          .released(
              region.name(),
              new FilteredRelease(outside, filter).release(region, manifest, current));
    }
  }
}
