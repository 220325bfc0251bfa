package io.github.wheelmirror.tree;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.python.ProjectName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes index pages as HTML 5 (PEP 503, 592, 629, 658, 714) and JSON (PEP 691, 700). The same
 * files make the same bytes, whatever the machine; files are in the order of {@link ManifestFile},
 * by version and file name as the public index has them, since pip breaks ties by that order.
 */
final class PageWriter {

  /** The version that has size and upload time in JSON (PEP 700). */
  private static final String API_VERSION = "1.1";

  /** About what a file takes in HTML, in characters. */
  private static final int FILE_LENGTH = 400;

  /** About what a project takes in the list of them. */
  private static final int PROJECT_LENGTH = 60;

  private PageWriter() {}

  /** A project's page in HTML. */
  static byte[] html(ProjectName project, List<ManifestFile> files) {
    var body = new StringBuilder(files.size() * FILE_LENGTH);
    List<ManifestFile> sorted = sorted(files);
    String superseded = superseded(sorted);
    for (ManifestFile file : sorted) {
      body.append("<a href=\"");
      escape(body, url(file));
      body.append("#sha256=").append(file.sha256()).append('"');
      if (!file.requiresPython().isEmpty()) {
        attribute(body, "data-requires-python", file.requiresPython());
      }
      if (isYanked(file)) {
        attribute(body, "data-yanked", yankedReason(file, superseded));
      }
      body.append(" data-core-metadata=\"sha256=").append(file.metadataSha256()).append('"');
      // not under its old name too: pip up to 23.0.1 reads that one, and then refuses a project
      // whose metadata spells the name differently from the request
      body.append('>');
      escape(body, file.filename());
      body.append("</a><br>\n");
    }
    return document("Links for " + project, body);
  }

  /** A project's page in JSON. */
  static byte[] json(ProjectName project, List<ManifestFile> files) {
    List<ManifestFile> sorted = sorted(files);
    return Json.write(
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("files");
          String superseded = superseded(sorted);
          Set<String> versions = new LinkedHashSet<>();
          for (ManifestFile file : sorted) {
            versions.add(file.version().toString());
            entry(out, file, superseded);
          }
          out.writeEndArray();
          out.writeObjectFieldStart("meta");
          out.writeStringField("api-version", API_VERSION);
          out.writeEndObject();
          out.writeStringField("name", project.toString());
          out.writeArrayFieldStart("versions");
          for (String version : versions) {
            out.writeString(version);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static void entry(JsonGenerator out, ManifestFile file, String superseded)
      throws IOException {
    out.writeStartObject();
    digest(out, "core-metadata", file.metadataSha256());
    out.writeStringField("filename", file.filename());
    digest(out, "hashes", file.sha256());
    if (!file.requiresPython().isEmpty()) {
      out.writeStringField("requires-python", file.requiresPython());
    }
    out.writeNumberField("size", file.size());
    if (!file.uploadTime().isEmpty()) {
      out.writeStringField("upload-time", file.uploadTime());
    }
    out.writeStringField("url", url(file));
    String reason = isYanked(file) ? yankedReason(file, superseded) : "";
    if (reason.isEmpty()) {
      out.writeBooleanField("yanked", isYanked(file));
    } else {
      out.writeStringField("yanked", reason);
    }
    out.writeEndObject();
  }

  private static void digest(JsonGenerator out, String field, String sha256) throws IOException {
    out.writeObjectFieldStart(field);
    out.writeStringField("sha256", sha256);
    out.writeEndObject();
  }

  /** The list of projects in HTML. */
  static byte[] rootHtml(List<ProjectName> projects) {
    var body = new StringBuilder(projects.size() * PROJECT_LENGTH);
    projects.stream()
        .sorted()
        .forEach(
            name ->
                body.append("<a href=\"")
                    .append(name)
                    .append("/\">")
                    .append(name)
                    .append("</a><br>\n"));
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

  /** What is said of the files of a page that no branch wants; "" if there is none. */
  private static String superseded(List<ManifestFile> sorted) {
    if (sorted.stream().noneMatch(ManifestFile::superseded)) {
      return "";
    }
    String wanted =
        sorted.stream()
            .filter(other -> !other.superseded())
            .map(other -> other.version().toString())
            .distinct()
            .collect(Collectors.joining(", "));
    return wanted.isEmpty() ? "superseded: no branch pins it any more" : "superseded by " + wanted;
  }

  private static void attribute(StringBuilder out, String name, String value) {
    out.append(' ').append(name).append("=\"");
    escape(out, value);
    out.append('"');
  }

  private static byte[] document(String title, CharSequence body) {
    var text = new StringBuilder(body.length() + 2 * FILE_LENGTH);
    text.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"pypi:repository-version\" content=\"")
        .append(API_VERSION)
        .append("\">\n<title>")
        .append(title)
        .append("</title>\n</head>\n<body>\n<h1>")
        .append(title)
        .append("</h1>\n")
        .append(body)
        .append("</body>\n</html>\n");
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void escape(StringBuilder out, String text) {
    if (isPlain(text)) {
      out.append(text);
      return;
    }
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
