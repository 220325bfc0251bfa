package io.github.wheelmirror.publish;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.RequirementsUsed;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.tree.Coverage;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestDocument;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.ManifestPage;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.TreeLayout;
import io.github.wheelmirror.tree.VerifiedSnapshot;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes small staged snapshots of real, installable wheels. */
final class TestTree {
  static final String SLUG = "debian-12-x86_64";

  private final Path folder;

  TestTree(Path folder) {
    this.folder = folder;
  }

  Path wheelhouseRoot() {
    return folder.resolve("wheelhouse");
  }

  Wheelhouse wheelhouse() {
    return new Wheelhouse(wheelhouseRoot());
  }

  /** A snapshot in which every project has exactly this version. */
  Snapshot snapshot(String slug, String version, String... projects) {
    Map<String, List<String>> versions = new LinkedHashMap<>();
    for (String project : projects) {
      versions.put(project, List.of(version));
    }
    return snapshot(slug, slug + "-" + version, versions);
  }

  /** A snapshot of these versions by project; the key names its folder. */
  Snapshot snapshot(String slug, String key, Map<String, List<String>> versions) {
    Path staged = folder.resolve("staged").resolve(key);
    try {
      List<ManifestFile> files = new ArrayList<>();
      List<ManifestPage> pages = new ArrayList<>();
      for (Map.Entry<String, List<String>> entry : versions.entrySet()) {
        List<ManifestFile> own = new ArrayList<>();
        for (String version : entry.getValue()) {
          own.add(wheel(entry.getKey(), version, ""));
        }
        files.addAll(own);
        pages.add(page(staged, entry.getKey(), own));
      }
      return finish(slug, staged, files, pages);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes nothing but one wheel's bytes, under the same file name. */
  Snapshot withOtherBytes(String slug, String project, String version) {
    Path staged = folder.resolve("staged").resolve("other-bytes");
    try {
      List<ManifestFile> files = List.of(wheel(project, version, "other bytes"));
      return finish(slug, staged, files, List.of(page(staged, project, files)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Only the verifier makes these; its own tests show when. */
  static VerifiedSnapshot verified(Snapshot snapshot) {
    try {
      Constructor<VerifiedSnapshot> constructor =
          VerifiedSnapshot.class.getDeclaredConstructor(Snapshot.class);
      constructor.setAccessible(true);
      return constructor.newInstance(snapshot);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the verified snapshot changed", e);
    }
  }

  private ManifestFile wheel(String project, String version, String comment) throws IOException {
    String filename = project + "-" + version + "-py3-none-any.whl";
    byte[] metadata =
        ("Metadata-Version: 2.1\nName: " + project + "\nVersion: " + version + "\n" + comment)
            .getBytes(StandardCharsets.UTF_8);
    byte[] wheel = zip(project, version, metadata);
    String sha256 = Sha256.of(wheel);
    write(wheelhouseRoot().resolve(TreeLayout.wheel(sha256, filename)), wheel);
    write(wheelhouseRoot().resolve(TreeLayout.metadata(sha256, filename)), metadata);
    return new ManifestFile(
        filename,
        ProjectName.parse(project),
        Version.parse(version),
        sha256,
        wheel.length,
        Sha256.of(metadata),
        metadata.length,
        "",
        false,
        "",
        "2025-01-02T03:04:05Z",
        new Origin.Built(
            Sha256.of(metadata),
            Sha256.of(metadata),
            "1",
            true,
            List.of(),
            RequirementsUsed.NOTHING),
        false);
  }

  private static byte[] zip(String project, String version, byte[] metadata) throws IOException {
    String info = project + "-" + version + ".dist-info/";
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(
        project + ".py", ("version = '" + version + "'\n").getBytes(StandardCharsets.UTF_8));
    entries.put(info + "METADATA", metadata);
    entries.put(
        info + "WHEEL",
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            .getBytes(StandardCharsets.UTF_8));
    StringBuilder record = new StringBuilder();
    entries.keySet().forEach(name -> record.append(name).append(",,\n"));
    record.append(info).append("RECORD,,\n");
    entries.put(info + "RECORD", record.toString().getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry header = new ZipEntry(entry.getKey());
        header.setTime(1_000_000_000_000L);
        zip.putNextEntry(header);
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static ManifestPage page(Path staged, String project, List<ManifestFile> files)
      throws IOException {
    StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html><body>\n");
    List<Map<String, Object>> list = new ArrayList<>();
    for (ManifestFile file : files) {
      String url = TreeLayout.wheelUrl(file.sha256(), file.filename());
      html.append(
          String.format(
              Locale.ROOT,
              "<a href=\"%s#sha256=%s\" data-core-metadata=\"sha256=%s\">%s</a>\n",
              url,
              file.sha256(),
              file.metadataSha256(),
              file.filename()));
      list.add(
          Map.of(
              "filename",
              file.filename(),
              "url",
              url,
              "hashes",
              Map.of("sha256", file.sha256()),
              "core-metadata",
              Map.of("sha256", file.metadataSha256())));
    }
    html.append("</body></html>\n");
    byte[] htmlBytes = html.toString().getBytes(StandardCharsets.UTF_8);
    byte[] jsonBytes =
        Json.write(Map.of("meta", Map.of("api-version", "1.0"), "name", project, "files", list));
    String htmlSha = Sha256.of(htmlBytes);
    String jsonSha = Sha256.of(jsonBytes);
    String folder =
        Sha256.of(
            (htmlSha + " index.html\n" + jsonSha + " index.v1_json\n")
                .getBytes(StandardCharsets.UTF_8));
    write(staged.resolve(TreeLayout.htmlPage(folder)), htmlBytes);
    write(staged.resolve(TreeLayout.jsonPage(folder)), jsonBytes);
    return new ManifestPage(
        ProjectName.parse(project), folder, htmlSha, htmlBytes.length, jsonSha, jsonBytes.length);
  }

  private static Snapshot finish(
      String slug, Path staged, List<ManifestFile> files, List<ManifestPage> pages)
      throws IOException {
    StringBuilder root = new StringBuilder("<!DOCTYPE html>\n<html><body>\n");
    StringBuilder constraints = new StringBuilder();
    pages.forEach(page -> root.append("<a href=\"").append(page.project()).append("/\">p</a>\n"));
    files.forEach(
        file ->
            constraints.append(file.project()).append("===").append(file.version()).append('\n'));
    Map<String, byte[]> documents = new LinkedHashMap<>();
    documents.put(TreeLayout.rootHtml(), root.toString().getBytes(StandardCharsets.UTF_8));
    documents.put(
        TreeLayout.rootJson(),
        Json.write(
            Map.of(
                "meta",
                Map.of("api-version", "1.0"),
                "projects",
                pages.stream().map(page -> Map.of("name", page.project().toString())).toList())));
    documents.put(
        TreeLayout.constraints("stable/2025.1"),
        constraints.toString().getBytes(StandardCharsets.UTF_8));
    documents.put(TreeLayout.buildRequirements(), LockedRequirements.NONE.bytes());
    documents.put(TreeLayout.coverage(), Coverage.of(slug, List.of()).bytes());
    Map<String, ManifestDocument> described = new LinkedHashMap<>();
    documents.forEach(
        (path, bytes) ->
            described.put(path, new ManifestDocument(path, Sha256.of(bytes), bytes.length)));
    Manifest manifest =
        new Manifest(
            Manifest.SCHEMA_VERSION,
            slug,
            List.of("cp311"),
            List.of(),
            files,
            pages,
            List.of(described.get(TreeLayout.rootHtml()), described.get(TreeLayout.rootJson())),
            List.of(described.get(TreeLayout.constraints("stable/2025.1"))),
            Objects.requireNonNull(described.get(TreeLayout.coverage())),
            Objects.requireNonNull(described.get(TreeLayout.buildRequirements())),
            List.of());
    String id = manifest.id();
    for (Map.Entry<String, byte[]> document : documents.entrySet()) {
      write(staged.resolve(TreeLayout.document(id, document.getKey())), document.getValue());
    }
    write(staged.resolve(TreeLayout.manifest(id)), manifest.bytes());
    for (ManifestPage page : pages) {
      Path link = staged.resolve(TreeLayout.projectLink(id, page.project()));
      if (!Files.isSymbolicLink(link)) {
        Files.createSymbolicLink(link, Path.of(TreeLayout.projectLinkTarget(page.sha256())));
      }
    }
    return new Snapshot(slug, id, manifest, staged);
  }

  private static void write(Path file, byte[] content) throws IOException {
    if (!Files.exists(file)) {
      Files.createDirectories(WorkFolder.parent(file));
      Files.write(file, content);
    }
  }
}
