package io.github.wheelmirror.index;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.index.Authorizations.Realm;
import io.github.wheelmirror.index.IndexLocation.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which places are asked, in pip's order: find-links, then index-url, then extra-index-urls.
 * Indexes of the plugin's own configuration replace all of pip's places, find-links of it alone
 * come before them.
 */
final class ConfiguredLocations {

  private static final String LOCAL_URL = "file:";

  private final IndexSettings settings;
  private final Consumer<String> warnings;
  private final List<Place> places = new ArrayList<>();
  private final List<Realm> realms = new ArrayList<>();
  private final Set<String> seen = new LinkedHashSet<>();
  private final List<Path> lookedFor = new ArrayList<>();

  private ConfiguredLocations(IndexSettings settings, Consumer<String> warnings) {
    this.settings = settings;
    this.warnings = warnings;
  }

  /**
   * A location that somebody configured.
   *
   * @param explicit whether in the plugin's own configuration
   */
  private record Wanted(IndexLocation location, boolean explicit) {}

  /**
   * Reads and checks the configuration.
   *
   * @throws MirrorException (input) if a location makes no sense or there is none
   */
  static ConfiguredLocations of(IndexSettings settings, Consumer<String> warnings) {
    ConfiguredLocations all = read(settings, warnings);
    if (all.places.isEmpty()) {
      throw MirrorException.input(
          "there is no package index to ask",
          "pip is configured with no-index or names none, and so is the plugin",
          "set -Dwheel-mirror.index=<URL of an index>, or correct `pip config list`");
    }
    return all;
  }

  private static ConfiguredLocations read(IndexSettings settings, Consumer<String> warnings) {
    ConfiguredLocations all = new ConfiguredLocations(settings, warnings);
    List<Wanted> wanted = all.wanted();
    for (Kind kind : List.of(Kind.FIND_LINKS, Kind.INDEX)) {
      int number = 0;
      for (Wanted one : wanted) {
        if (one.location().kind() == kind) {
          all.add(one, kind.word() + ":" + number++);
        }
      }
    }
    return all;
  }

  /** The places, in pip's order; there may be none. */
  static List<Place> places(IndexSettings settings) {
    return read(settings, warning -> {}).places;
  }

  /** Which credentials belong to which location. */
  List<Realm> realms() {
    return List.copyOf(realms);
  }

  /**
   * The locations, in pip's order.
   *
   * @param noted notes what is read of local ones
   */
  List<Location> locations(PageReader pages, Seen noted) {
    List<Location> locations = new ArrayList<>();
    for (Place place : places) {
      if (place instanceof Place.Web web) {
        locations.add(
            web.kind() == Kind.INDEX
                ? new RemoteIndex(web.url(), web.trustUnhashed(), pages)
                : new RemoteFindLinks(web.url(), web.trustUnhashed(), pages));
      } else if (place instanceof Place.Local local) {
        locations.add(
            local.kind() == Kind.INDEX
                ? new LocalIndex(new LocalFolder(local.id(), local.path(), noted))
                : new FindLinksDirectory(local.id(), local.path(), noted));
      }
    }
    return locations;
  }

  /** Local paths that decide what a location is, or that it is ignored. */
  List<Path> lookedFor() {
    return List.copyOf(lookedFor);
  }

  private List<Wanted> wanted() {
    List<Wanted> wanted = new ArrayList<>();
    settings.explicit().forEach(location -> wanted.add(new Wanted(location, true)));
    if (settings.only() || wanted.stream().anyMatch(one -> one.location().kind() == Kind.INDEX)) {
      return wanted;
    }
    PipConfiguration pip = settings.pip();
    pip.findLinks().forEach(value -> wanted.add(ofPip(Kind.FIND_LINKS, value)));
    if (!pip.noIndex()) {
      String first = pip.indexUrl().isEmpty() ? settings.defaultIndexUrl() : pip.indexUrl();
      if (!first.isBlank()) {
        wanted.add(ofPip(Kind.INDEX, first));
      }
      pip.extraIndexUrls().forEach(value -> wanted.add(ofPip(Kind.INDEX, value)));
    }
    return wanted;
  }

  private static Wanted ofPip(Kind kind, String value) {
    return new Wanted(new IndexLocation(kind, value, false, Credentials.NONE), false);
  }

  private void add(Wanted wanted, String id) {
    String value = wanted.location().value().strip();
    Path path = path(wanted, value);
    boolean local = value.startsWith(LOCAL_URL) || Files.exists(path);
    if (local || !value.contains("://")) {
      lookedFor.add(path);
    }
    if (local) {
      addLocal(wanted, id, path);
    } else if (value.matches("(?i)https?://.*")) {
      addWeb(wanted, value);
    } else {
      missing(wanted, "it is neither an existing folder nor an http or https URL");
    }
  }

