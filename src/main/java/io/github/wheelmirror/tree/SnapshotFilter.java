package io.github.wheelmirror.tree;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildLock;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes of a snapshot that was released the same without some of its files: those in quarantine, or
 * those that need not be listed any more. Nothing is added, so nothing of it is unverified; the
 * same snapshot without the same files has the same id in each region.
 */
public final class SnapshotFilter {

  private final Quarantine quarantine;
  private final Set<String> superseded;

  /** Without what is in quarantine. */
  public SnapshotFilter(Quarantine quarantine) {
    this(quarantine, Set.of());
  }

  /**
   * Without these files too.
   *
   * @param superseded names of files that serve no pin
   */
  public SnapshotFilter(Quarantine quarantine, Set<String> superseded) {
    this.quarantine = quarantine;
    this.superseded = Set.copyOf(superseded);
  }

  /** Whether the snapshot lists something of that. */
  public boolean concerns(Manifest manifest) {
    return !quarantine.listedBy(manifest).isEmpty()
        || manifest.files().stream().anyMatch(file -> superseded.contains(file.filename()));
  }

  /**
   * Stages what is left in {@code <stagingRoot>/<slug>}, which then holds nothing else.
   *
   * @param region has the snapshot
   * @throws MirrorException (machinery) if the region cannot be read or the folder not be written
   */
  public VerifiedSnapshot filtered(Region region, Manifest manifest, Path stagingRoot) {
    String id = manifest.id();
    Manifest rest = quarantine.without(manifest).without(superseded);
    Map<String, byte[]> constraints = new TreeMap<>();
    for (ManifestDocument document : manifest.constraints()) {
      constraints.put(document.path(), region.document(manifest.slug(), id, document.path()));
    }
    SnapshotDocuments documents =
        new SnapshotDocuments(
            rest.slug(),
            rest.pythons(),
            rest.branches(),
            rest.files(),
            rest.served(),
            rest.environments(),
            coverage(region.coverage(rest.slug(), id), manifest),
            constraints,
            requirements(region.requirements(rest.slug(), id), rest),
            rest.retired());
    Path directory = stagingRoot.resolve(TreeLayout.slug(rest.slug()));
    try {
      return VerifiedSnapshot.ofReleased(documents.write(directory));
    } catch (IOException e) {
      throw MirrorException.machinery(
          "what is left of snapshot " + id + " cannot be written to " + directory,
          IoWords.of(e),
          "check that the folder can be written and has space left",
          e);
    }
  }

  private Coverage coverage(Coverage before, Manifest manifest) {
    Map<Outcome.Wheel, QuarantineEntry> out = new HashMap<>();
    for (ManifestFile file : manifest.files()) {
      quarantine
          .of(file)
          .ifPresent(entry -> out.put(new Outcome.Wheel(file.filename(), file.sha256()), entry));
    }
    return Coverage.of(
        before.slug(),
        before.entries().stream()
            .map(
                entry -> {
                  Optional<QuarantineEntry> why = entry.outcome().wheel().map(out::get);
                  return why.isEmpty()
                      ? entry
                      : new CoverageEntry(
                          entry.branch(),
                          entry.python(),
                          entry.pin(),
                          new Outcome.Excluded("quarantined: " + why.get().reason(), ""));
                })
            .toList());
  }

  private static LockedRequirements requirements(LockedRequirements before, Manifest rest) {
    List<BuildLock> locks =
        LockedRequirements.digests(rest.files().stream().map(ManifestFile::toWheelFile).toList())
            .stream()
            .flatMap(digest -> before.byDigest(digest).stream())
            .toList();
    return LockedRequirements.of(before.generation(), locks);
  }
}
