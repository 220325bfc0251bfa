package io.github.wheelmirror.git;

import java.net.URL;
import java.util.Locale;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/**
 * The server that credentials are meant for.
 *
 * @param scheme {@code http} or {@code https}
 * @param host lower case
 * @param port the port, or -1 for the scheme's own
 */
record Origin(String scheme, String host, int port) {

  static Origin of(URIish uri) {
    return new Origin(
        lower(uri.getScheme()), lower(uri.getHost()), uri.getPort() > 0 ? uri.getPort() : -1);
  }

  /** Whether credentials may be sent there: the same server, or its own upgrade to https. */
  boolean admits(URL url) {
    return admits(url.getProtocol(), url.getHost(), url.getPort());
  }

  /** Whether credentials may be sent there: the same server, or its own upgrade to https. */
  boolean admits(URIish uri) {
    return admits(uri.getScheme(), uri.getHost(), uri.getPort() > 0 ? uri.getPort() : -1);
  }

  private boolean admits(@Nullable String otherScheme, @Nullable String otherHost, int otherPort) {
    String other = lower(otherScheme);
    boolean same = other.equals(scheme) && effective(otherPort, other) == effective(port, scheme);
    boolean upgraded =
        scheme.equals("http")
            && other.equals("https")
            && effective(port, scheme) == 80
            && effective(otherPort, other) == 443;
    return lower(otherHost).equals(host) && (same || upgraded);
  }

  private static int effective(int port, String scheme) {
    return port > 0 ? port : scheme.equals("https") ? 443 : 80;
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
