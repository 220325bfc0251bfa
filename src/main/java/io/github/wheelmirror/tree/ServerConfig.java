package io.github.wheelmirror.tree;

import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Configurations of web servers that serve a region's folder as clients want it: JSON pages for
 * those that ask for them (PEP 691), with {@code Vary}; what never changes may be kept for ever,
 * all else is asked for again; nothing of the state; 410 for what is in quarantine; no listings.
 */
public final class ServerConfig {
  private static final Pattern PREFIX = Pattern.compile("/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*");

  /** What a quoted path of both servers can hold without a meaning of its own. */
  private static final Pattern FOLDER =
      Pattern.compile("/[^\\x00-\\x1f\\x22$%\\x5c\\x7b\\x7d\\x7f]*");

  private final Path folder;
  private final String prefix;

  /**
   * For one region.
   *
   * @param folder the region's folder
   * @param prefix the path of the URL under which clients see it, such as {@code /wheel/}
   * @throws MirrorException (input) if one of them cannot stand in a configuration
   */
  public ServerConfig(Path folder, String prefix) {
    this.folder = folder;
    this.prefix = prefix;
    if (!PREFIX.matcher(prefix).matches()) {
      throw MirrorException.input(
          "no server can be configured for the path " + prefix,
          "it is more than names between slashes, or does not begin and end with one",
          "give a path such as /wheel/ with -Dwheel-mirror.server-config.prefix=PATH");
    }
    if (!FOLDER.matcher(folder.toString()).matches()) {
      throw MirrorException.input(
          "no server can be configured for the folder " + folder,
          "its path has characters that mean something else in a configuration",
          "move the region, or write the configuration by hand");
    }
  }

  /** What nginx needs in its {@code http} block. */
  public String nginxHttp() {
    return filled("nginx-http.conf");
  }

  /** What nginx needs in a {@code server} block. */
  public String nginxServer() {
    return filled("nginx-server.conf");
  }

  /** What Apache needs in a virtual host. */
  public String apache() {
    return filled("apache.conf");
  }

  private String filled(String name) {
    String template = template(name);
    // a dot of the prefix is no other character in a pattern; nothing else of it has a meaning
    String path = folder.toString();
    StringBuilder text = new StringBuilder();
    for (String line : template.lines().toList()) {
      boolean pattern = line.contains("^@PREFIX@");
      String known = line.replace("@PREFIX@", pattern ? prefix.replace(".", "\\.") : prefix);
      // the path comes last, since it may have any word in it
      text.append(
              known.contains("@DIRECTORY@")
                  ? known.replace("@DIRECTORY@", literal(path))
                  : known.replace("@FOLDER@", path))
          .append('\n');
    }
    return text.toString();
  }

  /** Apache's {@code <Directory>} takes wildcards, and a name without any as it is. */
  private static String literal(String path) {
    return path.replaceAll("[*?\\[]", "[$0]");
  }

  private static String template(String name) {
    try (InputStream in = Objects.requireNonNull(ServerConfig.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("this plugin's archive is damaged", e);
    }
  }
}
