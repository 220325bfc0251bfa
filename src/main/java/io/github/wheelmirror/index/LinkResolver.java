package io.github.wheelmirror.index;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Turns the links of a page into absolute URLs, as browsers and pip do: characters that a URL may
 * not have are escaped, {@code ..} never leaves the root.
 */
final class LinkResolver {

  private static final String ALLOWED = "-._~:/?#[]@!$&'()*+,;=";

  private LinkResolver() {}

  /**
   * The absolute form of {@code link}.
   *
   * @param base the page's final URL or its {@code <base href>}
   * @throws URISyntaxException if it is no URL even after escaping
   */
  static URI resolve(URI base, String link) throws URISyntaxException {
    URI relative = new URI(escaped(link.strip()));
    URI absolute;
    if (relative.isOpaque() || base.isOpaque()) {
      absolute = relative;
    } else if (relative.toString().startsWith("?")) {
      absolute = new URI(withoutQuery(base) + relative);
    } else {
      absolute = base.resolve(relative);
    }
    String path = absolute.getRawPath();
    if (path == null || !path.startsWith("/") || !path.contains("/.")) {
      return absolute;
    }
    String plain = withoutDots(path);
    return plain.equals(path) ? absolute : replacePath(absolute, plain);
  }

  /**
   * Removes dot segments (RFC 3986, section 5.2.4). {@link URI} does so only for links without a
   * slash at their beginning, and {@link URI#normalize} would drop empty segments too.
   */
  private static String withoutDots(String path) {
    List<String> kept = new ArrayList<>();
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean up = segments[i].equals("..");
      if (up && !kept.isEmpty()) {
        kept.remove(kept.size() - 1);
      }
      if (!up && !segments[i].equals(".")) {
        kept.add(segments[i]);
      } else if (i == segments.length - 1) {
        kept.add("");
      }
    }
    return "/" + String.join("/", kept);
  }

  /** The URL with a path that ends in a slash, without query and fragment. */
  static URI asFolder(URI url) {
    String text = withoutQuery(url);
    return URI.create(text.endsWith("/") ? text : text + "/");
  }

  /** The URL without user, password and fragment. */
  static URI withoutSecrets(URI url) throws URISyntaxException {
    URI anonymous = withoutUserInfo(url);
    String text = anonymous.toString();
    int fragment = text.indexOf('#');
    return fragment < 0 ? anonymous : new URI(text.substring(0, fragment));
  }

  /** The URL without user and password. */
  static URI withoutUserInfo(URI url) throws URISyntaxException {
    String userInfo = url.getRawUserInfo();
    if (userInfo == null) {
      return url;
    }
    String text = url.toString();
    int at = text.indexOf(userInfo + "@");
    return new URI(text.substring(0, at) + text.substring(at + userInfo.length() + 1));
  }

  /** The decoded last part of the URL's path; empty if it has none. */
  static String lastPart(URI url) {
    String path = url.getRawPath();
    if (path == null) {
      return "";
    }
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return decoded(path.substring(path.lastIndexOf('/') + 1));
  }

  /** Undoes percent escapes; a plus stays a plus. */
  static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Escapes all but letters, digits and {@code -._~/}: a path as pip makes file URLs from it. */
  static String encodedPath(String path) {
    return escape(path, "-._~/", false);
  }

  private static String escaped(String link) {
    String clean = link.replace("\t", "").replace("\n", "").replace("\r", "");
    String escaped = escape(clean, ALLOWED, true);
    // Brackets are legal only around an IPv6 address.
    int path = pathBegin(escaped);
    return escaped.substring(0, path)
        + escaped.substring(path).replace("[", "%5B").replace("]", "%5D");
  }

  private static int pathBegin(String url) {
    int colon = url.indexOf("://");
    int authority = url.startsWith("//") ? 2 : colon < 0 ? -1 : colon + 3;
    if (authority < 0) {
      return 0;
    }
    int slash = url.indexOf('/', authority);
    return slash < 0 ? url.length() : slash;
  }

  private static String escape(String text, String allowed, boolean keepEscapes) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char character = (char) (bytes[i] & 0xff);
      boolean plain =
          (character >= 'a' && character <= 'z')
              || (character >= 'A' && character <= 'Z')
              || (character >= '0' && character <= '9')
              || allowed.indexOf(character) >= 0
              || (keepEscapes && character == '%' && isEscape(bytes, i));
      if (plain) {
        out.append(character);
      } else {
        out.append(String.format(Locale.ROOT, "%%%02X", (int) character));
      }
    }
    return out.toString();
  }

  private static boolean isEscape(byte[] bytes, int at) {
    return at + 2 < bytes.length
        && Character.digit(bytes[at + 1], 16) >= 0
        && Character.digit(bytes[at + 2], 16) >= 0;
  }

  private static String withoutQuery(URI url) {
    String text = url.toString();
    int end = text.length();
    for (char mark : new char[] {'?', '#'}) {
      int at = text.indexOf(mark);
      end = at >= 0 ? Math.min(end, at) : end;
    }
    return text.substring(0, end);
  }

  private static URI replacePath(URI url, String path) throws URISyntaxException {
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String fragment = url.getRawFragment() == null ? "" : "#" + url.getRawFragment();
    String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
    return new URI(url.getScheme() + "://" + authority + path + query + fragment);
  }
}
