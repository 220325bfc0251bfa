package io.github.wheelmirror.mirror;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Signing;
import io.github.wheelmirror.tree.SnapshotExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a released snapshot into one file, for a site that the network does not reach. */
public final class ExportSnapshot {
  private static final int SHOWN_DIGITS = 12;

  private final Outside outside;
  private final Signing signing;

  /** Of these regions. */
  public ExportSnapshot(Outside outside, Signing signing) {
    this.outside = outside;
    this.signing = signing;
  }

  /**
   * What is asked for.
   *
   * @param snapshot {@code current}, {@code previous} or the first digits of an id
   * @param channel a slug, {@code ""} for the only one
   * @param file to write; nothing for a name that tells the snapshot, in the folder
   * @param folder for a file that is not named
   */
  public record Settings(String snapshot, String channel, Optional<Path> file, Path folder) {}

  /**
   * Does it; an earlier file of that name is replaced by a whole one or stays.
   *
   * @throws MirrorException if no region holds all of the snapshot, or the file cannot be written
   */
  public void run(Settings settings) {
    ReleasedSnapshots.Found found =
        new ReleasedSnapshots(outside.regions(), "wheel-mirror.export.channel")
            .find(settings.snapshot(), settings.channel());
    Path file =
        settings
            .file()
            .orElseGet(
                () ->
                    settings
                        .folder()
                        .resolve(
                            found.slug()
                                + "-"
                                + found.snapshot().substring(0, SHOWN_DIGITS)
                                + ".zip"));
    Quarantine quarantine = outside.quarantine();
    List<MirrorException> failures = new ArrayList<>();
    for (Region region : outside.regions()) {
      try {
        Manifest manifest = region.manifest(found.slug(), found.snapshot());
        requireServed(manifest, quarantine);
        SnapshotExport export = new SnapshotExport(region, manifest, quarantine, signing.key());
        // as readable as the user's other files: who carries it on may be somebody else
        AtomicFile.writeStream(file, out -> export.write(out, Progress.NONE));
        failures.forEach(
            failure ->
                outside
                    .log()
                    .warning(failure.getMessage() + "; it was taken from " + region.name()));
        outside
            .log()
            .note(
                "%s: %d wheels of snapshot %s, %d bytes, sha256 %s"
                    .formatted(
                        file,
                        manifest.files().size(),
                        found.snapshot(),
                        Files.size(file),
                        Sha256.of(file)));
        return;
      } catch (IOException e) {
        throw MirrorException.machinery(
            file + " cannot be written",
            IoWords.of(e),
            "make room there, or name another file with -Dwheel-mirror.export.file=FILE",
            e);
      } catch (MirrorException e) {
        // another region may hold it whole
        failures.add(e);
      }
    }
    throw failures.size() == 1
        ? failures.get(0)
        : Together.of("no region can export snapshot " + found.snapshot(), failures);
  }

  private static void requireServed(Manifest manifest, Quarantine quarantine) {
    if (!quarantine.listedBy(manifest).isEmpty()) {
      throw MirrorException.input(
          "snapshot " + manifest.id() + " is not exported",
          quarantine.listedBy(manifest).get(0).filename() + " of it is in quarantine",
          "export the current one, which is without it");
    }
  }
}
