package io.github.wheelmirror.publish;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.TreeLayout;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    refuseQuarantined(manifest);
    Optional<Manifest> current = currentManifest();
    if (current.isPresent()) {
      refuseOtherContent(current.get(), "the current release of");
      for (Manifest later : channels.rolledBack(snapshot.slug())) {
        refuseOtherContent(later, "a release that was rolled back of");
      }
    }
    Set<String> proven = current.map(SnapshotStage::paths).orElse(Set.of());
    List<StoredFile> wheels =
        store.missing(StoredFiles.wheels(manifest, house), one -> proven.contains(one.path()));
    Set<String> pages =
        store.missing(StoredFiles.pages(manifest), one -> proven.contains(one.path())).stream()
            .map(StoredFile::path)
            .collect(Collectors.toSet());
    region.faults().at("stage: space");
    new FreeSpace(region, snapshot).require(wheels, pages);
    store.add(wheels, "copying wheels");
    if (!pages.isEmpty()) {
      store.add(
          StoredFiles.pages(manifest, snapshot.directory(), clock.time()).stream()
              .filter(page -> pages.contains(page.path()))
              .toList(),
          "copying pages");
    }
    new SnapshotFolder(region, snapshot, work, clock).ensure(current);
    Set<String> fresh = new HashSet<>(pages);
    wheels.forEach(file -> fresh.add(file.path()));
    region.faults().at("stage: check");
    new StagedCheck(region, snapshot.id(), manifest).require(fresh);
    region.faults().at("stage: pinned link");
    work.link(
        region.at(TreeLayout.pinnedLink(snapshot.id())),
        TreeLayout.pinnedLinkTarget(snapshot.id()));
    new OperatorCommand(region, "afterStage", region.settings().commands().afterStage())
        .run(snapshot.slug(), snapshot.id());
  }

  private Optional<Manifest> currentManifest() throws IOException {
    Optional<String> id = channels.current(snapshot.slug());
    return id.isEmpty()
        ? Optional.empty()
        : Optional.of(channels.manifest(snapshot.slug(), id.get()));
  }

  private void refuseQuarantined(Manifest manifest) throws IOException {
    List<ManifestFile> out = new QuarantineRun(region).read().listedBy(manifest);
    if (!out.isEmpty()) {
      throw MirrorException.input(
          "nothing of " + manifest.slug() + " was released",
          out.stream().map(ManifestFile::filename).collect(Collectors.joining(", "))
              + " is in quarantine in region "
              + region.name(),
          "run the plan goal again: it plans without them");
    }
  }

  /** What the current release relies on: it was durable before that flip. */
  private static Set<String> paths(Manifest current) {
    Set<String> paths = new HashSet<>();
    StoredFiles.wheels(current).forEach(file -> paths.add(file.path()));
    StoredFiles.pages(current).forEach(file -> paths.add(file.path()));
    return paths;
  }

  /** A published file name keeps its bytes for ever: pip's cache and lock files rely on it. */
  private void refuseOtherContent(Manifest published, String which) {
    Map<String, String> digests = new HashMap<>();
    published.retired().forEach(file -> digests.put(file.filename(), file.sha256()));
    published.files().forEach(file -> digests.put(file.filename(), file.sha256()));
    String changed =
        snapshot.manifest().files().stream()
            .filter(f -> !f.sha256().equals(digests.getOrDefault(f.filename(), f.sha256())))
            .map(ManifestFile::filename)
            .collect(Collectors.joining(", "));
    if (!changed.isEmpty()) {
      throw MirrorException.input(
          "nothing was released: "
              + changed
              + " would get another content in region "
              + region.name(),
          which + " " + snapshot.slug() + " publishes the same file name with other bytes",
          "run the plan goal again, so that own builds get the next build tag");
    }
  }
}
