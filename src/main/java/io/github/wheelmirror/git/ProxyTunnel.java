package io.github.wheelmirror.git;

import io.github.wheelmirror.Credentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * Sockets to https servers through a proxy that wants a password (RFC 9110, 9.3.6).
 *
 * <p>Java's own tunnels send none unless a property of the whole JVM allows it, so these sockets
 * ask the proxy themselves; to Java they look like direct ones.
 */
final class ProxyTunnel extends SSLSocketFactory {

  private static final int MOST_ANSWER_BYTES = 65_536;

  private final ProxyEnvironment.Route route;
  private final SSLSocketFactory tls;

  private ProxyTunnel(ProxyEnvironment.Route route, SSLSocketFactory tls) {
    this.route = route;
    this.tls = tls;
  }

  /**
   * Makes sockets through the proxy.
   *
   * @param trust trust managers; empty for the JVM's own
   */
  @SuppressWarnings("NullAway") // null is JSSE's "use the default"
  static ProxyTunnel through(ProxyEnvironment.Route route, List<TrustManager> trust)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.isEmpty() ? null : trust.toArray(TrustManager[]::new), null);
    return new ProxyTunnel(route, context.getSocketFactory());
  }

  /** The URL, whose connections use this factory. */
  URL opening(URL url) throws IOException {
    return new URL(
        url,
        url.toExternalForm(),
        new URLStreamHandler() {
          @Override
          protected URLConnection openConnection(URL target) throws IOException {
            return openConnection(target, Proxy.NO_PROXY);
          }

          @Override
          protected URLConnection openConnection(URL target, Proxy none) throws IOException {
            HttpsURLConnection connection =
                (HttpsURLConnection)
                    URI.create(target.toExternalForm()).toURL().openConnection(Proxy.NO_PROXY);
            connection.setSSLSocketFactory(ProxyTunnel.this);
            return connection;
          }
        });
  }

  /** The header's value (RFC 7617). */
  static String basic(Credentials credentials) {
    String text = credentials.username() + ":" + credentials.password().reveal();
    return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Socket createSocket() {
    return new TunnelSocket(route);
  }

  @Override
  public Socket createSocket(Socket tunnel, String host, int port, boolean autoClose)
      throws IOException {
    return tls.createSocket(tunnel, host, port, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw notDirectly();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw notDirectly();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw notDirectly();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw notDirectly();
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return tls.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.getSupportedCipherSuites();
  }

  private static IOException notDirectly() {
    return new IOException("a server behind a proxy is not connected to directly");
  }

  /** Connects to the proxy and lets it connect to where it was told to. */
  private static final class TunnelSocket extends Socket {

    private final ProxyEnvironment.Route route;

    TunnelSocket(ProxyEnvironment.Route route) {
      this.route = route;
    }

    @Override
    public void connect(SocketAddress target) throws IOException {
      connect(target, 0);
    }

    @Override
    public void connect(SocketAddress target, int timeout) throws IOException {
      super.connect(route.proxy().address(), timeout);
      try {
        int before = getSoTimeout();
        setSoTimeout(timeout);
        ask((InetSocketAddress) target);
        setSoTimeout(before);
      } catch (IOException | RuntimeException e) {
        close();
        throw e;
      }
    }

    private void ask(InetSocketAddress server) throws IOException {
      String host = server.getHostString();
      String authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + server.getPort();
      String request =
          "CONNECT %s HTTP/1.1\r\nHost: %s\r\nProxy-Authorization: %s\r\n\r\n"
              .formatted(authority, authority, basic(route.credentials()));
      getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      judge(answer(getInputStream()).lines().findFirst().orElse("nothing"));
    }

    /** Not one byte more than the answer's head: what follows belongs to TLS. */
    private static String answer(InputStream in) throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      int last = 0;
      for (int next = in.read(); next >= 0; next = in.read()) {
        head.write(next);
        last = next == '\r' ? last : next == '\n' ? last + 1 : 0;
        if (last == 2 || head.size() > MOST_ANSWER_BYTES) {
          break;
        }
      }
      return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void judge(String status) throws IOException {
      if (status.matches("HTTP/1\\.[01] 2\\d\\d.*")) {
        return;
      }
      throw new IOException(
          status.matches("HTTP/1\\.[01] 407.*")
              ? "no tunnel through proxy: it refuses the user name or password (status 407)"
              : "no tunnel through proxy: it answers '"
                  + status.replaceAll("\\p{Cntrl}", "")
                  + "'");
    }
  }
}
