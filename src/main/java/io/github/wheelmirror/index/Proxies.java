package io.github.wheelmirror.index;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The proxies that pip would go through: its own {@code proxy} option for everything, else {@code
 * http_proxy}, {@code https_proxy}, {@code all_proxy}, each in small letters before capitals,
 * except for the hosts of {@code no_proxy}.
 *
 * @param forHttp URL of the proxy for {@code http:} URLs; empty for none
 * @param forHttps the same for {@code https:} URLs
 * @param except host name ends, addresses or networks that are reached directly
 */
record Proxies(String forHttp, String forHttps, List<String> except) {

  Proxies {
    except = List.copyOf(except);
  }

  static Proxies of(String pipProxy, Map<String, String> variables) {
    if (!pipProxy.isEmpty()) {
      return new Proxies(pipProxy, pipProxy, List.of());
    }
    String all = variable(variables, "all_proxy");
    String http = variable(variables, "http_proxy");
    String https = variable(variables, "https_proxy");
    List<String> except =
        List.of(variable(variables, "no_proxy").replace(" ", "").split(",", -1)).stream()
            .filter(host -> !host.isEmpty())
            .toList();
    return new Proxies(http.isEmpty() ? all : http, https.isEmpty() ? all : https, except);
  }

  /** The proxy to use for a request to the URL. */
  Optional<ProxyServer> of(URI target) {
    String proxy = isTunnelled(target) ? forHttps : forHttp;
    if (proxy.isEmpty() || target.getHost() == null || isExcepted(target)) {
      return Optional.empty();
    }
    return Optional.of(ProxyServer.parse(proxy));
  }

  /** Whether a proxy only connects to the URL's server and sees nothing of the request. */
  static boolean isTunnelled(URI target) {
    return "https".equalsIgnoreCase(target.getScheme());
  }

  /**
   * For Java's client.
   *
   * @param address where a request to a URL finds its proxy
   */
  ProxySelector selector(BiFunction<URI, ProxyServer, InetSocketAddress> address) {
    Proxies proxies = this;
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI target) {
        return List.of(
            proxies
                .of(target)
                .map(server -> new Proxy(Proxy.Type.HTTP, address.apply(target, server)))
                .orElse(Proxy.NO_PROXY));
      }

      @Override
      public void connectFailed(URI target, SocketAddress proxy, IOException failure) {
        // The request itself fails with the same exception and is reported there.
      }
    };
  }

  /** Shows no proxy's password. */
  @Override
  public String toString() {
    return "Proxies[" + SafeUrl.of(forHttp) + ", " + SafeUrl.of(forHttps) + ", " + except + "]";
  }

  private boolean isExcepted(URI target) {
    String host = target.getHost().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    String withPort = host + ":" + target.getPort();
    for (String entry : except) {
      String end = entry.toLowerCase(Locale.ROOT);
      if (isGlobOf(end, host) || host.equals(end) || withPort.equals(end)) {
        return true;
      }
      String domain = end.startsWith(".") ? end : "." + end;
      if (("." + host).equals(domain)
          || host.endsWith(domain)
          || withPort.endsWith(domain)
          || Ipv4Network.contains(end, host)) {
        return true;
      }
    }
    return false;
  }

  /** More than pip knows: settings.xml may say {@code web*}. */
  private static boolean isGlobOf(String entry, String host) {
    return entry.contains("*") && host.matches("\\Q" + entry.replace("*", "\\E.*\\Q") + "\\E");
  }

  private static String variable(Map<String, String> variables, String name) {
    String small = variables.getOrDefault(name, "").strip();
    return small.isEmpty()
        ? variables.getOrDefault(name.toUpperCase(Locale.ROOT), "").strip()
        : small;
  }

  /**
   * A parsed proxy URL.
   *
   * @param credentials {@link Credentials#NONE} if it wants none
   */
  record ProxyServer(String host, int port, Credentials credentials) {

    static ProxyServer parse(String text) {
      String full = text.contains("://") ? text : "http://" + text;
      URI url;
      try {
        url = new URI(full);
      } catch (java.net.URISyntaxException e) {
        throw refused(full, "it is no URL: a password's special characters are written like %40");
      }
      if (!"http".equalsIgnoreCase(url.getScheme())) {
        throw refused(full, "only http:// proxies are supported, for https:// pages too");
      }
      if (url.getHost() == null) {
        throw refused(full, "it names no host");
      }
      int port = url.getPort() < 0 ? 80 : url.getPort();
      return new ProxyServer(
          url.getHost(), port, Authorizations.inUrl(url).orElse(Credentials.NONE));
    }

    /** Resolved by the caller's machine when it is used. */
    InetSocketAddress address() {
      return new InetSocketAddress(host, port);
    }

    private static MirrorException refused(String text, String why) {
      return MirrorException.input(
          "the proxy " + SafeUrl.of(text) + " cannot be used",
          why,
          "set https_proxy (or pip's own option proxy) to http://<host>:<port>");
    }
  }

  /** Networks such as {@code 10.0.0.0/8} in {@code no_proxy}. */
  private static final class Ipv4Network {

    private static final java.util.regex.Pattern ADDRESS =
        java.util.regex.Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    private Ipv4Network() {}

    static boolean contains(String network, String host) {
      int slash = network.indexOf('/');
      if (slash < 0 || !network.substring(slash + 1).matches("[0-9]|[12][0-9]|3[0-2]")) {
        return false;
      }
      Optional<Long> first = bits(network.substring(0, slash));
      Optional<Long> asked = bits(host);
      int shift = 32 - Integer.parseInt(network.substring(slash + 1));
      return first.isPresent() && asked.isPresent() && first.get() >> shift == asked.get() >> shift;
    }

    private static Optional<Long> bits(String address) {
      java.util.regex.Matcher parts = ADDRESS.matcher(address);
      if (!parts.matches()) {
        return Optional.empty();
      }
      long bits = 0;
      for (int group = 1; group <= 4; group++) {
        bits = bits << 8 | Integer.parseInt(parts.group(group));
      }
      return Optional.of(bits);
    }
  }
}
