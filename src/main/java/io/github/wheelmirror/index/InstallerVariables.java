package io.github.wheelmirror.index;

import io.github.wheelmirror.MirrorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What this package understood of the configuration, said again to a pip by environment variables:
 * the same places, credentials, proxies and certificates, and nothing that changes what is
 * installed or where to. No configuration file is read besides: which ones would depend on the
 * Python that runs that pip.
 */
public final class InstallerVariables {

  /** They say where files of the user are, not what is in them. */
  private static final List<String> PLACES = List.of("NETRC", "XDG_CACHE_HOME");

  private InstallerVariables() {}

  /**
   * The variables; their values hold passwords.
   *
   * @throws MirrorException (input) if the configuration makes no sense
   */
  public static Map<String, String> of(IndexSettings settings) {
    PipConfiguration pip = settings.pip();
    PipEnvironment environment = pip.environment();
    Map<String, String> variables = new TreeMap<>();
    putPlaces(variables, ConfiguredLocations.places(settings), pip);
    variables.put("PIP_CONFIG_FILE", "/dev/null");
    variables.put("PIP_TIMEOUT", seconds(pip.timeout()));
    variables.put("PIP_RETRIES", Integer.toString(pip.retries()));
    putPath(variables, "PIP_CERT", pip.certificates(), environment);
    putPath(variables, "PIP_CLIENT_CERT", pip.clientCertificate(), environment);
    put(variables, "http_proxy", pip.proxies().forHttp());
    put(variables, "https_proxy", pip.proxies().forHttps());
    put(variables, "no_proxy", String.join(",", pip.proxies().except()));
    pip.means()
        .forEach(
            (option, value) -> {
              String name = "PIP_" + option.toUpperCase(Locale.ROOT).replace('-', '_');
              put(
                  variables,
                  name,
                  option.equals("cache-dir") ? environment.path(value).toString() : value);
            });
    if ("".equals(environment.variables().get("NETRC"))) {
      variables.put("NETRC", "");
    }
    for (String name : PLACES) {
      environment.variable(name).ifPresent(value -> putPath(variables, name, value, environment));
    }
    return variables;
  }

  private static void putPlaces(
      Map<String, String> variables, List<Place> places, PipConfiguration pip) {
    List<String> indexes = new ArrayList<>();
    List<String> findLinks = new ArrayList<>();
    Set<String> trusted = new LinkedHashSet<>(pip.trustedHosts());
    for (Place place : places) {
      // pip splits its variables at blanks, so a path must be a URL too
      (place.kind() == IndexLocation.Kind.INDEX ? indexes : findLinks).add(place.urlWithLogin());
      if (place instanceof Place.Web web && web.unencrypted()) {
        int port = web.url().getPort();
        trusted.add(web.url().getHost() + (port < 0 ? "" : ":" + port));
      }
    }
    if (!indexes.isEmpty()) {
      variables.put("PIP_INDEX_URL", indexes.get(0));
      put(variables, "PIP_EXTRA_INDEX_URL", String.join(" ", indexes.subList(1, indexes.size())));
    } else if (pip.noIndex()) {
      variables.put("PIP_NO_INDEX", "1");
    }
    put(variables, "PIP_FIND_LINKS", String.join(" ", findLinks));
    put(variables, "PIP_TRUSTED_HOST", String.join(" ", trusted));
  }

  private static void put(Map<String, String> variables, String name, String value) {
    if (!value.isEmpty()) {
      variables.put(name, value);
    }
  }

  /** pip runs in another folder than the user. */
  private static void putPath(
      Map<String, String> variables, String name, String value, PipEnvironment environment) {
    if (!value.isEmpty()) {
      variables.put(name, environment.path(value).normalize().toString());
    }
  }

  private static String seconds(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0
        ? Long.toString(millis / 1000)
        : String.format(Locale.ROOT, "%.3f", millis / 1000.0);
  }
}
