package io.github.wheelmirror.mirror;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Signing;
import io.github.wheelmirror.tree.SnapshotImport;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.VerifiedSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Releases what {@link ExportSnapshot} wrote somewhere else, in all regions of this site. */
public final class ImportSnapshot {
  private final Outside outside;
  private final Signing signing;

  /** Into these regions. */
  public ImportSnapshot(Outside outside, Signing signing) {
    this.outside = outside;
    this.signing = signing;
  }

  private record Ready(StagedRelease staged, Optional<Release> before) {}

  /**
   * Does it. Everything is checked and staged in every region before the first one is switched.
   *
   * @throws MirrorException (input) if the archive is not what it says; (machinery) if a region
   *     cannot; nothing visible was changed then
   */
  public void run(Path archive) {
    NoRegion.refuse(outside.regions(), "to import into");
    try (SnapshotImport imported = SnapshotImport.open(archive)) {
      imported.requireSigned(signing.trusted());
      Quarantine quarantine = outside.quarantine().plus(imported.quarantine());
      requireServed(imported, quarantine);
      Path folder = Files.createTempDirectory("wheel-mirror-import");
      try {
        VerifiedSnapshot verified = imported.stage(folder, outside.wheelhouse(), Progress.NONE);
        outside
            .log()
            .note(
                "%s: snapshot %s of %s, %d wheels, all as its manifest says"
                    .formatted(
                        archive,
                        imported.id(),
                        imported.manifest().slug(),
                        imported.manifest().files().size()));
        release(verified, quarantine);
      } finally {
        Folders.remove(folder);
      }
    } catch (IOException e) {
      throw MirrorException.machinery(
          "nothing was imported from " + archive,
          IoWords.of(e),
          "make the folder for temporary files writable and see that the disk is not full",
          e);
    }
  }

  private static void requireServed(SnapshotImport imported, Quarantine quarantine) {
    List<ManifestFile> out = quarantine.listedBy(imported.manifest());
    if (!out.isEmpty()) {
      throw MirrorException.input(
          "nothing was imported",
          out.stream().map(ManifestFile::filename).collect(Collectors.joining(", "))
              + " is in quarantine here",
          "quarantine it at the other site too, and export what is served there then");
    }
  }

  private void release(VerifiedSnapshot verified, Quarantine quarantine) {
    String slug = verified.snapshot().slug();
    Map<Region, Ready> ready = new LinkedHashMap<>();
    List<MirrorException> failures = new ArrayList<>();
    for (Region region : outside.regions()) {
      try {
        region.quarantine(quarantine);
        Optional<Release> before = region.current(slug);
        ready.put(
            region, new Ready(region.stage(verified, outside.wheelhouse(), Progress.NONE), before));
      } catch (MirrorException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.size() == 1
          ? failures.get(0)
          : Together.of(failures.size() + " regions cannot take the snapshot", failures);
    }
    ready.forEach(
        (region, each) -> {
          Release now = region.flip(each.staged(), each.before(), outside.clock().instant());
          if (each.before().map(Release::snapshot).equals(Optional.of(now.snapshot()))) {
            outside.log().nothingToRelease(region.name(), now);
          } else {
            outside.log().released(region.name(), now);
          }
        });
  }
}
