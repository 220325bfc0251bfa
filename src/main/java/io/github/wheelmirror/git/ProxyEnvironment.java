package io.github.wheelmirror.git;

import io.github.wheelmirror.MirrorException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
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
   * The way to a URL.
   *
   * @param otherwise the answer when the environment says nothing about this scheme
   * @throws MirrorException (input) if the variable holds no usable proxy
   */
  Proxy proxyFor(URL url, Proxy otherwise) {
    String scheme = url.getProtocol().toLowerCase(Locale.ROOT);
    String name = scheme + "_proxy";
    String value = variable(name);
    if (value.isEmpty()) {
      name = "all_proxy";
      value = variable(name);
    }
    if (bypassed(url)) {
      return Proxy.NO_PROXY;
    }
    return value.isEmpty() ? otherwise : parse(name, value);
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
          && (rule.equals("*")
              || host.endsWith(rule)
              || (host + ":" + port).endsWith(rule)
              || ("." + host).equals(rule)
              || Ipv4Network.contains(rule, host))) {
        return true;
      }
    }
    return false;
  }

  private static Proxy parse(String name, String value) {
    try {
      URI uri = new URI(value.contains("://") ? value : "http://" + value);
      String host = uri.getHost() == null ? "" : uri.getHost();
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      if (host.isEmpty()) {
        throw unusable(name, value, "it names no host");
      }
      if (uri.getUserInfo() != null) {
        throw unusable(name, value, "Git over a proxy that asks for a password is not supported");
      }
      if (scheme.startsWith("socks")) {
        int port = uri.getPort() < 0 ? 1080 : uri.getPort();
        return new Proxy(Proxy.Type.SOCKS, new InetSocketAddress(host, port));
      }
      int port = uri.getPort() < 0 ? 80 : uri.getPort();
      return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(host, port));
    } catch (URISyntaxException e) {
      throw unusable(name, value, "it is not a URL");
    }
  }

  private static MirrorException unusable(String name, String value, String why) {
    return MirrorException.input(
        "the proxy " + GitUrl.redact(value) + " of the variable " + name + " cannot be used",
        why,
        "correct " + name + ", or name the Git server in no_proxy");
  }
}
