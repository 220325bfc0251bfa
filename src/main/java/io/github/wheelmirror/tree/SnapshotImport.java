package io.github.wheelmirror.tree;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.WheelFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipException;

/**
 * Reads an archive that {@link SnapshotExport} wrote, as one reads what a stranger hands over:
 * every byte must be what the manifest says, the manifest what its id says, nothing else may be in
 * it, and the wheels and pages are checked as those of an own snapshot are.
 */
public final class SnapshotImport implements AutoCloseable {
  private static final int SHOWN = 10;

  private final ImportedArchive archive;
  private final Manifest manifest;
  private final String id;
  private final Quarantine quarantine;

  private SnapshotImport(ImportedArchive archive) throws IOException {
    this.archive = archive;
    this.id = archive.id();
    byte[] bytes = archive.text(TreeLayout.manifest(id));
    if (!Sha256.of(bytes).equals(id)) {
      throw archive.refused("its manifest is not the one that the id " + id + " names", null);
    }
    this.manifest = Manifest.read(bytes, archive.file() + ": manifest.json");
    this.quarantine =
        archive.has(TreeLayout.QUARANTINE)
            ? Json.read(
                archive.text(TreeLayout.QUARANTINE),
                Quarantine.class,
                archive.file() + ": quarantine.json")
            : Quarantine.NONE;
    archive.requireOnly(listed());
    if (!quarantine.listedBy(manifest).isEmpty()) {
      throw archive.refused("it lists wheels that its own quarantine.json takes out", null);
    }
  }

  /**
   * Opens an archive and reads its manifest.
   *
   * @throws MirrorException (input) if it is none, is cut, or holds what its manifest does not list
   */
  public static SnapshotImport open(Path file) {
    ImportedArchive archive = ImportedArchive.open(file);
    try {
      try {
        return new SnapshotImport(archive);
      } catch (IOException | RuntimeException e) {
        archive.close();
        throw e;
      }
    } catch (IOException e) {
      throw archive.refused(words(e), e);
    }
  }

  private static String words(IOException e) {
    return e instanceof ZipException
        ? "it is no whole ZIP archive: " + e.getMessage()
        : IoWords.of(e);
  }

  /** What is in it. */
  public Manifest manifest() {
    return manifest;
  }

  /** The id of the snapshot. */
  public String id() {
    return id;
  }

  /** What was out at the site that exported it. */
  public Quarantine quarantine() {
    return quarantine;
  }

  /**
   * Refuses an archive that nobody who is trusted signed; goes on if nobody is configured.
   *
   * @throws MirrorException (input) if it is not signed by one of the keys
   */
  public void requireSigned(TrustedKeys keys) {
    if (keys.isEmpty()) {
      return;
    }
    try {
      if (!archive.has(TreeLayout.EXPORT_SIGNATURE)) {
        throw untrusted("it is not signed, and <trustedKeyFiles> is configured");
      }
      DsseEnvelope envelope =
          Json.read(
              archive.text(TreeLayout.EXPORT_SIGNATURE),
              DsseEnvelope.class,
              archive.file() + ": its signature");
      Optional<SnapshotExport.Statement> said =
          keys.verified(envelope, SnapshotExport.TYPE)
              .map(json -> Json.read(json, SnapshotExport.Statement.class, "its signature"));
      if (said.isEmpty()
          || !said.get().snapshot().equals(id)
          || !said.get().slug().equals(manifest.slug())) {
        throw untrusted("none of <trustedKeyFiles> signed it");
      }
    } catch (IOException e) {
      throw archive.refused(words(e), e);
    }
  }

