package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A wheel for tests: sound unless told otherwise, and the same bytes each time. */
public final class TestWheel {

  private final String name;
  private final String version;
  private String buildTag = "";
  private String tag = "py3-none-any";
  private String moreMetadata = "";
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final List<Consumer<Map<String, byte[]>>> damage = new ArrayList<>();

  private TestWheel(String name, String version) {
    this.name = name;
    this.version = version;
    file(name + "/__init__.py", "VERSION = '" + version + "'\n");
  }

  /** A pure wheel with one module. */
  public static TestWheel of(String name, String version) {
    return new TestWheel(name, version);
  }

  /** With another tag, or compressed set of tags. */
  public TestWheel tag(String newTag) {
    tag = newTag;
    return this;
  }

  /** With a build tag. */
  public TestWheel buildTag(String newBuildTag) {
    buildTag = newBuildTag;
    return this;
  }

  /** With another line in its metadata. */
  public TestWheel metadata(String line) {
    moreMetadata += line + "\n";
    return this;
  }

  /** With another file, listed in RECORD. */
  public TestWheel file(String path, String content) {
    return file(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /** With another file, listed in RECORD. */
  public TestWheel file(String path, byte[] content) {
    files.put(path, content);
    return this;
  }

  /** Changed after RECORD was written. */
  public TestWheel damaged(Consumer<Map<String, byte[]>> change) {
    damage.add(change);
    return this;
  }

  /** {@code name-version.dist-info}. */
  public String info() {
    return name + "-" + version + ".dist-info";
  }

  /** The file name. */
  public String filename() {
    return name + "-" + version + (buildTag.isEmpty() ? "" : "-" + buildTag) + "-" + tag + ".whl";
  }

  /** The files, RECORD last, with all damage done. */
  public Map<String, byte[]> members() {
    Map<String, byte[]> members = new LinkedHashMap<>(files);
    put(
        members,
        info() + "/METADATA",
        "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n" + moreMetadata);
    String[] parts = tag.split("-", -1);
    var wheel = new StringBuilder("Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: ");
    wheel.append(tag.endsWith("-any")).append('\n');
    for (String python : parts[0].split("\\.", -1)) {
      for (String platform : parts[2].split("\\.", -1)) {
        wheel.append("Tag: " + python + "-" + parts[1] + "-" + platform + "\n");
      }
    }
    wheel.append(buildTag.isEmpty() ? "" : "Build: " + buildTag + "\n");
    put(members, info() + "/WHEEL", wheel.toString());
    put(members, info() + "/RECORD", record(members));
    damage.forEach(change -> change.accept(members));
    return members;
  }

  private String record(Map<String, byte[]> members) {
    var record = new StringBuilder();
    members.forEach(
        (path, content) ->
            record
                .append(path)
                .append(",sha256=")
                .append(
                    Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Sha256.digest().digest(content)))
                .append(',')
                .append(content.length)
                .append('\n'));
    return record.append(info()).append("/RECORD,,\n").toString();
  }

  private static void put(Map<String, byte[]> members, String path, String content) {
    members.put(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes it into the folder under its own name. */
  public Path write(Path folder) {
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve(filename());
      try (OutputStream out = Files.newOutputStream(file)) {
        zip(members(), out);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void zip(Map<String, byte[]> members, OutputStream out) throws IOException {
    try (var zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        var entry = new ZipEntry(member.getKey());
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 2, 0, 0));
        zip.putNextEntry(entry);
        zip.write(member.getValue());
        zip.closeEntry();
      }
    }
  }
}
