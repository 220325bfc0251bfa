package io.github.wheelmirror.index;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/**
 * Makes the two HTTP clients: one that verifies certificates, and one for the hosts of pip's {@code
 * trusted-host}, which does not.
 */
final class HttpClientFactory {

  private final PipConfiguration pip;
  private final HttpClient verifying;
  private final HttpClient trusting;

  HttpClientFactory(PipConfiguration pip) {
    this.pip = pip;
    this.verifying = client(TlsContexts.verifying(pip));
    this.trusting = pip.trustedHosts().isEmpty() ? verifying : client(TlsContexts.trusting(pip));
  }

  /** The client for requests to the URL. */
  HttpClient clientFor(URI url) {
    return isTrusted(pip, url) ? trusting : verifying;
  }

  /** Whether the URL's host is one that pip was told to trust as it is. */
  static boolean isTrusted(PipConfiguration pip, URI url) {
    String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
    String withPort = host + ":" + url.getPort();
    return pip.trustedHosts().stream()
        .map(trusted -> trusted.toLowerCase(Locale.ROOT))
        .anyMatch(trusted -> trusted.equals(host) || trusted.equals(withPort));
  }

  private HttpClient client(SSLContext tls) {
    Duration timeout = pip.timeout();
    return HttpClient.newBuilder()
        // Redirects are followed by HttpExchange, which checks each step.
        .followRedirects(HttpClient.Redirect.NEVER)
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(timeout)
        .proxy(pip.proxies().selector())
        .sslContext(tls)
        .build();
  }
}
