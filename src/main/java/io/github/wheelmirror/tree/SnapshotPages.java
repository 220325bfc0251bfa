package io.github.wheelmirror.tree;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.python.ProjectName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads everything of a staged snapshot but the wheels again from disk: each byte must be listed by
 * the manifest, each page must say what the manifest says, and each link must lead to a listed
 * file.
 */
final class SnapshotPages {

  private static final String FIX = "run the snapshot goal again";
  private static final Pattern HREF = Pattern.compile("<a href=\"([^\"]*)\"");

  private final Snapshot snapshot;
  private final Manifest manifest;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<Path> listed = new HashSet<>();

  SnapshotPages(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.manifest = snapshot.manifest();
  }

  List<Problem> check() throws IOException {
    Map<ProjectName, List<ManifestFile>> projects =
        manifest.files().stream().collect(Collectors.groupingBy(ManifestFile::project));
    listed.add(path(TreeLayout.manifest(snapshot.id())));
    Set<ProjectName> paged = new TreeSet<>();
    for (ManifestPage page : manifest.pages()) {
      paged.add(page.project());
      checkPage(page, projects.getOrDefault(page.project(), List.of()));
    }
    if (!paged.equals(projects.keySet())) {
      error("pages", "manifest.json", "its pages are not those of its files' projects");
    }
    checkRoot(paged);
    for (ManifestDocument document : manifest.constraints()) {
      read(document);
    }
    read(manifest.coverage());
    byte[] requirements = read(manifest.buildRequirements());
    for (ManifestDocument document : manifest.more()) {
      read(document);
    }
    problems.addAll(DocumentsCheck.ofManifest(manifest, requirements));
    checkStrangers();
    return problems;
  }

  private void checkPage(ManifestPage page, List<ManifestFile> files) throws IOException {
    String where = page.project().toString();
    byte[] html =
        read(TreeLayout.htmlPage(page.sha256()), page.htmlSha256(), page.htmlSize(), where);
    byte[] json =
        read(TreeLayout.jsonPage(page.sha256()), page.jsonSha256(), page.jsonSize(), where);
    boolean written =
        Arrays.equals(html, PageWriter.html(page.project(), files))
            && Arrays.equals(json, PageWriter.json(page.project(), files));
    if (!written) {
      error("page-content", where, "its page does not say what the manifest says");
    } else if (!links(html).equals(wanted(files)) || !links(json, where).equals(wanted(files))) {
      error("page-links", where, "its page links other files than the manifest lists");
    }
    Path link = path(TreeLayout.projectLink(snapshot.id(), page.project()));
    listed.add(link);
    if (!Files.isSymbolicLink(link)
        || !Files.readSymbolicLink(link)
            .equals(Path.of(TreeLayout.projectLinkTarget(page.sha256())))) {
      error("page-link", where, "the link to its page is missing or wrong");
    }
  }

  private static Set<String> wanted(List<ManifestFile> files) {
    return files.stream()
        .map(
            file ->
                TreeLayout.wheelUrl(file.sha256(), file.filename()) + "#sha256=" + file.sha256())
        .collect(Collectors.toSet());
  }

  private static Set<String> links(byte[] html) {
    Set<String> links = new HashSet<>();
    Matcher matcher = HREF.matcher(new String(html, StandardCharsets.UTF_8));
    while (matcher.find()) {
      links.add(matcher.group(1));
    }
    return links;
  }

  private static Set<String> links(byte[] json, String where) {
    Set<String> links = new HashSet<>();
    for (JsonNode file : Json.tree(json, "the JSON page of " + where).path("files")) {
      links.add(
          file.path("url").asText() + "#sha256=" + file.path("hashes").path("sha256").asText());
    }
    return links;
  }

  private void checkRoot(Set<ProjectName> projects) throws IOException {
    List<ProjectName> names = List.copyOf(projects);
    Map<String, byte[]> expected =
        Map.of(
            TreeLayout.rootHtml(), PageWriter.rootHtml(names),
            TreeLayout.rootJson(), PageWriter.rootJson(names));
    Set<String> found = new HashSet<>();
    for (ManifestDocument document : manifest.root()) {
      found.add(document.path());
      byte[] content = read(document);
      if (!Arrays.equals(content, expected.getOrDefault(document.path(), new byte[0]))) {
        error("page-content", document.path(), "it does not list the projects of the manifest");
      }
    }
    if (!found.equals(expected.keySet())) {
      error("pages", "manifest.json", "it does not list both forms of the index root");
    }
  }

  private byte[] read(ManifestDocument document) throws IOException {
    return read(
        TreeLayout.document(snapshot.id(), document.path()),
        document.sha256(),
        document.size(),
        document.path());
  }

  private byte[] read(String path, String sha256, long size, String where) throws IOException {
    Path file = path(path);
    listed.add(file);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      error("missing-document", where, path + " is missing");
      return new byte[0];
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != size || !Sha256.of(bytes).equals(sha256)) {
      error("damaged-document", where, path + " is not what the manifest says");
    }
    return bytes;
  }

  private void checkStrangers() throws IOException {
    try (Stream<Path> all = Files.walk(snapshot.directory())) {
      for (Path file : all.filter(f -> !Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
        if (!listed.contains(file)) {
          String name = snapshot.directory().relativize(file).toString();
          error("unlisted-document", name, "the manifest does not list it");
        }
      }
    }
  }

  private Path path(String relative) {
    return snapshot.directory().resolve(relative);
  }

  private void error(String code, String where, String words) {
    problems.add(Problem.error(code, where, words, FIX));
  }
}
