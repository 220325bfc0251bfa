package io.github.wheelmirror.builder;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.python.BuildTag;
import io.github.wheelmirror.python.RecordEntry;
import io.github.wheelmirror.python.RecordFile;
import io.github.wheelmirror.python.WheelFilename;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Gives a built wheel its build tag (PEP 427) and its platform or its Pythons: in the file name, as
 * {@code Build:} and {@code Tag:} in WHEEL, and RECORD follows. All other members are copied as
 * they are, compressed bytes included.
 */
final class WheelRetagger {

  private static final String BUILD = "Build:";
  private static final String TAG = "Tag:";

  /** No honest WHEEL or RECORD comes near it, and a zip bomb is not read to its end. */
  private static final int MOST_BYTES = 64 << 20;

  private WheelRetagger() {}

  /**
   * Writes the wheel with the tag beside the other one, which is removed; returns the new one.
   *
   * @param platform instead of its own; empty leaves that as it is
   * @throws IOException if it is no wheel that could be changed; the other one is still there then
   */
  static Path retag(Path wheel, BuildTag tag, Optional<String> platform) throws IOException {
    WheelFilename tagged = name(wheel).withBuildTag(tag);
    return retag(
        wheel,
        tag,
        platform.map(tagged::withPlatform).orElse(tagged),
        lines ->
            platform
                .map(one -> lines.stream().map(line -> withPlatform(line, one)).toList())
                .orElse(lines));
  }

  /**
   * As the other, for a pure wheel that shall serve these Pythons and no others.
   *
   * @param interpreters as {@code cp310}
   */
  static Path retagFor(Path wheel, BuildTag tag, Collection<String> interpreters)
      throws IOException {
    WheelFilename tagged = name(wheel).withBuildTag(tag).withInterpreters(interpreters);
    List<String> lines = tagged.tags().stream().map(one -> TAG + " " + one).toList();
    return retag(wheel, tag, tagged, old -> lines);
  }

  private static WheelFilename name(Path wheel) {
    return WheelFilename.parse(String.valueOf(wheel.getFileName()));
  }

  private static Path retag(
      Path wheel, BuildTag tag, WheelFilename tagged, UnaryOperator<List<String>> tags)
      throws IOException {
    Path target = wheel.resolveSibling(tagged.toString());
    // a back-end may have given it this very tag already: never write what is being read
    Path fresh = Files.createTempFile(wheel.toAbsolutePath().getParent(), ".retagged", ".tmp");
    try {
      write(wheel, tag, tags, fresh);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
    if (!target.equals(wheel)) {
      Files.delete(wheel);
    }
    return target;
  }

  private static void write(Path wheel, BuildTag tag, UnaryOperator<List<String>> tags, Path target)
      throws IOException {
    try (ZipFile source = ZipFile.builder().setPath(wheel).get();
        ZipArchiveOutputStream out = new ZipArchiveOutputStream(target)) {
      List<ZipArchiveEntry> entries = Collections.list(source.getEntriesInPhysicalOrder());
      ZipArchiveEntry wheelEntry = only(entries, ".dist-info/WHEEL");
      ZipArchiveEntry recordEntry = only(entries, ".dist-info/RECORD");
      byte[] newWheel = withTags(read(source, wheelEntry), tag, tags);
      byte[] newRecord = withWheel(read(source, recordEntry), wheelEntry.getName(), newWheel);
      for (ZipArchiveEntry entry : entries) {
        if (entry == wheelEntry) {
          put(out, entry, newWheel);
        } else if (entry == recordEntry) {
          put(out, entry, newRecord);
        } else {
          try (InputStream raw = source.getRawInputStream(entry)) {
            out.addRawArchiveEntry(entry, raw);
          }
        }
      }
    }
  }

  static ZipArchiveEntry only(List<ZipArchiveEntry> entries, String suffix) throws IOException {
    List<ZipArchiveEntry> found =
        entries.stream()
            .filter(
                e ->
                    e.getName().endsWith(suffix)
                        && e.getName().indexOf('/') == e.getName().lastIndexOf('/'))
            .toList();
    if (found.size() != 1) {
      throw new IOException("the wheel has " + found.size() + " members *" + suffix);
    }
    return found.get(0);
  }

  private static byte[] read(ZipFile source, ZipArchiveEntry entry) throws IOException {
    try (InputStream in = source.getInputStream(entry)) {
      byte[] content = in.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw new IOException(entry.getName() + " is bigger than " + MOST_BYTES + " bytes");
      }
      return content;
    }
  }

  private static byte[] withTags(byte[] wheel, BuildTag tag, UnaryOperator<List<String>> tags) {
    List<String> lines = new ArrayList<>();
    List<String> old = new ArrayList<>();
    for (String line : new String(wheel, StandardCharsets.UTF_8).split("\r?\n", -1)) {
      if (line.regionMatches(true, 0, TAG, 0, TAG.length())) {
        old.add(line);
      } else if (!line.isBlank() && !line.regionMatches(true, 0, BUILD, 0, BUILD.length())) {
        lines.add(line);
      }
    }
    lines.addAll(tags.apply(old));
    lines.add(BUILD + " " + tag);
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String withPlatform(String line, String platform) {
    int dash = line.lastIndexOf('-');
    return dash > 0 ? line.substring(0, dash + 1) + platform : line;
  }

  private static byte[] withWheel(byte[] record, String path, byte[] wheel) {
    List<RecordEntry> entries = new ArrayList<>();
    byte[] digest = HexFormat.of().parseHex(Sha256.of(wheel));
    for (RecordEntry entry : RecordFile.parse(record).entries()) {
      entries.add(
          entry.path().equals(path) ? RecordEntry.sha256(path, digest, wheel.length) : entry);
    }
    return RecordFile.of(entries).toBytes();
  }

  private static void put(ZipArchiveOutputStream out, ZipArchiveEntry like, byte[] content)
      throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(like.getName());
    entry.setTime(like.getTime());
    entry.setExternalAttributes(like.getExternalAttributes());
    entry.setMethod(ZipEntry.DEFLATED);
    out.putArchiveEntry(entry);
    out.write(content);
    out.closeArchiveEntry();
  }
}
