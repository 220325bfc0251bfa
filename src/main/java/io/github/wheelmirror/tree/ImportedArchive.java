package io.github.wheelmirror.tree;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The ZIP of an exported snapshot, from which nothing is unpacked: entries are asked for by name.
 */
final class ImportedArchive implements AutoCloseable {
  private static final int BUFFER = 1 << 17;
  private static final int MAX_TEXT = 256 << 20;

  private final Path file;
  private final ZipFile zip;

  private ImportedArchive(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  /**
   * Opens it.
   *
   * @throws MirrorException (input) if there is no such file, or it is no whole ZIP archive
   */
  static ImportedArchive open(Path file) {
    try {
      return new ImportedArchive(file, new ZipFile(file.toFile()));
    } catch (ZipException e) {
      throw refused(file, "it is no whole ZIP archive: " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw MirrorException.input(
          "nothing was imported: there is no " + file,
          "no file has that name",
          "name a file that the goal export wrote with -Dwheel-mirror.import.file=FILE");
    } catch (IOException e) {
      throw refused(file, IoWords.of(e), e);
    }
  }

  /** Its file, for messages. */
  Path file() {
    return file;
  }

  /** The id of the one snapshot in it. */
  String id() {
    List<String> ids =
        names().stream()
            .filter(name -> name.startsWith(TreeLayout.SNAPSHOTS + "/"))
            .map(name -> name.split("/", -1)[1])
            .filter(Sha256::isDigest)
            .distinct()
            .toList();
    if (ids.size() != 1) {
      throw refused("it holds " + ids.size() + " snapshots instead of one", null);
    }
    return ids.get(0);
  }

  private List<String> names() {
    return Collections.list(zip.entries()).stream().<String>map(ZipEntry::getName).toList();
  }

  /** Whether it has an entry of that name. */
  boolean has(String name) {
    return zip.getEntry(name) != null;
  }

  /** Refuses an entry of another name, and one that is there twice. */
  void requireOnly(Set<String> allowed) {
    Set<String> seen = new HashSet<>();
    for (String name : names()) {
      if (!allowed.contains(name)) {
        throw refused("it holds " + WheelProblem.quote(name) + ", which nothing lists", null);
      }
      if (!seen.add(name)) {
        throw refused("it holds " + name + " twice", null);
      }
    }
  }

  /** Documents and pages are held to the manifest when all of it is checked. */
  byte[] text(String name) throws IOException {
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

  /** Copies a wheel, and refuses one that is not what the manifest says. */
  void copy(ManifestFile wheel, OutputStream out) throws IOException {
    CheckedCopy checked = new CheckedCopy(wheel.sha256(), wheel.size());
    ZipEntry entry = entry(TreeLayout.wheel(wheel.sha256(), wheel.filename()));
    try (InputStream in = zip.getInputStream(entry)) {
      checked.copy(in, out, BUFFER);
    }
    if (!checked.isWhole()) {
      throw refused(wheel.filename() + " is damaged: " + checked.words(), null);
    }
  }

  private ZipEntry entry(String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null || entry.isDirectory()) {
      throw refused(name + " is missing in it", null);
    }
    return entry;
  }

  /** The error for an archive that is not as it was exported. */
  MirrorException refused(String why, @Nullable Throwable cause) {
    return refused(file, why, cause);
  }

  private static MirrorException refused(Path file, String why, @Nullable Throwable cause) {
    return new MirrorException(
        MirrorException.Kind.INPUT,
        "nothing was imported: " + file + " cannot be used",
        why,
        "compare its sha256 with that of the exported file, or export it again",
        cause);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
