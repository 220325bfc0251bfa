package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.PylockFiles;
import io.github.wheelmirror.tree.TreeLayout;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files for clients that name a region's URL: configurations for the pinned URL, the only one that
 * shows a single release for the whole length of a job, and for the moving one; and the lock files
 * of the branches.
 */
final class ClientConfigs {
  /** How the names of lock files begin. */
  static final String LOCK = "pylock.";

  private ClientConfigs() {}

  /** Content by file name. */
  static Map<String, byte[]> of(String url, Manifest manifest) {
    String slug = manifest.slug();
    String moving = url + TreeLayout.movingLink(slug) + "/simple/";
    String pinned = url + TreeLayout.pinnedLink(manifest.id()) + "/simple/";
    String one = "# One release of " + slug + ". What is current: " + moving + "\n";
    String newest = "# The newest release of " + slug + ". For one whole job: " + pinned + "\n";
    Map<String, byte[]> files = new TreeMap<>(PylockFiles.absolute(manifest, url));
    files.put("pip.conf", bytes(one + pip(pinned)));
    files.put("uv.toml", bytes(one + uv(pinned)));
    files.put("pip-moving.conf", bytes(newest + pip(moving)));
    files.put("uv-moving.toml", bytes(newest + uv(moving)));
    return files;
  }

  private static String pip(String index) {
    URI uri = URI.create(index);
    // pip refuses plain http hosts that it is not told to trust
    String trusted =
        "http".equals(uri.getScheme()) ? "trusted-host = " + uri.getRawAuthority() + "\n" : "";
    return "[global]\nindex-url = " + index + "\n" + trusted;
  }

  private static String uv(String index) {
    return "[[index]]\nurl = \"" + index + "\"\ndefault = true\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
