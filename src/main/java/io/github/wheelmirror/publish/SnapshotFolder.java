package io.github.wheelmirror.publish;

import io.github.wheelmirror.AtomicFolder;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestDocument;
import io.github.wheelmirror.tree.ManifestPage;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes a snapshot's own folder beside the tree and moves it to its name whole. */
final class SnapshotFolder {
  private final RegionContext region;
  private final Snapshot snapshot;
  private final WorkFolder work;
  private final PageClock clock;

  SnapshotFolder(RegionContext region, Snapshot snapshot, WorkFolder work, PageClock clock) {
    this.region = region;
    this.snapshot = snapshot;
    this.work = work;
    this.clock = clock;
  }

  /**
   * Sees that the folder is there.
   *
   * @param current the manifest of the channel's current release: documents that did not change
   *     keep their time, so that clients' caches stay good
   * @param id its snapshot's
   */
  void ensure(Optional<Manifest> current, Optional<String> id) throws IOException {
    Path target = region.at(TreeLayout.snapshot(snapshot.id()));
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      if (new StagedCheck(region, snapshot.id(), snapshot.manifest()).folderIsWhole()) {
        // whoever moved it there may have been killed before its name was durable
        forceName(target);
        return;
      }
      region.faults().at("stage: damaged snapshot");
      Files.move(target, work.next(target), StandardCopyOption.ATOMIC_MOVE);
    }
    Path folder = work.next(target);
    Map<String, FileTime> times = unchanged(current, id);
    List<StoredFile> files = new ArrayList<>();
    for (ManifestDocument document : snapshot.manifest().documents()) {
      FileTime kept = times.get(document.path());
      files.add(
          StoredFiles.document(
              snapshot.id(), document, snapshot.directory(), kept == null ? clock.time() : kept));
    }
    files.add(manifest());
    write(folder, files, links(current, id));
    publish(folder, target);
  }

  private StoredFile manifest() throws IOException {
    String path = TreeLayout.manifest(snapshot.id());
    Path staged = snapshot.directory().resolve(path);
    FileTime time = clock.time();
    return new StoredFile(path, snapshot.id(), Files.size(staged), () -> time, () -> staged);
  }

  private Map<String, FileTime> unchanged(Optional<Manifest> current, Optional<String> id)
      throws IOException {
    Map<String, FileTime> times = new HashMap<>();
    if (current.isPresent() && id.isPresent()) {
      List<ManifestDocument> before = current.get().documents();
      for (ManifestDocument document : snapshot.manifest().documents()) {
        if (before.contains(document)) {
          times.put(
              document.path(),
              Files.getLastModifiedTime(region.at(TreeLayout.document(id.get(), document.path()))));
        }
      }
    }
    return times;
  }

  /** By page, the links to those that the current snapshot has, too. */
  private Map<ManifestPage, Path> links(Optional<Manifest> current, Optional<String> id) {
    Map<ManifestPage, Path> links = new HashMap<>();
    if (current.isPresent() && id.isPresent()) {
      for (ManifestPage page : current.get().pages()) {
        links.put(page, region.at(TreeLayout.projectLink(id.get(), page.project())));
      }
    }
    return links;
  }

  private void write(Path folder, List<StoredFile> files, Map<ManifestPage, Path> links)
      throws IOException {
    Path top = region.at(TreeLayout.snapshot(snapshot.id()));
    Set<Path> folders = new TreeSet<>();
    for (StoredFile file : files) {
      Path inside = folder.resolve(top.relativize(region.at(file.path())));
      for (Path up = WorkFolder.parent(inside); up.startsWith(folder); up = WorkFolder.parent(up)) {
        folders.add(up);
      }
      Files.createDirectories(WorkFolder.parent(inside));
    }
    SyncBatch.each(
        files,
        file -> {
          region.faults().at("stage: document");
          ContentStore.copy(file, folder.resolve(top.relativize(region.at(file.path()))));
        });
    for (ManifestPage page : snapshot.manifest().pages()) {
      Path link = region.at(TreeLayout.projectLink(snapshot.id(), page.project()));
      link(
          folder.resolve(top.relativize(link)),
          TreeLayout.projectLinkTarget(page.sha256()),
          Optional.ofNullable(links.get(page)));
    }
    region.faults().at("stage: links");
    SyncBatch.force(folders);
  }

  /**
   * A symbolic link is a file with a block of its own on many disks, a further name of it is not:
   * that is made twenty times faster.
   */
  private static void link(Path link, String target, Optional<Path> same) throws IOException {
    if (same.isPresent() && WorkFolder.leadsTo(same.get(), target)) {
      try {
        Files.createLink(link, same.get());
        return;
      } catch (FileSystemException | UnsupportedOperationException e) {
        // AFS has no names in two folders for one file, and every disk has a largest number
      }
    }
    Files.createSymbolicLink(link, link.getFileSystem().getPath(target));
  }

  private void publish(Path folder, Path target) throws IOException {
    region.faults().at("stage: snapshot");
    Files.createDirectories(WorkFolder.parent(target));
    // if another run staged the same snapshot meanwhile, the check that follows reads that one
    AtomicFolder.moveUnlessThere(folder, target);
    forceName(target);
  }

  private void forceName(Path target) throws IOException {
    SyncBatch.force(List.of(WorkFolder.parent(target), region.settings().root()));
  }
}