  private Path path(Wanted wanted, String value) {
    try {
      return value.startsWith(LOCAL_URL)
          ? pathOfUrl(wanted, value.substring(LOCAL_URL.length()))
          : settings.pip().environment().path(value);
    } catch (IllegalArgumentException e) {
      throw unusable(wanted, "it is no path: " + e.getMessage());
    }
  }

  /** As tolerant as pip: blanks need not be escaped. */
  private static Path pathOfUrl(Wanted wanted, String afterScheme) {
    String path = afterScheme;
    if (path.startsWith("//")) {
      int slash = path.indexOf('/', 2);
      String host = path.substring(2, slash < 0 ? path.length() : slash);
      if (slash < 0 || !(host.isEmpty() || host.equals("localhost"))) {
        throw unusable(wanted, "'" + Printable.of(host) + "' would be another machine's name");
      }
      path = path.substring(slash);
    }
    if (!path.startsWith("/")) {
      throw unusable(wanted, "a file: URL must hold a whole path, like file:///srv/wheels");
    }
    int fragment = path.indexOf('#');
    return Path.of(LinkResolver.decoded(fragment < 0 ? path : path.substring(0, fragment)))
        .normalize();
  }

  private void addLocal(Wanted wanted, String id, Path path) {
    Kind kind = wanted.location().kind();
    if (!Files.exists(path)) {
      missing(wanted, "there is no such folder");
    } else if (kind == Kind.INDEX && !Files.isDirectory(path)) {
      throw unusable(wanted, "it is a file, not the folder of an index");
    } else if (seen.add(kind + " " + path)) {
      places.add(new Place.Local(kind, id, path));
    }
  }

  private void addWeb(Wanted wanted, String value) {
    IndexLocation location = wanted.location();
    URI url;
    URI full;
    try {
      full = LinkResolver.resolve(URI.create("http://invalid/"), value);
      url = LinkResolver.withoutUserInfo(full);
    } catch (URISyntaxException e) {
      throw unusable(wanted, "it is no URL: " + e.getReason());
    }
    if (url.getHost() == null) {
      throw unusable(wanted, withoutHost(url));
    }
    if (!settings.offline()) {
      // one that cannot be used is told once, not for each project
      settings.pip().proxies().of(url);
    }
    boolean unencrypted = isUnencrypted(url, wanted.explicit());
    Credentials own = location.credentials();
    Credentials used = own.isPresent() ? own : Authorizations.inUrl(full, settings.pip().netrc());
    if (used.isPresent()) {
      realms.add(new Realm(LinkResolver.asFolder(url), used));
    }
    URI key = location.kind() == Kind.INDEX ? LinkResolver.asFolder(url) : url;
    if (seen.add(location.kind() + " " + key)) {
      places.add(new Place.Web(location.kind(), key, used, location.trustUnhashed(), unencrypted));
    }
  }

  /** Whether pip would have to be told to trust the host as it is. */
  private boolean isUnencrypted(URI url, boolean explicit) {
    boolean trusted = HttpClientFactory.isTrusted(settings.pip(), url);
    boolean secure = "https".equalsIgnoreCase(url.getScheme());
    if (secure && trusted) {
      warnings.accept(
          "the certificate of "
              + url.getHost()
              + " is not checked, because pip's trusted-host names it");
    }
    if (secure || trusted || isLoopback(url.getHost())) {
      return false;
    }
    if (!explicit) {
      throw MirrorException.input(
          "the index " + SafeUrl.of(url) + " of pip's configuration cannot be used",
          "pip itself ignores it: its URL is not https and its host is not a trusted-host",
          "use its https URL, or add " + url.getHost() + " to pip's trusted-host");
    }
    warnings.accept(
        SafeUrl.of(url) + " is read without encryption: anyone on the way can change its pages");
    return true;
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost") || host.matches("127\\.[0-9.]+|\\[::1]");
  }

  private void missing(Wanted wanted, String why) {
    if (wanted.explicit() || wanted.location().kind() == Kind.INDEX) {
      throw unusable(wanted, why);
    }
    warnings.accept("pip's " + wanted.location() + " is ignored, as pip does: " + why);
  }

  private static String withoutHost(URI url) {
    return url.getRawAuthority() == null
        ? "it names no host"
        : "Java connects to no host of that name, but to letters, digits, dots and hyphens, or an"
            + " address";
  }

  private static MirrorException unusable(Wanted wanted, String why) {
    String parameter =
        wanted.location().kind() == Kind.INDEX ? "wheel-mirror.index" : "wheel-mirror.findLinks";
    return MirrorException.input(
        "the index location '" + SafeUrl.of(wanted.location().value()) + "' cannot be used",
        why,
        wanted.explicit()
            ? "correct it in the plugin's configuration (" + parameter + ")"
            : "correct it in pip's configuration: pip config list, PIP_INDEX_URL, PIP_FIND_LINKS");
  }
}
