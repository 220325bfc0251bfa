package io.github.wheelmirror.tree;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.python.ProjectName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes index pages as HTML 5 (PEP 503, 592, 629, 658, 714) and JSON (PEP 691, 700). The same
 * files make the same bytes, whatever the machine; files are in the order of {@link ManifestFile},
 * by version and file name as the public index has them, since pip breaks ties by that order.
 */
final class PageWriter {

  /** The version that has size and upload time in JSON (PEP 700). */
  private static final String API_VERSION = "1.1";

  private PageWriter() {}

  /** A project's page in HTML. */
  static byte[] html(ProjectName project, List<ManifestFile> files) {
    var body = new StringBuilder();
    List<ManifestFile> sorted = sorted(files);
    String superseded = superseded(sorted);
    for (ManifestFile file : sorted) {
      body.append("<a href=\"").append(escape(url(file) + "#sha256=" + file.sha256())).append('"');
      if (!file.requiresPython().isEmpty()) {
        attribute(body, "data-requires-python", file.requiresPython());
      }
      if (isYanked(file)) {
        attribute(body, "data-yanked", yankedReason(file, superseded));
      }
      attribute(body, "data-core-metadata", "sha256=" + file.metadataSha256());
      // not under its old name too: pip up to 23.0.1 reads that one, and then refuses a project
      // whose metadata spells the name differently from the request
      body.append('>').append(escape(file.filename())).append("</a><br>\n");
    }
    return document("Links for " + project, body.toString());
  }

  /** A project's page in JSON. */
  static byte[] json(ProjectName project, List<ManifestFile> files) {
    Set<String> versions = new LinkedHashSet<>();
    List<Map<String, Object>> entries = new ArrayList<>();
    List<ManifestFile> sorted = sorted(files);
    String superseded = superseded(sorted);
    for (ManifestFile file : sorted) {
      versions.add(file.version().toString());
      Map<String, Object> entry = new TreeMap<>();
      entry.put("filename", file.filename());
      entry.put("url", url(file));
      entry.put("hashes", Map.of("sha256", file.sha256()));
      entry.put("size", file.size());
      entry.put("core-metadata", Map.of("sha256", file.metadataSha256()));
      if (!file.requiresPython().isEmpty()) {
        entry.put("requires-python", file.requiresPython());
      }
      if (!file.uploadTime().isEmpty()) {
        entry.put("upload-time", file.uploadTime());
      }
      String reason = isYanked(file) ? yankedReason(file, superseded) : "";
      entry.put("yanked", reason.isEmpty() ? (Object) isYanked(file) : reason);
      entries.add(entry);
    }
    return Json.write(
        Map.of(
            "meta", Map.of("api-version", API_VERSION),
            "name", project.toString(),
            "versions", List.copyOf(versions),
            "files", entries));
  }

  /** The list of projects in HTML. */
  static byte[] rootHtml(List<ProjectName> projects) {
    String body =
        projects.stream()
            .sorted()
            .map(name -> "<a href=\"" + escape(name + "/") + "\">" + name + "</a><br>\n")
            .collect(Collectors.joining());
    return document("Simple index", body);
  }

  /** The list of projects in JSON. */
  static byte[] rootJson(List<ProjectName> projects) {
    return Json.write(
        Map.of(
            "meta", Map.of("api-version", API_VERSION),
            "projects",
                projects.stream().sorted().map(name -> Map.of("name", name.toString())).toList()));
  }

  private static List<ManifestFile> sorted(List<ManifestFile> files) {
    return files.stream().sorted().toList();
  }

  private static String url(ManifestFile file) {
    return TreeLayout.wheelUrl(file.sha256(), file.filename());
  }

  private static boolean isYanked(ManifestFile file) {
    return file.yanked() || file.superseded();
  }

  /** Upstream's own reason wins: it may tell of a vulnerability. */
  private static String yankedReason(ManifestFile file, String superseded) {
    return file.yanked() ? file.yankedReason() : superseded;
  }

  /** What is said of the files of a page that no branch wants. */
  private static String superseded(List<ManifestFile> sorted) {
    String wanted =
        sorted.stream()
            .filter(other -> !other.superseded())
            .map(other -> other.version().toString())
            .distinct()
            .collect(Collectors.joining(", "));
    return wanted.isEmpty() ? "superseded: no branch pins it any more" : "superseded by " + wanted;
  }

  private static void attribute(StringBuilder out, String name, String value) {
    out.append(' ').append(name).append("=\"").append(escape(value)).append('"');
  }

  private static byte[] document(String title, String body) {
    String text =
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="pypi:repository-version" content="%s">
        <title>%s</title>
        </head>
        <body>
        <h1>%s</h1>
        %s</body>
        </html>
        """
            .formatted(API_VERSION, escape(title), escape(title), body);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String escape(String text) {
    if (isPlain(text)) {
      return text;
    }
    var out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                  // HTML has no way to write these, not even escaped
                  boolean writable = c >= ' ' && (c < 0x7f || c > 0x9f) && (c & 0xfffe) != 0xfffe;
                  out.appendCodePoint(writable && !(c >= 0xd800 && c <= 0xdfff) ? c : ' ');
                }
              }
            });
    return out.toString();
  }

  /** Whether nothing in it needs to be escaped, as in nearly all names and digests. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '&' || c == '<' || c == '>' || c == '"' || c == '\'') {
        return false;
      }
    }
    return true;
  }
}
