package io.github.wheelmirror.index;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes the HTTP clients, each when it is first needed: one that verifies certificates, one for the
 * hosts of pip's {@code trusted-host}, which does not, and one for what is not encrypted.
 */
final class HttpClientFactory implements AutoCloseable {

  private final PipConfiguration pip;
  private final Proxies proxies;
  private final AtomicReference<@Nullable ProxyRelay> relay = new AtomicReference<>();
  private final Once<HttpClient> plain = new Once<>(() -> client(TlsContexts.none()));
  private final Once<HttpClient> verifying;
  private final Once<HttpClient> trusting;

  /** Clients that believe pip's certificates, else Java's own. */
  HttpClientFactory(PipConfiguration pip) {
    this(pip, TlsContexts::verifying);
  }

  private HttpClientFactory(PipConfiguration pip, Function<PipConfiguration, SSLContext> verifier) {
    this.pip = pip;
    this.proxies = pip.proxies();
    this.verifying = new Once<>(() -> client(verifier.apply(pip)));
    this.trusting = new Once<>(() -> client(TlsContexts.trusting(pip)));
    if (pip.trustedAuthorities().isPresent() || !pip.clientCertificate().isEmpty()) {
      // what is wrong with them is told once, before anything is asked
      verifying.get();
    }
  }

  /** Clients that believe pip's certificates and Java's own, for servers that are no index. */
  static HttpClientFactory believingJavaToo(PipConfiguration pip) {
    return new HttpClientFactory(pip, TlsContexts::verifyingWithJavas);
  }

  /** The client for requests to the URL. */
  HttpClient clientFor(URI url) {
    if (!"https".equalsIgnoreCase(url.getScheme())) {
      return plain.get();
    }
    return isTrusted(pip, url) ? trusting.get() : verifying.get();
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