  /**
   * Brings the wheels into a wheelhouse and all else into a folder, and checks it as a whole.
   *
   * @param stagingRoot gets the folder {@code <slug>}
   * @throws MirrorException (input) naming everything that is wrong
   */
  public VerifiedSnapshot stage(Path stagingRoot, Wheelhouse house, Progress progress) {
    try {
      int done = 0;
      for (ManifestFile file : manifest.files()) {
        bring(file, house);
        done++;
        progress.done("wheels", done, manifest.files().size());
      }
      Path directory = stagingRoot.resolve(TreeLayout.slug(manifest.slug()));
      StagingFolder folder = new StagingFolder(directory);
      for (ManifestDocument document : manifest.documents()) {
        bring(folder, TreeLayout.document(id, document.path()));
      }
      for (ManifestPage page : manifest.pages()) {
        bring(folder, TreeLayout.htmlPage(page.sha256()));
        bring(folder, TreeLayout.jsonPage(page.sha256()));
        folder.link(
            TreeLayout.projectLink(id, page.project()),
            TreeLayout.projectLinkTarget(page.sha256()));
      }
      folder.file(TreeLayout.manifest(id), manifest.bytes());
      folder.write();
      Snapshot snapshot = new Snapshot(manifest.slug(), id, manifest, directory);
      requireSound(snapshot, house);
      return VerifiedSnapshot.ofReleased(snapshot);
    } catch (IOException e) {
      throw archive.refused(words(e), e);
    }
  }

  private void bring(StagingFolder folder, String name) throws IOException {
    folder.file(name, archive.text(name));
  }

  private void bring(ManifestFile file, Wheelhouse house) throws IOException {
    if (house.find(file.sha256(), file.filename()).isPresent()) {
      archive.copy(file, OutputStream.nullOutputStream());
      return;
    }
    WheelFile wheel = file.toWheelFile();
    Path downloads = Files.createDirectories(house.root().resolve("downloads"));
    Path copy = Files.createTempFile(downloads, "imported-", ".whl");
    try {
      try (OutputStream out = Files.newOutputStream(copy)) {
        archive.copy(file, out);
      }
      WheelFile added =
          house.add(
              copy,
              file.filename(),
              new WheelSource(
                  wheel.sha256(),
                  wheel.yanked(),
                  wheel.yankedReason(),
                  wheel.uploadTime(),
                  wheel.origin()));
      wheel.origin().buildKey().ifPresent(key -> house.recordBuild(key, added));
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private void requireSound(Snapshot snapshot, Wheelhouse house) throws IOException {
    List<Problem> problems = new ArrayList<>(new SnapshotPages(snapshot).check());
    problems.addAll(
        new SnapshotFiles(manifest, house, Manifest.empty(manifest.slug()), List.of()).check());
    List<String> errors =
        problems.stream()
            .filter(problem -> problem.severity() == Severity.ERROR)
            .map(problem -> problem.where() + ": " + problem.words())
            .toList();
    if (!errors.isEmpty()) {
      throw archive.refused(
          errors.stream().limit(SHOWN).collect(Collectors.joining("; "))
              + (errors.size() > SHOWN ? "; and " + (errors.size() - SHOWN) + " more" : ""),
          null);
    }
  }

  private Set<String> listed() {
    Set<String> names = new HashSet<>();
    names.add(TreeLayout.manifest(id));
    names.add(TreeLayout.QUARANTINE);
    names.add(TreeLayout.EXPORT_SIGNATURE);
    manifest.documents().forEach(each -> names.add(TreeLayout.document(id, each.path())));
    for (ManifestPage page : manifest.pages()) {
      names.add(TreeLayout.htmlPage(page.sha256()));
      names.add(TreeLayout.jsonPage(page.sha256()));
    }
    manifest.files().forEach(each -> names.add(TreeLayout.wheel(each.sha256(), each.filename())));
    return names;
  }

  private MirrorException untrusted(String why) {
    return MirrorException.input(
        "nothing was imported: " + archive.file() + " cannot be used",
        why,
        "export it with the <signingKeyFile> whose public half is here, or name the public key of the"
            + " site that exported it (-Dwheel-mirror.trustedKeyFiles=FILE)");
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
