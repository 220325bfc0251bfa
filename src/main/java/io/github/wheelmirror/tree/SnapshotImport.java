package io.github.wheelmirror.tree;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.WheelFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive that {@link SnapshotExport} wrote, as one reads what a stranger hands over:
 * every byte must be what the manifest says, the manifest what its id says, nothing else may be in
 * it, and the wheels and pages are checked as those of an own snapshot are.
 */
public final class SnapshotImport implements AutoCloseable {
  private static final int BUFFER = 1 << 17;
  private static final int MAX_TEXT = 256 << 20;
  private static final int SHOWN = 10;

  private final Path archive;
  private final ZipFile zip;
  private final Manifest manifest;
  private final String id;
  private final Quarantine quarantine;

  private SnapshotImport(Path archive, ZipFile zip) throws IOException {
    this.archive = archive;
    this.zip = zip;
    List<? extends ZipEntry> entries = Collections.list(zip.entries());
    List<String> ids =
        entries.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.startsWith(TreeLayout.SNAPSHOTS + "/"))
            .map(name -> name.split("/", -1)[1])
            .filter(Sha256::isDigest)
            .distinct()
            .toList();
    if (ids.size() != 1) {
      throw refused("it holds " + ids.size() + " snapshots instead of one", null);
    }
    this.id = ids.get(0);
    byte[] bytes = text(TreeLayout.manifest(id));
    if (!Sha256.of(bytes).equals(id)) {
      throw refused("its manifest is not the one that the id " + id + " names", null);
    }
    this.manifest = Manifest.read(bytes, archive + ": manifest.json");
    this.quarantine =
        zip.getEntry(TreeLayout.QUARANTINE) == null
            ? Quarantine.NONE
            : Json.read(
                text(TreeLayout.QUARANTINE), Quarantine.class, archive + ": quarantine.json");
    requireOnlyListed(entries);
  }

  /**
   * Opens an archive and reads its manifest.
   *
   * @throws MirrorException (input) if it is none, is cut, or holds what its manifest does not list
   */
  public static SnapshotImport open(Path archive) {
    try {
      ZipFile zip = new ZipFile(archive.toFile());
      try {
        return new SnapshotImport(archive, zip);
      } catch (IOException | RuntimeException e) {
        zip.close();
        throw e;
      }
    } catch (ZipException e) {
      throw refused(archive, "it is no whole ZIP archive: " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw MirrorException.input(
          "nothing was imported: there is no " + archive,
          "no file has that name",
          "name a file that the goal export wrote with -Dwheel-mirror.import.file=FILE");
    } catch (IOException e) {
      throw refused(archive, IoWords.of(e), e);
    }
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
      if (zip.getEntry(TreeLayout.EXPORT_SIGNATURE) == null) {
        throw untrusted("it is not signed, and <trustedKeyFiles> is configured");
      }
      DsseEnvelope envelope =
          Json.read(
              text(TreeLayout.EXPORT_SIGNATURE), DsseEnvelope.class, archive + ": its signature");
      Optional<SnapshotExport.Statement> said =
          keys.verified(envelope, SnapshotExport.TYPE)
              .map(json -> Json.read(json, SnapshotExport.Statement.class, "its signature"));
      if (said.isEmpty()
          || !said.get().snapshot().equals(id)
          || !said.get().slug().equals(manifest.slug())) {
        throw untrusted("none of <trustedKeyFiles> signed it");
      }
    } catch (IOException e) {
      throw refused(IoWords.of(e), e);
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
        String name = TreeLayout.document(id, document.path());
        folder.file(name, text(name));
      }
      for (ManifestPage page : manifest.pages()) {
        folder.file(TreeLayout.htmlPage(page.sha256()), text(TreeLayout.htmlPage(page.sha256())));
        folder.file(TreeLayout.jsonPage(page.sha256()), text(TreeLayout.jsonPage(page.sha256())));
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
      throw refused(IoWords.of(e), e);
    }
  }

  private void bring(ManifestFile file, Wheelhouse house) throws IOException {
    if (house.find(file.sha256(), file.filename()).isPresent()) {
      read(file, OutputStream.nullOutputStream());
      return;
    }
    WheelFile wheel = file.toWheelFile();
    Path downloads = Files.createDirectories(house.root().resolve("downloads"));
    Path copy = Files.createTempFile(downloads, "imported-", ".whl");
    try {
      try (OutputStream out = Files.newOutputStream(copy)) {
        read(file, out);
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

  private void read(ManifestFile file, OutputStream out) throws IOException {
    CheckedCopy checked = new CheckedCopy(file.sha256(), file.size());
    ZipEntry entry = entry(TreeLayout.wheel(file.sha256(), file.filename()));
    try (InputStream in = zip.getInputStream(entry)) {
      checked.copy(in, out, BUFFER);
    }
    if (!checked.isWhole()) {
      throw refused(file.filename() + " is damaged: " + checked.words(), null);
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
      throw refused(
          errors.stream().limit(SHOWN).collect(Collectors.joining("; "))
              + (errors.size() > SHOWN ? "; and " + (errors.size() - SHOWN) + " more" : ""),
          null);
    }
  }

  private void requireOnlyListed(List<? extends ZipEntry> entries) {
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
    Set<String> seen = new HashSet<>();
    for (ZipEntry entry : entries) {
      if (!names.contains(entry.getName())) {
        throw refused(
            "it holds " + WheelProblem.quote(entry.getName()) + ", which nothing lists", null);
      }
      if (!seen.add(entry.getName())) {
        throw refused("it holds " + entry.getName() + " twice", null);
      }
    }
    if (!quarantine.listedBy(manifest).isEmpty()) {
      throw refused("it lists wheels that its own quarantine.json takes out", null);
    }
  }

  private ZipEntry entry(String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null || entry.isDirectory()) {
      throw refused(name + " is missing in it", null);
    }
    return entry;
  }

  /** Documents and pages are held to the manifest when all of it is checked. */
  private byte[] text(String name) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InputStream in = zip.getInputStream(entry(name))) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        if (out.size() > MAX_TEXT) {
          throw refused(name + " in it is too big", null);
        }
      }
    }
    return out.toByteArray();
  }

  private MirrorException refused(String why, @Nullable Throwable cause) {
    return refused(archive, why, cause);
  }

  private MirrorException untrusted(String why) {
    return MirrorException.input(
        "nothing was imported: " + archive + " cannot be used",
        why,
        "export it with the <signingKeyFile> whose public half is here, or name the public key of the"
            + " site that exported it (-Dwheel-mirror.trustedKeyFiles=FILE)");
  }

  private static MirrorException refused(Path archive, String why, @Nullable Throwable cause) {
    return new MirrorException(
        MirrorException.Kind.INPUT,
        "nothing was imported: " + archive + " cannot be used",
        why,
        "compare its sha256 with that of the exported file, or export it again",
        cause);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
