package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
import io.github.wheelmirror.tree.QuarantineEntry.QuarantinedFile;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes wheels out of a region: the list first, then their bytes. */
final class QuarantineRun {
  private final RegionContext region;
  private final AfterPrune afterPrune;

  QuarantineRun(RegionContext region) {
    this.region = region;
    this.afterPrune = AfterPrune.in(region);
  }

  /** What the region says now. */
  Quarantine read() throws IOException {
    return file()
        .map(
            file ->
                file.quarantine(
                    region.settings().signing(), region.at(TreeLayout.QUARANTINE).toString()))
        .orElse(Quarantine.NONE);
  }

  private Optional<QuarantineFile> file() throws IOException {
    Path file = region.at(TreeLayout.QUARANTINE);
    try {
      return Optional.of(QuarantineFile.read(Files.readAllBytes(file), file.toString()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private boolean isListed(Quarantine all) throws IOException {
    return read().covers(all) && isSignedAsWanted();
  }

  private boolean isSignedAsWanted() throws IOException {
    return region.settings().signing().key().isEmpty()
        || file().filter(file -> file.signatures().isEmpty()).isEmpty();
  }

  /** Adds these entries and moves what they list; writes nothing if that is done. */
  @SuppressWarnings("try") // the lock is held, not used
  List<QuarantinedFile> run(Quarantine added) throws IOException {
    Quarantine all = read().plus(added);
    if (isListed(all) && toMove(all).isEmpty() && !afterPrune.isDue()) {
      return List.of();
    }
    region.faults().at("quarantine: lock");
    // whoever stages holds it too: no file comes back, or is relied on, while it goes
    try (RegionLocks.Held state = region.locks().exclusive(TreeLayout.STATE_LOCK);
        WorkFolder work = WorkFolder.in(region)) {
      all = read().plus(added);
      afterPrune.announce();
      region.faults().at("quarantine: list");
      if (!isListed(all)) {
        work.replace(
            region.at(TreeLayout.QUARANTINE),
            QuarantineFile.of(all, region.settings().signing()).bytes());
      }
      List<QuarantinedFile> moved = toMove(all);
      for (QuarantinedFile file : moved) {
        region.faults().at("quarantine: move");
        move(file, work);
      }
      afterPrune.run();
      return moved;
    }
  }

  private List<QuarantinedFile> toMove(Quarantine all) {
    List<QuarantinedFile> found = new ArrayList<>();
    for (QuarantineEntry entry : all.entries()) {
      for (QuarantinedFile file : entry.files()) {
        if (Files.isDirectory(region.at(TreeLayout.poolFolder(file.sha256())))
            && !found.contains(file)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private void move(QuarantinedFile file, WorkFolder work) throws IOException {
    Path from = region.at(TreeLayout.poolFolder(file.sha256()));
    Path to = region.at(TreeLayout.quarantined(file.sha256()));
    Files.createDirectories(WorkFolder.parent(to));
    if (Files.exists(to)) {
      // the same bytes came back, by hand or with a restored backup
      Files.move(from, work.next(from), StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
    SyncBatch.force(List.of(WorkFolder.parent(from), WorkFolder.parent(to)));
  }
}
