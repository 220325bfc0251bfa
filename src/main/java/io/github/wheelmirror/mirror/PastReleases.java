package io.github.wheelmirror.mirror;

import io.github.wheelmirror.EnumText;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.report.PinState;
import io.github.wheelmirror.report.ReleaseFacts;
import io.github.wheelmirror.report.ReleaseFacts.Change;
import io.github.wheelmirror.report.Share;
import io.github.wheelmirror.tree.Coverage;
import io.github.wheelmirror.tree.CoverageSummary;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.SnapshotDifference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The last releases of each channel and what changed with each. A release never changes, so what an
 * earlier report found of it is taken from there: snapshots are large, and may be removed.
 */
final class PastReleases {

  /** As many releases of a channel as a report looks back on. */
  static final int LAST = 20;

  private final RegionsFacts regions;
  private final Consumer<String> notes;
  private final Map<Id, ReleaseFacts> known = new HashMap<>();

  private record Id(String slug, long serial, String snapshot, String released) {
    static Id of(ReleaseFacts facts) {
      return new Id(facts.slug(), facts.serial(), facts.snapshot(), facts.released());
    }

    static Id of(Release release) {
      return new Id(release.slug(), release.serial(), release.snapshot(), release.released());
    }
  }

  /**
   * Of these regions.
   *
   * @param earlier what an earlier report found
   */
  PastReleases(RegionsFacts regions, List<ReleaseFacts> earlier, Consumer<String> notes) {
    this.regions = regions;
    this.notes = notes;
    earlier.stream().filter(ReleaseFacts::known).forEach(facts -> known.put(Id.of(facts), facts));
  }

  /** By channel, oldest first. */
  List<ReleaseFacts> all() {
    List<ReleaseFacts> all = new ArrayList<>();
    regions.newest().forEach((slug, newest) -> all.addAll(of(slug, newest.region())));
    return all;
  }

  private List<ReleaseFacts> of(String slug, Region newest) {
    List<Release> history = history(slug, newest);
    List<ReleaseFacts> facts = new ArrayList<>();
    @Nullable Manifest before = null;
    String beforeId = "";
    for (int i = Math.max(0, history.size() - LAST); i < history.size(); i++) {
      Release release = history.get(i);
      String id = i == 0 ? "" : history.get(i - 1).snapshot();
      @Nullable ReleaseFacts found = known.get(Id.of(release));
      if (found != null && (id.isEmpty() || !found.before().isEmpty())) {
        facts.add(found);
        continue;
      }
      if (!id.isEmpty() && !id.equals(beforeId)) {
        before = regions.snapshot(slug, id).map(RegionsFacts.Found::manifest).orElse(null);
      }
      Optional<RegionsFacts.Found> now = regions.snapshot(slug, release.snapshot());
      if (now.isPresent()) {
        facts.add(facts(release, now.get(), Optional.ofNullable(before), id));
      } else {
        facts.add(
            found != null
                ? found
                : ReleaseFacts.gone(
                    slug, release.serial(), release.snapshot(), release.released()));
      }
      before = now.map(RegionsFacts.Found::manifest).orElse(null);
      beforeId = release.snapshot();
    }
    return facts;
  }

  private List<Release> history(String slug, Region newest) {
    try {
      return newest.history(slug);
    } catch (MirrorException e) {
      notes.accept("the releases of region " + newest.name() + " cannot be shown: " + e.why());
      return List.of();
    }
  }

  private static ReleaseFacts facts(
      Release release, RegionsFacts.Found now, Optional<Manifest> before, String beforeId) {
    List<Change> changes = new ArrayList<>();
    int added = 0;
    int removed = 0;
    int changed = 0;
    int rebuilt = 0;
    if (before.isPresent()) {
      for (SnapshotDifference.BranchDifference branch :
          SnapshotDifference.of(before.get(), now.manifest()).branches()) {
        added += branch.added().size();
        removed += branch.removed().size();
        changed += branch.changed().size();
        rebuilt += branch.rebuilt().size();
        add(changes, branch);
      }
    }
    return new ReleaseFacts(
        release.slug(),
        release.serial(),
        release.snapshot(),
        release.released(),
        before.isPresent() ? beforeId : "",
        true,
        now.manifest().files().size(),
        now.manifest().files().stream().mapToLong(ManifestFile::size).sum(),
        share(now.coverage()),
        added,
        removed,
        changed,
        rebuilt,
        changes);
  }

  private static void add(List<Change> changes, SnapshotDifference.BranchDifference branch) {
    branch
        .added()
        .forEach(
            pin ->
                changes.add(
                    new Change(branch.branch(), pin.name(), List.of(), List.of(pin.version()))));
    branch
        .removed()
        .forEach(
            pin ->
                changes.add(
                    new Change(branch.branch(), pin.name(), List.of(pin.version()), List.of())));
    branch
        .changed()
        .forEach(
            each ->
                changes.add(new Change(branch.branch(), each.project(), each.from(), each.to())));
    branch
        .rebuilt()
        .forEach(
            pin ->
                changes.add(
                    new Change(
                        branch.branch(),
                        pin.name(),
                        List.of(pin.version()),
                        List.of(pin.version()))));
  }

  private static Share share(Coverage coverage) {
    Share share = Share.NONE;
    for (CoverageSummary summary : coverage.summaries()) {
      for (Map.Entry<String, Integer> count : summary.counts().entrySet()) {
        share = share.plus(EnumText.parse(PinState.class, count.getKey()).share(count.getValue()));
      }
    }
    return share;
  }
}
