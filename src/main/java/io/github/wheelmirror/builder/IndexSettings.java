package io.github.wheelmirror.builder;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where pip takes build requirements from: the user's own settings, or named indexes. They travel
 * as environment variables, never as arguments, since an index URL may hold a password.
 *
 * @param variables names and values as pip reads them
 */
public record IndexSettings(Map<String, String> variables) {

  /** What changes what pip finds; the others only change how it gets there. */
  private static final Set<String> WHERE =
      Set.of("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX");

  /** Never a variable that changes what is installed or where to, as PIP_TARGET does. */
  private static final Set<String> PASSED_ON =
      Set.of(
          "PIP_INDEX_URL",
          "PIP_EXTRA_INDEX_URL",
          "PIP_FIND_LINKS",
          "PIP_NO_INDEX",
          "PIP_CERT",
          "PIP_CLIENT_CERT",
          "PIP_PROXY",
          "PIP_TRUSTED_HOST",
          "PIP_TIMEOUT",
          "PIP_DEFAULT_TIMEOUT",
          "PIP_RETRIES",
          "PIP_CONFIG_FILE",
          "PIP_CACHE_DIR",
          "PIP_NO_CACHE_DIR",
          "PIP_KEYRING_PROVIDER",
          "XDG_CONFIG_HOME",
          "XDG_CONFIG_DIRS",
          "XDG_CACHE_HOME",
          "NETRC",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "REQUESTS_CA_BUNDLE",
          "CURL_CA_BUNDLE",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "ALL_PROXY",
          "NO_PROXY",
          "http_proxy",
          "https_proxy",
          "all_proxy",
          "no_proxy");

  public IndexSettings {
    variables = Map.copyOf(variables);
  }

  /** Those of a user's environment; pip itself reads the user's configuration files. */
  public static IndexSettings ofUser(Map<String, String> environment) {
    Map<String, String> kept = new TreeMap<>(environment);
    kept.keySet().retainAll(PASSED_ON);
    return new IndexSettings(kept);
  }

  /**
   * The same way there, but to these indexes alone.
   *
   * @param urls simple API roots, at least one, the first is the main one; may hold credentials
   */
  public IndexSettings withIndexes(List<String> urls) {
    Map<String, String> changed = new TreeMap<>(variables);
    changed.keySet().removeAll(WHERE);
    changed.put("PIP_INDEX_URL", urls.get(0));
    // pip takes an empty value for none said and goes on to the user's file; so the first again
    List<String> extra = urls.size() > 1 ? urls.subList(1, urls.size()) : urls;
    changed.put("PIP_EXTRA_INDEX_URL", String.join(" ", extra));
    return new IndexSettings(changed);
  }

  /** What tells environments apart that were made with different settings; secret, hash it. */
  String identity() {
    Map<String, String> where = new TreeMap<>(variables);
    where.keySet().retainAll(WHERE);
    return where.toString();
  }

  /** The names alone. */
  @Override
  public String toString() {
    return new TreeMap<>(variables).keySet().toString();
  }
}
