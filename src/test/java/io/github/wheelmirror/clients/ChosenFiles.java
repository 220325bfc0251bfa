package io.github.wheelmirror.clients;

import io.github.wheelmirror.it.SyntheticFiles;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.SdistFilename;
import io.github.wheelmirror.python.Version;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Small valid wheels and sdists of any name, whose metadata tell by their {@code Summary} which
 * file of which place they are.
 */
final class ChosenFiles {

  private static final String BACKEND =
      """
      import base64, hashlib, os, zipfile

      INFO = @INFO@
      METADATA = @METADATA@
      WHEEL = "Wheel-Version: 1.0\\nGenerator: own\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"

      def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
          folder = os.path.join(metadata_directory, INFO)
          os.mkdir(folder)
          for name, text in (("METADATA", METADATA), ("WHEEL", WHEEL)):
              with open(os.path.join(folder, name), "w") as file:
                  file.write(text)
          return INFO

      def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
          filename = INFO[: -len(".dist-info")] + "-py3-none-any.whl"
          record = ""
          with zipfile.ZipFile(os.path.join(wheel_directory, filename), "w") as wheel:
              for name, text in (("METADATA", METADATA), ("WHEEL", WHEEL)):
                  wheel.writestr(INFO + "/" + name, text)
                  digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
                  record += "%s/%s,sha256=%s,%d\\n" % (
                      INFO, name, digest.rstrip(b"=").decode(), len(text.encode()))
              wheel.writestr(INFO + "/RECORD", record + INFO + "/RECORD,,\\n")
          return filename
      """;

  private ChosenFiles() {}

  /** The bytes of a file of that name; for one that no tool can install, its name. */
  static byte[] content(String place, String filename, ProjectName project) {
    String summary = place + "/" + filename;
    if (filename.endsWith(".whl")) {
      return wheel(summary, filename, project);
    }
    return SdistFilename.archiveExtension(filename)
        .map(extension -> sdist(summary, filename, extension, project))
        .orElse(filename.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] wheel(String summary, String filename, ProjectName project) {
    String[] parts = filename.substring(0, filename.length() - 4).split("-", -1);
    String version = version(parts.length > 1 ? parts[1].replace('_', '-') : "0");
    String distribution = project.value().replace('-', '_');
    String info = distribution + "-" + version.replace('-', '_') + ".dist-info/";
    Map<String, String> files = new LinkedHashMap<>();
    files.put(info + "METADATA", metadata(summary, project, version));
    files.put(
        info + "WHEEL",
        "Wheel-Version: 1.0\nGenerator: own\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    files.put(info + "RECORD", info + "METADATA,,\n" + info + "WHEEL,,\n" + info + "RECORD,,\n");
    return SyntheticFiles.zip(files);
  }

  private static byte[] sdist(
      String summary, String filename, String extension, ProjectName project) {
    String stem = filename.substring(0, filename.length() - extension.length());
    String version =
        SdistFilename.forProject(filename, project)
            .map(name -> name.version().toString())
            .orElse(stem.substring(stem.indexOf('-') + 1));
    String distribution = project.value().replace('-', '_');
    String metadata = metadata(summary, project, version);
    Map<String, String> files = new LinkedHashMap<>();
    files.put(stem + "/PKG-INFO", metadata);
    files.put(
        stem + "/pyproject.toml",
        "[build-system]\nrequires = []\nbuild-backend = \"own\"\nbackend-path = [\".\"]\n");
    files.put(
        stem + "/own.py",
        BACKEND
            .replace("@INFO@", quoted(distribution + "-" + version + ".dist-info"))
            .replace("@METADATA@", quoted(metadata)));
    return switch (extension) {
      case ".zip" -> SyntheticFiles.zip(files);
      case ".tar.bz2" -> bzip2(SyntheticFiles.tarGz(files));
      default -> SyntheticFiles.tarGz(files);
    };
  }

  private static byte[] bzip2(byte[] gzipped) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GzipCompressorInputStream tar =
            new GzipCompressorInputStream(new ByteArrayInputStream(gzipped));
        BZip2CompressorOutputStream out = new BZip2CompressorOutputStream(bytes)) {
      tar.transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String version(String text) {
    return Version.tryParse(text).map(Version::toString).orElse(text);
  }

  private static String metadata(String summary, ProjectName project, String version) {
    return "Metadata-Version: 2.1\nName: %s\nVersion: %s\nSummary: %s\nProvides-Extra: x\n"
        .formatted(project, version, summary);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
