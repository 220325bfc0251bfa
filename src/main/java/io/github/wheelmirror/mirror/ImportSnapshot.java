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
  private final SwitchRegions switches;

  /**
   * Into these regions.
   *
   * @param looks whether they are looked at through their URLs
   */
  public ImportSnapshot(Outside outside, Signing signing, boolean looks) {
    this.outside = outside;
    this.signing = signing;
    this.switches = new SwitchRegions(outside, looks);
  }

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
    List<ReadyRegion> ready = new ArrayList<>();
    Map<Region, MirrorException> failures = new LinkedHashMap<>();
    for (Region region : outside.regions()) {
      try {
        region.quarantine(quarantine);
        Optional<Release> before = region.current(slug);
        StagedRelease staged = region.stage(verified, outside.wheelhouse(), Progress.NONE);
        ready.add(switches.ready(region, staged, before));
      } catch (MirrorException e) {
        failures.put(region, e);
      }
    }
    Together.refuse("regions cannot take the snapshot", failures);
    Together.refuse("regions did not take the snapshot", switches.run(ready, true));
  }
}
