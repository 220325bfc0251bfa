package io.github.wheelmirror.git;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Secret;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Proxies as pip finds them in the environment: {@code <scheme>_proxy}, {@code all_proxy} and
 * {@code no_proxy}, lower case before upper case.
 *
 * @param variables the environment
 */
record ProxyEnvironment(Map<String, String> variables) {

  ProxyEnvironment {
    variables = Map.copyOf(variables);
  }

  /**
   * A way to a server.
   *
   * @param credentials for the proxy; {@link Credentials#NONE} if it wants none
   */
  record Route(Proxy proxy, Credentials credentials) {

    static Route direct() {
      return new Route(Proxy.NO_PROXY, Credentials.NONE);
    }
  }

  /**
   * The way to a URL.
   *
   * @param otherwise the answer when the environment says nothing about this scheme
   * @throws MirrorException (input) if the variable holds no usable proxy
   */
  Route routeTo(URL url, Proxy otherwise) {
    String scheme = url.getProtocol().toLowerCase(Locale.ROOT);
    String name = scheme + "_proxy";
    String value = variable(name);
    if (value.isEmpty()) {
      name = "all_proxy";
      value = variable(name);
    }
    if (bypassed(url)) {
      return Route.direct();
    }
    return value.isEmpty() ? new Route(otherwise, Credentials.NONE) : parse(name, value);
  }

  private String variable(String name) {
    String lower = variables.getOrDefault(name, "");
    return lower.isEmpty() ? variables.getOrDefault(name.toUpperCase(Locale.ROOT), "") : lower;
  }

  private boolean bypassed(URL url) {
    String host = url.getHost().toLowerCase(Locale.ROOT);
    int port = url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
    for (String item : variable("no_proxy").toLowerCase(Locale.ROOT).split(",", -1)) {
      String rule = item.strip();
      if (!rule.isEmpty()
          && (isGlobOf(rule, host)
              || host.endsWith(rule)
              || (host + ":" + port).endsWith(rule)
              || ("." + host).equals(rule)
              || Ipv4Network.contains(rule, host))) {
        return true;
      }
    }
    return false;
  }

  /** More than pip knows: settings.xml may say {@code web*}. */
  private static boolean isGlobOf(String rule, String host) {
    return rule.contains("*") && host.matches("\\Q" + rule.replace("*", "\\E.*\\Q") + "\\E");
  }

  private static Route parse(String name, String value) {
    URI uri;
    try {
      uri = new URI(value.contains("://") ? value : "http://" + value);
    } catch (URISyntaxException e) {
      throw unusable(
          name, value, "it is not a URL: a password's special characters are written like %40");
    }
    if (uri.getHost() == null) {
      throw unusable(name, value, "it names no host");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    Credentials credentials = credentials(uri);
    return switch (scheme) {
      case "http" -> new Route(proxy(Proxy.Type.HTTP, uri, 80), credentials);
      case "socks", "socks4", "socks4a", "socks5", "socks5h" -> {
        if (credentials.isPresent()) {
          throw unusable(name, value, "Java sends no password to a SOCKS proxy that is named here");
        }
        yield new Route(proxy(Proxy.Type.SOCKS, uri, 1080), credentials);
      }
      default ->
          throw unusable(
              name, value, "only http:// and socks5:// proxies are supported, for https:// too");
    };
  }

  private static Proxy proxy(Proxy.Type type, URI uri, int defaultPort) {
    int port = uri.getPort() < 0 ? defaultPort : uri.getPort();
    return new Proxy(type, new InetSocketAddress(uri.getHost(), port));
  }

  private static Credentials credentials(URI uri) {
    String userInfo = uri.getRawUserInfo();
    if (userInfo == null || userInfo.isEmpty()) {
      return Credentials.NONE;
    }
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return new Credentials("", decoded(user), new Secret(decoded(password)));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static MirrorException unusable(String name, String value, String why) {
    return MirrorException.input(
        "the proxy " + GitUrl.redact(value) + " of the variable " + name + " cannot be used",
        why,
        "set " + name + " to http://<host>:<port>, or name the Git server in no_proxy");
  }
}
