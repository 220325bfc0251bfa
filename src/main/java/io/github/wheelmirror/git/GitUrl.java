package io.github.wheelmirror.git;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;

/**
 * The address of a Git repository: {@code https}, {@code http}, {@code ssh} (also as {@code
 * git@host:path}), a {@code file:} URL or an absolute path to a repository or a bundle file.
 *
 * <p>Holds no password: an address with one is refused. {@link #toString()} is fit for any log.
 */
final class GitUrl {

  /** How the repository is reached. */
  enum Kind {
    HTTP,
    SSH,
    LOCAL
  }

  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*");
  private static final Pattern SCP_LIKE =
      Pattern.compile("(?:([^@/:]+)@)?(\\[[0-9A-Fa-f:.]+]|[^@/:\\[\\]]{2,}):([^:].*)");
  private static final String SUPPORTED =
      "use an https:, http:, ssh: or file: URL, git@host:path, or the absolute path of a"
          + " repository or bundle file";

  private final Kind kind;
  private final URIish uri;
  private final String user;
  private final String display;

  private GitUrl(Kind kind, URIish uri, String user, String display) {
    this.kind = kind;
    this.uri = uri;
    this.user = user;
    this.display = display;
  }

  /**
   * Reads an address.
   *
   * @throws MirrorException (input) if it is malformed, relative, of another scheme, or carries a
   *     password
   */
  static GitUrl parse(String text) {
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      throw MirrorException.input("no constraints repository", "its URL is empty", SUPPORTED);
    }
    if (trimmed.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw refused(trimmed, "it contains a control character", SUPPORTED);
    }
    Matcher scheme = SCHEME.matcher(trimmed);
    if (trimmed.startsWith("/")) {
      return local(trimmed, trimmed);
    }
    if (trimmed.regionMatches(true, 0, "file:", 0, 5)) {
      return fileUrl(trimmed);
    }
    if (scheme.matches()) {
      String name = scheme.group(1).toLowerCase(Locale.ROOT);
      String normal = name + trimmed.substring(name.length());
      return switch (name) {
        case "http", "https" -> http(normal);
        case "ssh", "git+ssh", "ssh+git" -> ssh(normal);
        default -> throw refused(trimmed, "its scheme is not supported", SUPPORTED);
      };
    }
    if (SCP_LIKE.matcher(trimmed).matches()) {
      return ssh(trimmed);
    }
    throw refused(trimmed, "it is a relative path, which means nothing in a cache", SUPPORTED);
  }

  Kind kind() {
    return kind;
  }

  /** For JGit; without the user of an HTTP URL, as JGit repeats this in its messages. */
  URIish uri() {
    return uri;
  }

  /** The user that an HTTP URL names, often a token; empty if none. */
  String user() {
    return user;
  }

  /** The path of a {@link Kind#LOCAL} repository or bundle. */
  Path path() {
    return Path.of(uri.getPath());
  }

  /** Hexadecimal SHA-256 of the normalised address, the name of its cache. */
  String digest() {
    return Sha256.of(withoutTrailingSlash(uri.toString()).getBytes(StandardCharsets.UTF_8));
  }

  /** The address without secrets, as a person may read it. */
  @Override
  public String toString() {
    return display;
  }

  /** Hides whatever could be a secret in a text that is not yet known to be a good address. */
  static String redact(String text) {
    return text.replaceFirst("(?s)^([^:/@]*://)?.*@", "$1****@").replaceFirst("\\?.*", "?****");
  }

  /** Hides the user information of every URL within a sentence. */
  static String redactWithin(String sentence) {
    return sentence.replaceAll("://[^\\s/@]*@", "://****@");
  }

  private static GitUrl http(String text) {
    URIish uri = uriish(text);
    if (uri.getPass() != null) {
      throw passwordInUrl(text);
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      throw refused(text, "it names no host", SUPPORTED);
    }
    URIish anonymous = uri.setUser(null);
    String shown = anonymous.toString().replaceFirst("\\?.*", "?****");
    String user = uri.getUser() == null ? "" : uri.getUser();
    return new GitUrl(Kind.HTTP, anonymous, user, withoutTrailingSlash(shown));
  }

  private static GitUrl ssh(String text) {
    URIish uri = uriish(text);
    if (uri.getPass() != null) {
      throw passwordInUrl(text);
    }
    String host = uri.getHost() == null ? "" : uri.getHost();
    String user = uri.getUser() == null ? "" : uri.getUser();
    String path = uri.getPath() == null ? "" : uri.getPath();
    if (host.isEmpty() || path.isEmpty()) {
      throw refused(text, "it names no host or no path", SUPPORTED);
    }
    // such a word would be an option to ssh or to the program at the other end
    if (host.startsWith("-") || user.startsWith("-") || path.startsWith("-")) {
      throw refused(text, "user, host or path begins with '-'", SUPPORTED);
    }
    return new GitUrl(Kind.SSH, uri, "", withoutTrailingSlash(uri.toString()));
  }

  private static GitUrl fileUrl(String text) {
    try {
      URI parsed = new URI(text);
      String host = parsed.getHost() == null ? "" : parsed.getHost();
      String path = parsed.getPath() == null ? "" : parsed.getPath();
      if (!host.isEmpty() && !host.equals("localhost")) {
        throw refused(text, "a file: URL cannot name another host", SUPPORTED);
      }
      return local(text, path);
    } catch (URISyntaxException e) {
      return local(text, text.replaceFirst("(?i)^file:(//(localhost)?(?=/))?", ""));
    }
  }

  private static GitUrl local(String text, String path) {
    try {
      Path normal = Path.of(path).normalize();
      if (!normal.isAbsolute()) {
        throw refused(text, "it is a relative path, which means nothing in a cache", SUPPORTED);
      }
      return new GitUrl(
          Kind.LOCAL, new URIish().setPath(normal.toString()), "", "file://" + normal);
    } catch (InvalidPathException e) {
      throw refused(text, "it is not a path on this machine", SUPPORTED);
    }
  }

  private static URIish uriish(String text) {
    try {
      return new URIish(text);
    } catch (URISyntaxException | IllegalArgumentException e) {
      // the cause repeats the text with its secrets, so it is not carried along
      throw refused(text, "it is not a well-formed address", SUPPORTED);
    }
  }

  private static String withoutTrailingSlash(String text) {
    return text.replaceFirst("/+$", "");
  }

  private static MirrorException passwordInUrl(String text) {
    return refused(
        text,
        "it contains a password, which would end up in logs and caches",
        "remove it from the URL; put user name and password into a <server> of settings.xml and"
            + " name that server's id in <constraintsServerId>");
  }

  private static MirrorException refused(String text, String why, String fix) {
    return MirrorException.input(
        "constraints repository " + redact(text) + " cannot be used", why, fix);
  }
}
