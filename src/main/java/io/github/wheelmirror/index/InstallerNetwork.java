package io.github.wheelmirror.index;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.TrustManager;

/**
 * Servers that are no index, reached as this host's pip reaches one: with its certificates beside
 * Java's own, its proxies, its {@code trusted-host} and the logins of {@code .netrc}. Safe for
 * threads.
 */
public final class InstallerNetwork {

  private static final int MOST_REDIRECTS = 20;

  /** Headers that belong to the first server alone, or that Java's client sets by itself. */
  private static final Set<String> OWN = Set.of("authorization", "proxy-authorization");

  private final Once<Settings> settings;

  /** What pip's configuration says. */
  private record Settings(
      HttpClientFactory clients, Authorizations logins, List<TrustManager> trust) {
    static Settings of(PipConfiguration pip) {
      return new Settings(
          HttpClientFactory.believingJavaToo(pip),
          new Authorizations(List.of(), pip.netrc()),
          TlsContexts.withJavas(pip));
    }
  }

  /** What {@code pip} says is read when the network is first used. */
  public InstallerNetwork(Supplier<PipConfiguration> pip) {
    this.settings = new Once<>(() -> Settings.of(pip.get()));
  }

  /**
   * Those who are asked about certificates; empty for Java's own.
   *
   * @throws MirrorException if pip's configuration or its certificates cannot be used
   */
  public List<TrustManager> trustManagers() {
    return settings.get().trust();
  }

  /**
   * Asks, and follows redirects but for those from https to http; no server sees the login of
   * another.
   *
   * @return the last answer, whatever its status
   * @throws IOException if there is none
   * @throws MirrorException if pip's configuration or its certificates cannot be used
   */
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body)
      throws IOException, InterruptedException {
    HttpRequest step = withLogins(request, request.uri());
    for (int redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
      HttpResponse<T> response = settings.get().clients().clientFor(step.uri()).send(step, body);
      URI to = HttpExchange.isRedirect(response) ? target(step.uri(), response) : step.uri();
      if (to.equals(step.uri())) {
        return response;
      }
      if (response.body() instanceof AutoCloseable open) {
        close(open);
      }
      step = withLogins(request, to);
    }
    throw new IOException("more than " + MOST_REDIRECTS + " redirects");
  }

  private static void close(AutoCloseable body) throws IOException {
    try {
      body.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private HttpRequest withLogins(HttpRequest request, URI url) {
    HttpRequest.Builder step =
        HttpRequest.newBuilder(
                request, (name, value) -> !OWN.contains(name.toLowerCase(Locale.ROOT)))
            .uri(url);
    Credentials login = settings.get().logins().of(url);
    if (login.isPresent()) {
      step.setHeader("Authorization", Authorizations.basic(login));
    }
    settings.get().clients().proxyHeaders(url).forEach(step::setHeader);
    return step.build();
  }

  /** The same URL if it is not to be followed. */
  private static URI target(URI from, HttpResponse<?> response) {
    String location = response.headers().firstValue("Location").orElse("");
    try {
      URI to = LinkResolver.withoutSecrets(LinkResolver.resolve(from, location));
      String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
      boolean down = "https".equalsIgnoreCase(from.getScheme()) && !scheme.equals("https");
      boolean http = scheme.equals("https") || scheme.equals("http");
      return location.isEmpty() || to.getHost() == null || !http || down ? from : to;
    } catch (URISyntaxException e) {
      return from;
    }
  }
}
