package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A good wheel by a seed, and what is done to it then. */
final class ForgedWheel {

  /** What kind of wheel it is. */
  enum Kind {
    PURE,
    /** With scripts, data, entry points, a license. */
    DATA,
    EXTENSION,
    ABI3
  }

  private static final String[] VERSIONS = {"1.0", "2.3.1", "0.9.post2", "2026.4", "1.1rc1"};

  final String name;
  final String version;
  final Map<String, byte[]> members;

  /** What it is called; what the manifest says of it. */
  String filename;

  String listedVersion;
  String listedRequiresPython = ">=3.8";

  /** Beside it; null for its own METADATA. */
  byte @Nullable [] metadataFile;

  private final TestWheel good;
  private final List<Consumer<RawZip>> archive = new ArrayList<>();
  private final List<UnaryOperator<byte[]>> bytes = new ArrayList<>();

  private ForgedWheel(TestWheel good, String name, String version) {
    this.good = good;
    this.name = name;
    this.version = version;
    this.members = new LinkedHashMap<>(good.members());
    this.filename = good.filename();
    this.listedVersion = version;
  }

  static ForgedWheel good(Kind kind, long seed) {
    Random random = new Random(seed);
    String name = "pkg" + random.nextInt(1000);
    String version = VERSIONS[random.nextInt(VERSIONS.length)];
    TestWheel wheel =
        TestWheel.of(name, version)
            .metadata("Requires-Python: >=3.8")
            .metadata("Requires-Dist: six>=1." + random.nextInt(20));
    for (int i = 0; i <= random.nextInt(4); i++) {
      wheel.file(name + "/part" + i + ".py", "X = " + random.nextLong() + "\n");
    }
    int glibc = 2 + random.nextInt(16);
    switch (kind) {
      case DATA ->
          wheel
              .metadata("License-File: LICENSE")
              .file(wheel.info() + "/licenses/LICENSE", "do as you like\n")
              .file(name + "-" + version + ".data/scripts/" + name, "#!python\n")
              .file(name + "-" + version + ".data/data/share/" + name + "/é.txt", "x")
              .file(
                  wheel.info() + "/entry_points.txt",
                  "[console_scripts]\n" + name + "-cli = " + name + ":main\n");
      case EXTENSION ->
          wheel
              .tag("cp311-cp311-manylinux_2_17_x86_64")
              .file(
                  name + "/_fast.cpython-311-x86_64-linux-gnu.so",
                  elf("GLIBC_2.2.5", "GLIBC_2." + glibc));
      case ABI3 ->
          wheel
              .tag("cp39-abi3-manylinux_2_28_x86_64")
              .file(name + "/_rust.abi3.so", elf("GLIBC_2.2.5", "GLIBC_2.28"));
      default -> {}
    }
    return new ForgedWheel(wheel, name, version);
  }

  static byte[] elf(String... glibc) {
    return TestElf.of(TestElf.X86_64).needs("libc.so.6", glibc).bytes();
  }

  String info(String file) {
    return good.info() + "/" + file;
  }

  String module() {
    return name + "/__init__.py";
  }

  String extension() {
    return members.keySet().stream().filter(path -> path.endsWith(".so")).findFirst().orElseThrow();
  }

  ForgedWheel put(String path, String content) {
    return put(path, content.getBytes(StandardCharsets.UTF_8));
  }

  ForgedWheel put(String path, byte[] content) {
    members.put(path, content);
    return this;
  }

  byte[] content(String path) {
    byte[] content = members.get(path);
    if (content == null) {
      throw new AssertionError("there is no " + path);
    }
    return content;
  }

  ForgedWheel remove(String path) {
    if (members.remove(path) == null) {
      throw new AssertionError("there is no " + path);
    }
    return this;
  }

  ForgedWheel rename(String path, String to) {
    byte[] content = content(path);
    return remove(path).put(to, content);
  }

  ForgedWheel edit(String path, String from, String to) {
    String text = new String(content(path), StandardCharsets.UTF_8);
    if (!text.contains(from)) {
      throw new AssertionError(path + " has no " + from + ": " + text);
    }
    return put(path, text.replace(from, to));
  }

  /** Writes RECORD again, of what there is now. */
  ForgedWheel record() {
    return record("sha256=", content -> Sha256.digest().digest(content));
  }

  ForgedWheel record(String algorithm, UnaryOperator<byte[]> hash) {
    String path = info("RECORD");
    members.remove(path);
    var record = new StringBuilder();
    members.forEach(
        (member, content) ->
            record.append(
                "%s,%s%s,%d%n"
                    .formatted(
                        member,
                        algorithm,
                        algorithm.isEmpty()
                            ? ""
                            : Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(hash.apply(content)),
                        content.length)));
    return put(path, record + path + ",,\n");
  }

  ForgedWheel zip(Consumer<RawZip> change) {
    archive.add(change);
    return this;
  }

  ForgedWheel bytes(UnaryOperator<byte[]> change) {
    bytes.add(change);
    return this;
  }

  byte[] build() {
    RawZip zip = RawZip.of(members);
    archive.forEach(change -> change.accept(zip));
    byte[] content = zip.bytes();
    for (UnaryOperator<byte[]> change : bytes) {
      content = change.apply(content);
    }
    return content;
  }

  /** The metadata file that lies beside it. */
  byte[] sidecar() {
    byte[] own = members.getOrDefault(info("METADATA"), new byte[] {'x'});
    return metadataFile != null ? metadataFile : own;
  }

  ManifestFile listed(byte[] wheel, io.github.wheelmirror.build.Origin origin) {
    return new ManifestFile(
        filename,
        ProjectName.parse(name),
        Version.parse(listedVersion),
        Sha256.of(wheel),
        wheel.length,
        Sha256.of(sidecar()),
        sidecar().length,
        listedRequiresPython,
        false,
        "",
        "",
        origin,
        false);
  }
}
