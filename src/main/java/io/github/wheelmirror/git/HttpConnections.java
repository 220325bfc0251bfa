package io.github.wheelmirror.git;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/**
 * Opens one operation's HTTP connections: proxies and authorities as configured, credentials only
 * to the configured server; remembers the last status, which JGit only tells in words.
 */
final class HttpConnections implements HttpConnectionFactory {

  private final Origin origin;
  private final ProxyEnvironment proxies;
  private final List<TrustManager> trust;
  private volatile int lastStatus;

  /**
   * @param origin the only server that may see credentials
   * @param trust trust managers; empty for the JVM's own
   */
  HttpConnections(Origin origin, ProxyEnvironment proxies, List<TrustManager> trust) {
    this.origin = origin;
    this.proxies = proxies;
    this.trust = List.copyOf(trust);
  }

  /** Status of the last response, 0 before the first. */
  int lastStatus() {
    return lastStatus;
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    return create(url, Proxy.NO_PROXY);
  }

  @Override
  public HttpConnection create(URL url, Proxy proxy) throws IOException {
    ProxyEnvironment.Route route = proxies.routeTo(url, proxy);
    boolean secure = url.getProtocol().equals("https");
    try {
      if (secure && route.credentials().isPresent()) {
        return new Connection(ProxyTunnel.through(route, trust).opening(url), Proxy.NO_PROXY);
      }
      Connection connection = new Connection(url, route.proxy());
      if (secure && !trust.isEmpty()) {
        connection.trust(trust);
      }
      if (route.credentials().isPresent()) {
        connection.setRequestProperty(
            "Proxy-Authorization", ProxyTunnel.basic(route.credentials()));
      }
      return connection;
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificates cannot be used: " + e.getMessage(), e);
    }
  }

  private final class Connection extends JDKHttpConnection {

    Connection(URL url, Proxy proxy) throws IOException {
      super(url, proxy);
    }

    @SuppressWarnings("NullAway") // null is JSSE's "use the default" for keys and randomness
    void trust(List<TrustManager> managers) throws GeneralSecurityException {
      configure(null, managers.toArray(TrustManager[]::new), null);
    }

    @Override
    public void setRequestProperty(String key, String value) {
      // JGit keeps an authorisation across a redirect to another port of the same host
      if (!key.equalsIgnoreCase("Authorization") || origin.admits(getURL())) {
        super.setRequestProperty(key, value);
      }
    }

    @Override
    public int getResponseCode() throws IOException {
      lastStatus = super.getResponseCode();
      return lastStatus;
    }
  }
}
