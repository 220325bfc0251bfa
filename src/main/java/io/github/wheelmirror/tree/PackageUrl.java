package io.github.wheelmirror.tree;

import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names of Python distributions as package URLs (purl, type {@code pypi}; ECMA-427). */
final class PackageUrl {

  private PackageUrl() {}

  /** A release of a project. */
  static String of(ProjectName project, Version version) {
    return "pkg:pypi/" + escaped(project.value()) + "@" + escaped(version.toString());
  }

  /** One file of a release. */
  static String of(ProjectName project, Version version, String filename) {
    return of(project, version) + "?file_name=" + escaped(filename);
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /** Whether somebody else may be able to fetch from there: no local file, and a valid URL. */
  static boolean isDownload(String url) {
    try {
      String scheme = new URI(url).getScheme();
      return "https".equals(scheme) || "http".equals(scheme);
    } catch (URISyntaxException e) {
      // an index may write what it likes there
      return false;
    }
  }
}
