package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The note of a folder that {@code afterPrune} is due; its writer holds the state lock alone. */
final class AfterPruneFile implements AfterPrune.Note {
  private final RegionContext region;
  private final Path file;

  AfterPruneFile(RegionContext region) {
    this.region = region;
    this.file = region.at(TreeLayout.AFTER_PRUNE);
  }

  @Override
  public boolean isThere() {
    return Files.exists(file);
  }

  @Override
  public void write(byte[] words) throws IOException {
    region.faults().at("afterPrune: announce");
    Files.createDirectories(WorkFolder.parent(file));
    try (WorkFolder work = WorkFolder.in(region)) {
      work.replace(file, words);
    }
    // the folder of the state may be new itself
    SyncBatch.force(List.of(region.settings().root()));
  }

  @Override
  public void remove() throws IOException {
    region.faults().at("afterPrune: done");
    Files.deleteIfExists(file);
  }
}
