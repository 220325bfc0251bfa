package io.github.wheelmirror.index;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Which credentials go to which URL: those of a location to its own scheme, host and port or from
 * http to https of the same host and nowhere else, those of {@code .netrc} to the host they name.
 */
final class Authorizations {

  /** Credentials of everything below a URL. */
  record Realm(URI root, Credentials credentials) {}

  private final List<Realm> realms;
  private final Netrc netrc;

  Authorizations(List<Realm> realms, Netrc netrc) {
    this.realms = List.copyOf(realms);
    this.netrc = netrc;
  }

  /** Those before the {@code @} of a URL, if any; a name alone is a token without password. */
  static Optional<Credentials> inUrl(URI url) {
    String userInfo = url.getRawUserInfo();
    if (userInfo == null || userInfo.isEmpty()) {
      return Optional.empty();
    }
    int colon = userInfo.indexOf(':');
    String name = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return Optional.of(
        new Credentials(
            "", LinkResolver.decoded(name), new Secret(LinkResolver.decoded(password))));
  }

  /**
   * Those of a location's URL; where it has a name and no colon, the login that {@code .netrc} has
   * for the host, be it of another name: pip does so too.
   */
  static Credentials inUrl(URI url, Netrc netrc) {
    Credentials own = inUrl(url).orElse(Credentials.NONE);
    boolean complete = String.valueOf(url.getRawUserInfo()).contains(":");
    return complete || !own.isPresent() ? own : netrc.of(url.getHost()).orElse(own);
  }

  /** The value of a header (RFC 7617). */
  static String basic(Credentials credentials) {
    String text = credentials.username() + ":" + credentials.password().reveal();
    return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** {@link Credentials#NONE} if there are none; the longest matching path wins. */
  Credentials of(URI url) {
    Credentials best = Credentials.NONE;
    int bestLength = -1;
    for (Realm realm : realms) {
      if (!realm.credentials().isPresent() || !admits(realm.root(), url)) {
        continue;
      }
      String path = Objects.requireNonNullElse(realm.root().getRawPath(), "");
      String asked = Objects.requireNonNullElse(url.getRawPath(), "");
      int length = asked.startsWith(path) ? path.length() : 0;
      if (length > bestLength) {
        best = realm.credentials();
        bestLength = length;
      }
    }
    String host = url.getHost();
    return best.isPresent() || host == null ? best : netrc.of(host).orElse(Credentials.NONE);
  }

  /** The same server, or its own upgrade to https, as in pip. */
  private static boolean admits(URI root, URI url) {
    if (root.getHost() == null || !root.getHost().equalsIgnoreCase(url.getHost())) {
      return false;
    }
    boolean upgraded =
        "http".equalsIgnoreCase(root.getScheme())
            && port(root) == 80
            && "https".equalsIgnoreCase(url.getScheme())
            && port(url) == 443;
    return upgraded
        || (String.valueOf(root.getScheme()).equalsIgnoreCase(url.getScheme())
            && port(root) == port(url));
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT).equals("https") ? 443 : 80;
  }
}
