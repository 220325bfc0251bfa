package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.python.ProjectName;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A project's page in both forms.
 *
 * @param sha256 names the page's folder: the digest of the two lines {@code <html digest>
 *     index.html} and {@code <json digest> index.v1_json}, so it changes with either form
 * @param htmlSha256 digest of the HTML form
 * @param htmlSize bytes of the HTML form
 * @param jsonSha256 digest of the JSON form
 * @param jsonSize bytes of the JSON form
 */
public record ManifestPage(
    ProjectName project,
    String sha256,
    String htmlSha256,
    long htmlSize,
    String jsonSha256,
    long jsonSize)
    implements Comparable<ManifestPage> {

  public ManifestPage {
    Objects.requireNonNull(project);
    Require.digest(htmlSha256, "the digest of " + project + "'s HTML page");
    Require.digest(jsonSha256, "the digest of " + project + "'s JSON page");
    Require.size(htmlSize, project + "'s HTML page");
    Require.size(jsonSize, project + "'s JSON page");
    if (!sha256.equals(digest(htmlSha256, jsonSha256))) {
      throw new IllegalArgumentException("the page digest of " + project + " is not of its forms");
    }
  }

  /** Describes a page by its two forms. */
  static ManifestPage of(ProjectName project, byte[] html, byte[] json) {
    String htmlSha256 = Sha256.of(html);
    String jsonSha256 = Sha256.of(json);
    return new ManifestPage(
        project, digest(htmlSha256, jsonSha256), htmlSha256, html.length, jsonSha256, json.length);
  }

  private static String digest(String htmlSha256, String jsonSha256) {
    String lines =
        htmlSha256
            + " "
            + TreeLayout.HTML_PAGE
            + "\n"
            + jsonSha256
            + " "
            + TreeLayout.JSON_PAGE
            + "\n";
    return Sha256.of(lines.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public int compareTo(ManifestPage other) {
    return project.compareTo(other.project);
  }
}
