package io.github.wheelmirror.it;

import io.github.wheelmirror.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** Small valid wheels and sdists with the same bytes every time. */
public final class SyntheticFiles {

  /** A PEP 517 back-end that writes one pure wheel; {@code SCRIPT} runs first. */
  private static final String BACKEND =
      """
      import base64, hashlib, os, zipfile

      DISTRIBUTION = "@DISTRIBUTION@"
      NAME = "@NAME@"
      VERSION = "@VERSION@"

      def get_requires_for_build_wheel(config_settings=None):
          return []

      def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
          tag = "py3-none-any"
      @SCRIPT@
          info = "%s-%s.dist-info/" % (DISTRIBUTION, VERSION)
          files = {
              DISTRIBUTION + ".py": "VERSION = %r\\n" % VERSION,
              info + "METADATA": "Metadata-Version: 2.1\\nName: %s\\nVersion: %s\\n" % (NAME, VERSION),
              info + "WHEEL": "Wheel-Version: 1.0\\nGenerator: it\\nRoot-Is-Purelib: true\\nTag: %s\\n" % tag,
          }
          record = ""
          for path, text in files.items():
              digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
              record += "%s,sha256=%s,%d\\n" % (path, digest.rstrip(b"=").decode(), len(text.encode()))
          files[info + "RECORD"] = record + info + "RECORD,,\\n"
          filename = "%s-%s-%s.whl" % (DISTRIBUTION, VERSION, tag)
          with zipfile.ZipFile(os.path.join(wheel_directory, filename), "w") as wheel:
              for path, text in files.items():
                  wheel.writestr(zipfile.ZipInfo(path, (2025, 1, 1, 0, 0, 0)), text)
          return filename
      """;

  private SyntheticFiles() {}

  /** A wheel with one module; {@code tag} like {@code cp311-cp311-linux_x86_64}. */
  public static byte[] wheel(String distribution, String name, String version, String tag) {
    String info = distribution + "-" + version + ".dist-info/";
    boolean pure = tag.endsWith("-none-any");
    Map<String, String> files = new LinkedHashMap<>();
    files.put(distribution + ".py", "VERSION = '" + version + "'\n");
    files.put(
        info + "METADATA", "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n");
    StringBuilder wheel = new StringBuilder("Wheel-Version: 1.0\nGenerator: it\n");
    wheel.append("Root-Is-Purelib: ").append(pure).append('\n');
    String[] parts = tag.split("-", -1);
    for (String interpreter : parts[0].split("\\.", -1)) {
      for (String abi : parts[1].split("\\.", -1)) {
        for (String platform : parts[2].split("\\.", -1)) {
          wheel.append("Tag: %s-%s-%s\n".formatted(interpreter, abi, platform));
        }
      }
    }
    files.put(info + "WHEEL", wheel.toString());
    StringBuilder record = new StringBuilder();
    encoded(files).forEach((path, content) -> record.append(recordLine(path, content)));
    files.put(info + "RECORD", record + info + "RECORD,,\n");
    return zip(files);
  }

  /** A pure wheel with these files, and these requirements. */
  public static byte[] wheelOf(
      String name, String version, Map<String, String> modules, List<String> requires) {
    return wheelOfBytes(name, version, encoded(modules), requires);
  }

  /** As {@link #wheelOf}, of files that need not be UTF-8. */
  public static byte[] wheelOfBytes(
      String name, String version, Map<String, byte[]> modules, List<String> requires) {
    String info = name + "-" + version + ".dist-info/";
    StringBuilder metadata =
        new StringBuilder("Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n");
    requires.forEach(each -> metadata.append("Requires-Dist: ").append(each).append('\n'));
    Map<String, byte[]> files = new LinkedHashMap<>(modules);
    files.put(info + "METADATA", metadata.toString().getBytes(StandardCharsets.UTF_8));
    files.put(
        info + "WHEEL",
        "Wheel-Version: 1.0\nGenerator: it\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            .getBytes(StandardCharsets.UTF_8));
    StringBuilder record = new StringBuilder();
    files.forEach((path, content) -> record.append(recordLine(path, content)));
    files.put(info + "RECORD", (record + info + "RECORD,,\n").getBytes(StandardCharsets.UTF_8));
    return zipOfBytes(files);
  }

  /** The {@code METADATA} in a wheel. */
  public static byte[] metadata(byte[] wheel) {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(wheel))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(".dist-info/METADATA")) {
          return zip.readAllBytes();
        }
      }
      throw new IllegalArgumentException("no METADATA");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A {@code .tar.gz} sdist with an in-tree back-end. */
  public static byte[] sdist(String distribution, String name, String version, String script) {
    return sdist(distribution, name, version, script, List.of());
  }

  /** A {@code .tar.gz} sdist with an in-tree back-end that requires these projects. */
  public static byte[] sdist(
      String distribution, String name, String version, String script, List<String> requires) {
    String top = distribution + "-" + version + "/";
    String indented = script.isEmpty() ? "    pass" : "    " + script.replace("\n", "\n    ");
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        top + "PKG-INFO", "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n");
    files.put(
        top + "pyproject.toml",
        "[build-system]\nrequires = ["
            + String.join(", ", requires.stream().map(one -> '"' + one + '"').toList())
            + "]\nbuild-backend = \"own\"\nbackend-path = [\".\"]\n");
    files.put(
        top + "own.py",
        BACKEND
            .replace("@DISTRIBUTION@", distribution)
            .replace("@NAME@", name)
            .replace("@VERSION@", version)
            .replace("@SCRIPT@", indented));
    return tarGz(files);
  }

  /** A gzipped tar with these text files. */
  public static byte[] tarGz(Map<String, String> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(content.length);
        entry.setModTime(1735689600000L);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A zip with these text files. */
  public static byte[] zip(Map<String, String> files) {
    return zipOfBytes(encoded(files));
  }

  private static Map<String, byte[]> encoded(Map<String, String> files) {
    Map<String, byte[]> encoded = new LinkedHashMap<>();
    files.forEach((path, text) -> encoded.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return encoded;
  }

  private static byte[] zipOfBytes(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(java.time.LocalDateTime.of(2025, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String recordLine(String path, byte[] content) {
    byte[] digest = java.util.HexFormat.of().parseHex(Sha256.of(content));
    String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    return "%s,sha256=%s,%d\n".formatted(path, encoded, content.length);
  }
}
