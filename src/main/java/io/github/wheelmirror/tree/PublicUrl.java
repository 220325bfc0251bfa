package io.github.wheelmirror.tree;

import io.github.wheelmirror.MirrorException;
import java.net.URI;
import java.net.URISyntaxException;

/** The URL under which clients see a region. */
public final class PublicUrl {

  private PublicUrl() {}

  /**
   * Sees that paths can be put behind it.
   *
   * @param region the region's name, for the message
   * @throws MirrorException (input) if it is no whole URL of a web server, or has more than a path
   */
  public static void require(String region, String url) {
    try {
      URI uri = new URI(url);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null;
      if (http && uri.getHost() != null && bare && uri.getRawFragment() == null) {
        return;
      }
    } catch (URISyntaxException e) {
      throw bad(region, String.valueOf(e.getReason()));
    }
    throw bad(
        region, "it is not an http or https URL with a host, without a password, '?' and '#'");
  }

  private static MirrorException bad(String region, String why) {
    return MirrorException.input(
        "the URL of region " + region + " cannot be used",
        why,
        "give the URL under which clients see the region's folder, such as"
            + " https://mirror.example/wheel/");
  }
}
