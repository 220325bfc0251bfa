package io.github.wheelmirror.publish;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.ManifestDocument;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Refuses a release that a region's disk has no room for, before anything is written. */
final class FreeSpace {
  private static final double RESERVE = 1.1;

  private final RegionContext region;
  private final Snapshot snapshot;

  FreeSpace(RegionContext region, Snapshot snapshot) {
    this.region = region;
    this.snapshot = snapshot;
  }

  /**
   * Looks at the volume of the pool and at that of all else, which may be one.
   *
   * @param wheels what is to be copied to the pool
   * @param pages what is to be copied beside it
   */
  void require(List<StoredFile> wheels, List<StoredFile> pages) throws IOException {
    long pool = wheels.stream().mapToLong(StoredFile::size).sum();
    long rest = Files.size(snapshot.directory().resolve(TreeLayout.manifest(snapshot.id())));
    for (ManifestDocument document : snapshot.manifest().documents()) {
      rest += document.size();
    }
    for (StoredFile page : pages) {
      rest += page.size();
    }
    Path root = region.settings().root();
    FileStore index = Files.getFileStore(root);
    Path folder = region.at(TreeLayout.POOL);
    if (Files.exists(folder) && !Files.getFileStore(folder).equals(index)) {
      require(pool, Files.getFileStore(folder), folder);
      require(rest, index, root);
    } else {
      require(pool + rest, index, root);
    }
  }

  private void require(long bytes, FileStore volume, Path folder) throws IOException {
    long need = (long) Math.ceil(bytes * RESERVE);
    long free = volume.getUsableSpace();
    if (free < need) {
      throw MirrorException.machinery(
          "region " + region.name() + " has no room for this release of " + snapshot.slug(),
          "it needs " + need + " bytes, " + folder + " has " + free + " free",
          "make room there or give the region another folder; nothing visible was changed",
          null);
    }
  }
}
