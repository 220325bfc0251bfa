package io.github.wheelmirror.publish;

import io.github.wheelmirror.AtomicFolder;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.ReportsKept;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** The reports of releases in a directory region, a folder each, which comes by one rename. */
final class ReportFolders {

  private final RegionContext region;

  ReportFolders(RegionContext region) {
    this.region = region;
  }

  /** Writes one unless it is there; whether it did. */
  @SuppressWarnings("try") // the lock is held, not used
  boolean publish(Release release, SortedMap<String, byte[]> report) throws IOException {
    Path target = region.at(TreeLayout.report(release.slug(), release.serial()));
    if (isWhole(target)) {
      return false;
    }
    region.faults().at("report: lock");
    try (RegionLocks.Held state = region.locks().shared(TreeLayout.STATE_LOCK);
        WorkFolder work = WorkFolder.in(region)) {
      Path folder = work.next(target);
      Set<Path> written = new LinkedHashSet<>();
      for (Map.Entry<String, byte[]> file : report.entrySet()) {
        Path path =
            folder.resolve(
                target.relativize(
                    region.at(TreeLayout.report(release.slug(), release.serial(), file.getKey()))));
        Files.createDirectories(WorkFolder.parent(path));
        Files.write(path, file.getValue(), StandardOpenOption.CREATE_NEW);
        written.add(path);
        written.add(WorkFolder.parent(path));
      }
      SyncBatch.force(written);
      Path channel = Files.createDirectories(WorkFolder.parent(target));
      region.faults().at("report: move");
      if (Files.isDirectory(target) && !isWhole(target)) {
        // copied from a host to which it did not go as a whole
        Files.move(target, work.next(target), StandardCopyOption.ATOMIC_MOVE);
      }
      AtomicFolder.moveUnlessThere(folder, target);
      SyncBatch.force(List.of(channel, WorkFolder.parent(channel), region.settings().root()));
      // readers may see a copy of the tree, which was made when the release was
      new OperatorCommand(region, "afterFlip", region.settings().commands().afterFlip())
          .run(release.slug(), release.snapshot());
    }
    return true;
  }

  /** The front page goes to other hosts last. */
  private static boolean isWhole(Path folder) {
    return Files.exists(folder.resolve(TreeLayout.HTML_PAGE));
  }

  /** A file of one; nothing if there is none. */
  Optional<byte[]> read(String slug, long serial, String path) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(region.at(TreeLayout.report(slug, serial, path))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The folders of reports whose snapshots do not stay. */
  List<String> garbage(ChannelReader channels, Set<String> kept) throws IOException {
    List<String> garbage = new ArrayList<>();
    for (String slug : channels.slugs()) {
      List<Long> there = new ArrayList<>();
      for (Path folder : WorkFolder.children(region.at(TreeLayout.reports(slug)))) {
        ReportsKept.serial(String.valueOf(folder.getFileName())).ifPresent(there::add);
      }
      if (!there.isEmpty()) {
        ReportsKept.gone(there, channels.history(slug), kept)
            .forEach(serial -> garbage.add(TreeLayout.report(slug, serial)));
      }
    }
    return garbage;
  }
}
