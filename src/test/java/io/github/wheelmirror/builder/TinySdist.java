package io.github.wheelmirror.builder;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Sdists that need no index: their backend is in the tree, and wheels that are backends. */
final class TinySdist {

  /** A backend that makes an honest wheel of the tree's own name and version. */
  static final String BACKEND =
      """
      import os, zipfile

      NAME, VERSION = open("NAME").read().split()

      def write(folder, filename):
          with zipfile.ZipFile(os.path.join(folder, filename), "w") as wheel:
              info = "%s-%s.dist-info/" % (NAME, VERSION)
              time = (1980, 1, 1, 0, 0, 0)
              wheel.writestr(zipfile.ZipInfo(info + "METADATA", time),
                             "Metadata-Version: 2.1\\nName: %s\\nVersion: %s\\n" % (NAME, VERSION))
              wheel.writestr(zipfile.ZipInfo(info + "WHEEL", time),
                             "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
              wheel.writestr(zipfile.ZipInfo(info + "RECORD", time), "")
          return filename

      def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
          before()
          return write(wheel_directory, "%s-%s-py3-none-any.whl" % (NAME, VERSION))

      def before():
          pass

      """;

  private static final String PROJECT =
      """
      [build-system]
      requires = []
      build-backend = "backend"
      backend-path = ["tools"]
      """;

  private TinySdist() {}

  /** An sdist whose backend is {@link #BACKEND} with these lines after it. */
  static Path withBackend(Path folder, String name, String version, String more)
      throws IOException {
    return of(
        folder,
        name,
        version,
        Map.of("pyproject.toml", PROJECT, "tools/backend.py", BACKEND + more));
  }

  /** An sdist with these files. */
  static Path of(Path folder, String name, String version, Map<String, String> files)
      throws IOException {
    Map<String, String> all = new TreeMap<>(files);
    all.put("NAME", name + " " + version);
    Path archive = folder.resolve(name + "-" + version + ".tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (Map.Entry<String, String> file : all.entrySet()) {
        byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry =
            new TarArchiveEntry(name + "-" + version + "/" + file.getKey(), true);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    }
    return archive;
  }

  /** A wheel with one module, for a folder of find-links. */
  static Path wheel(Path folder, String name, String version, String code) throws IOException {
    return wheel(folder, name, version, Map.of(name + ".py", code));
  }

  /** A wheel with these files. */
  static Path wheel(Path folder, String name, String version, Map<String, String> modules)
      throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name + "-" + version + "-py3-none-any.whl");
    String info = name + "-" + version + ".dist-info/";
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      Map<String, String> entries = new TreeMap<>(modules);
      entries.put(
          info + "METADATA",
          "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n");
      entries.put(info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
      entries.put(
          info + "RECORD", String.join(",,\n", entries.keySet()) + ",,\n" + info + "RECORD,,\n");
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }
}
