package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.TreeLayout;
import java.net.URI;

/**
 * Configurations that clients may fetch: they name the pinned URL, the only one that shows a single
 * release for the whole length of a job.
 */
final class ClientConfigs {
  private ClientConfigs() {}

  /** For pip. */
  static String pip(String url, String slug, String snapshot) {
    StringBuilder text = new StringBuilder(head(url, slug));
    text.append("[global]\nindex-url = ").append(pinned(url, snapshot)).append('\n');
    URI uri = URI.create(url);
    if ("http".equals(uri.getScheme())) {
      // pip refuses plain http hosts that it is not told to trust
      text.append("trusted-host = ").append(uri.getRawAuthority()).append('\n');
    }
    return text.toString();
  }

  /** For uv. */
  static String uv(String url, String slug, String snapshot) {
    return head(url, slug) + "[[index]]\nurl = \"" + pinned(url, snapshot) + "\"\ndefault = true\n";
  }

  private static String head(String url, String slug) {
    return "# One release of "
        + slug
        + ". What is current: "
        + url
        + TreeLayout.movingLink(slug)
        + "/simple/\n";
  }

  private static String pinned(String url, String snapshot) {
    return url + TreeLayout.pinnedLink(snapshot) + "/simple/";
  }
}
