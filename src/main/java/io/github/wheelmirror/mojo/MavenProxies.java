package io.github.wheelmirror.mojo;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.settings.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * The proxies of settings.xml in the form in which the index, Git and pip take theirs: as variables
 * of the environment. They count if the environment names none; pip's own option goes before both.
 */
final class MavenProxies {

  private static final List<String> NAMES = List.of("http_proxy", "https_proxy", "all_proxy");

  /** {@code 10.*} to {@code 10.1.2.*}. */
  private static final Pattern NETWORK = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){0,2})\\.\\*");

  private MavenProxies() {}

  /**
   * The environment, with the proxies in it unless it has some.
   *
   * @param active those that are active, decrypted; the first of a protocol counts, and one for
   *     http is for https too if that has none, as everywhere in Maven
   */
  static Map<String, String> addedTo(Map<String, String> environment, List<Proxy> active) {
    if (NAMES.stream().anyMatch(name -> isSet(environment, name))) {
      return environment;
    }
    Map<String, Proxy> byProtocol = new LinkedHashMap<>();
    for (Proxy proxy : active) {
      if (proxy.getHost() != null && !proxy.getHost().isBlank()) {
        byProtocol.putIfAbsent(orEmpty(proxy.getProtocol()).toLowerCase(Locale.ROOT), proxy);
      }
    }
    Map<String, String> all = new TreeMap<>(environment);
    Proxy http = byProtocol.get("http");
    Proxy https = byProtocol.getOrDefault("https", http);
    List<String> except = new ArrayList<>();
    if (http != null) {
      all.put("http_proxy", url(http));
      except.addAll(except(http));
    }
    if (https != null) {
      all.put("https_proxy", url(https));
      except.addAll(except(https));
    }
    if (!except.isEmpty()) {
      except.add(environment.getOrDefault("no_proxy", ""));
      except.add(environment.getOrDefault("NO_PROXY", ""));
      except.removeIf(String::isBlank);
      all.put("no_proxy", String.join(",", except.stream().distinct().toList()));
    }
    return all;
  }

  private static boolean isSet(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isBlank()
        || !environment.getOrDefault(name.toUpperCase(Locale.ROOT), "").isBlank();
  }

  /** Maven speaks plain HTTP to each proxy; the protocol says what it is for. */
  private static String url(Proxy proxy) {
    String user = orEmpty(proxy.getUsername());
    String password = orEmpty(proxy.getPassword());
    String login =
        user.isEmpty() && password.isEmpty() ? "" : encoded(user) + ":" + encoded(password) + "@";
    String host = proxy.getHost().strip();
    boolean bare = host.contains(":") && !host.startsWith("[");
    return "http://" + login + (bare ? "[" + host + "]" : host) + ":" + proxy.getPort();
  }

  /** In the words of {@code no_proxy}, as far as it has some: it knows ends of names only. */
  private static List<String> except(Proxy proxy) {
    List<String> except = new ArrayList<>();
    for (String pattern : orEmpty(proxy.getNonProxyHosts()).split("[|,]", -1)) {
      String host = pattern.strip();
      Matcher network = NETWORK.matcher(host);
      if (host.startsWith("*.")) {
        except.add(host.substring(1));
      } else if (network.matches()) {
        String known = network.group(1);
        int groups = known.split("\\.", -1).length;
        except.add(known + ".0".repeat(4 - groups) + "/" + groups * 8);
      } else if (!host.isEmpty()) {
        except.add(host);
      }
    }
    return except;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
