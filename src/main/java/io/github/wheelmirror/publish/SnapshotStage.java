package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.TreeLayout;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings one snapshot into a region, invisible: pool, pages, snapshot, and a look at the result.
 */
final class SnapshotStage {
  private final RegionContext region;
  private final ChannelReader channels;
  private final Snapshot snapshot;
  private final WorkFolder work;
  private final ContentStore store;
  private final PageClock clock;

  SnapshotStage(
      RegionContext region,
      ChannelReader channels,
      Snapshot snapshot,
      WorkFolder work,
      Progress progress) {
    this.region = region;
    this.channels = channels;
    this.snapshot = snapshot;
    this.work = work;
    this.store = new ContentStore(region, work, progress);
    this.clock = new PageClock(region, snapshot.slug());
  }

  /** Does it all; what is there already stays as it is. */
  void run(Wheelhouse house) throws IOException {
    Manifest manifest = snapshot.manifest();
    ReleaseRules rules = new ReleaseRules(region.name());
    rules.refuseQuarantined(new QuarantineRun(region).read(), manifest);
    Optional<String> id = channels.current(snapshot.slug());
    Optional<Manifest> current = currentManifest(id);
    if (current.isPresent()) {
      rules.refuseOtherContent(manifest, current.get(), "the current release of");
      for (Manifest later : channels.rolledBack(snapshot.slug())) {
        rules.refuseOtherContent(manifest, later, "a release that was rolled back of");
      }
    }
    Set<String> proven = current.map(SnapshotStage::paths).orElse(Set.of());
    List<StoredFile> wheels =
        store.missing(StoredFiles.wheels(manifest, house), one -> proven.contains(one.path()));
    List<StoredFile> pages =
        store.missing(StoredFiles.pages(manifest), one -> proven.contains(one.path()));
    region.faults().at("stage: space");
    new FreeSpace(region, snapshot).require(wheels, pages);
    store.add(wheels, "copying wheels");
    if (!pages.isEmpty()) {
      Set<String> paths = pages.stream().map(StoredFile::path).collect(Collectors.toSet());
      store.add(
          StoredFiles.pages(manifest, snapshot.directory(), clock.time()).stream()
              .filter(page -> paths.contains(page.path()))
              .toList(),
          "copying pages");
    }
    new SnapshotFolder(region, snapshot, work, clock).ensure(current, id);
    List<StoredFile> fresh = new ArrayList<>(wheels);
    fresh.addAll(pages);
    region.faults().at("stage: check");
    new StagedCheck(region, snapshot.id(), manifest).requireWritten(fresh);
    channels.know(snapshot.id(), manifest);
    region.faults().at("stage: pinned link");
    work.link(
        region.at(TreeLayout.pinnedLink(snapshot.id())),
        TreeLayout.pinnedLinkTarget(snapshot.id()));
    new OperatorCommand(region, "afterStage", region.settings().commands().afterStage())
        .run(snapshot.slug(), snapshot.id());
  }

  private Optional<Manifest> currentManifest(Optional<String> id) throws IOException {
    return id.isEmpty()
        ? Optional.empty()
        : Optional.of(channels.manifest(snapshot.slug(), id.get()));
  }

  /** What the current release relies on: it was durable before that flip. */
  private static Set<String> paths(Manifest current) {
    Set<String> paths = new HashSet<>();
    StoredFiles.wheels(current).forEach(file -> paths.add(file.path()));
    StoredFiles.pages(current).forEach(file -> paths.add(file.path()));
    return paths;
  }
}
