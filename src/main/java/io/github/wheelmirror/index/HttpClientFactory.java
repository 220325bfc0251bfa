package io.github.wheelmirror.index;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes the two HTTP clients: one that verifies certificates, and one for the hosts of pip's {@code
 * trusted-host}, which does not.
 */
final class HttpClientFactory implements AutoCloseable {

  private final PipConfiguration pip;
  private final Proxies proxies;
  private final AtomicReference<@Nullable ProxyRelay> relay = new AtomicReference<>();
  private final HttpClient verifying;
  private final HttpClient trusting;

  HttpClientFactory(PipConfiguration pip) {
    this.pip = pip;
    this.proxies = pip.proxies();
    this.verifying = client(TlsContexts.verifying(pip));
    this.trusting = pip.trustedHosts().isEmpty() ? verifying : client(TlsContexts.trusting(pip));
  }

  /** The client for requests to the URL. */
  HttpClient clientFor(URI url) {
    return isTrusted(pip, url) ? trusting : verifying;
  }

  /** What the proxy on the way to the URL wants to see. */
  Map<String, String> proxyHeaders(URI url) {
    Optional<Proxies.ProxyServer> server =
        proxies.of(url).filter(found -> found.credentials().isPresent());
    if (server.isEmpty()) {
      return Map.of();
    }
    return Proxies.isTunnelled(url)
        ? Map.of(ProxyRelay.HEADER, relay(server.get()).secret())
        : Map.of("Proxy-Authorization", Authorizations.basic(server.get().credentials()));
  }

  @Override
  public void close() {
    ProxyRelay started = relay.get();
    if (started != null) {
      started.close();
    }
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
        .proxy(proxies.selector(this::address))
        .sslContext(tls)
        .build();
  }

  private InetSocketAddress address(URI target, Proxies.ProxyServer server) {
    return Proxies.isTunnelled(target) && server.credentials().isPresent()
        ? relay(server).address()
        : server.address();
  }

  /** There is one proxy for all tunnels. */
  private synchronized ProxyRelay relay(Proxies.ProxyServer server) {
    ProxyRelay started = relay.get();
    if (started == null) {
      started = new ProxyRelay(server, Authorizations.basic(server.credentials()), pip.timeout());
      relay.set(started);
    }
    return started;
  }
}
