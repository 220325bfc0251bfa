package io.github.wheelmirror.tree;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a released snapshot with all its wheels as one ZIP archive, for a site that the network
 * does not reach. The names in it are those of the published tree ({@link TreeLayout}), manifest
 * first, then what is out ({@code quarantine.json}), documents, pages and wheels. The same snapshot
 * and quarantine make the same bytes; nothing is compressed, as wheels are already.
 */
public final class SnapshotExport {
  /** The media type of the statement that is signed. */
  static final String TYPE = "application/vnd.wheel-mirror.export+json";

  /** The first day that a ZIP entry can have. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final int BUFFER = 1 << 17;

  private final Region region;
  private final Manifest manifest;
  private final Quarantine quarantine;
  private final Optional<SigningKey> key;

  /**
   * What the signature of an archive says.
   *
   * @param snapshot its id
   */
  record Statement(int schemaVersion, String slug, String snapshot) {}

  /**
   * An archive to be.
   *
   * @param region has the snapshot
   * @param quarantine what is out at this site
   * @param key signs it; nothing for an unsigned one
   */
  public SnapshotExport(
      Region region, Manifest manifest, Quarantine quarantine, Optional<SigningKey> key) {
    this.region = region;
    this.manifest = manifest;
    this.quarantine = quarantine;
    this.key = key;
  }

  /**
   * Writes it.
   *
   * @param progress is told of each wheel
   * @throws MirrorException (machinery) if the region does not hold all of it as its manifest says,
   *     or cannot be read
   * @throws IOException if {@code out} cannot be written
   */
  public void write(OutputStream out, Progress progress) throws IOException {
    String id = manifest.id();
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.NO_COMPRESSION);
    add(zip, TreeLayout.manifest(id), manifest.bytes());
    if (key.isPresent()) {
      byte[] statement = Json.write(new Statement(1, manifest.slug(), id));
      add(zip, TreeLayout.EXPORT_SIGNATURE, Json.write(key.get().sign(TYPE, statement)));
    }
    if (!quarantine.entries().isEmpty()) {
      add(zip, TreeLayout.QUARANTINE, quarantine.bytes());
    }
    for (ManifestDocument document : manifest.documents()) {
      byte[] bytes = region.document(manifest.slug(), id, document.path());
      add(zip, TreeLayout.document(id, document.path()), checked(document, bytes));
    }
    for (ManifestPage page : manifest.pages().stream().distinct().toList()) {
      add(zip, TreeLayout.htmlPage(page.sha256()), region.page(id, page, false));
      add(zip, TreeLayout.jsonPage(page.sha256()), region.page(id, page, true));
    }
    List<ManifestFile> files = manifest.files();
    for (int i = 0; i < files.size(); i++) {
      add(zip, files.get(i));
      progress.done("wheels", i + 1L, files.size());
    }
    zip.finish();
  }

  private byte[] checked(ManifestDocument document, byte[] bytes) {
    if (!ManifestDocument.of(document.path(), bytes).equals(document)) {
      throw MirrorException.machinery(
          document.path() + " is damaged in region " + region.name(),
          "it is not what the manifest says",
          "restore the region from a backup or from another region",
          null);
    }
    return bytes;
  }

  private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(entry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private void add(ZipOutputStream zip, ManifestFile file) throws IOException {
    zip.putNextEntry(entry(TreeLayout.wheel(file.sha256(), file.filename())));
    CheckedCopy copy = new CheckedCopy(file.sha256(), file.size());
    try (RegionStream in = RegionStream.open(region, file)) {
      copy.copy(in, zip, BUFFER);
    }
    if (!copy.isWhole()) {
      throw MirrorException.machinery(
          file.filename() + " is damaged in region " + region.name(),
          copy.words(),
          "restore it from a backup or from another region",
          null);
    }
    zip.closeEntry();
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    return entry;
  }
}
