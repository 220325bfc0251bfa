package io.github.wheelmirror.index;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
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
 * Which places are asked, in pip's order: find-links, then index-url, then extra-index-urls; those
 * of the plugin's own configuration instead, if there are any.
 */
final class ConfiguredLocations {

  private static final String LOCAL_URL = "file:";

  private final IndexSettings settings;
  private final Consumer<String> warnings;
  private final List<Place> places = new ArrayList<>();
  private final List<Realm> realms = new ArrayList<>();
  private final Set<String> seen = new LinkedHashSet<>();

  private ConfiguredLocations(IndexSettings settings, Consumer<String> warnings) {
    this.settings = settings;
    this.warnings = warnings;
  }

  /** A location before there is a client to read it with. */
  private sealed interface Place {

    record Web(Kind kind, URI url, boolean trustUnhashed) implements Place {}

    record Local(Kind kind, String id, Path path) implements Place {}
  }

  /**
   * Reads and checks the configuration.
   *
   * @throws MirrorException (input) if a location makes no sense or there is none
   */
  static ConfiguredLocations of(IndexSettings settings, Consumer<String> warnings) {
    ConfiguredLocations all = new ConfiguredLocations(settings, warnings);
    List<IndexLocation> wanted = all.wanted();
    for (Kind kind : List.of(Kind.FIND_LINKS, Kind.INDEX)) {
      int number = 0;
      for (IndexLocation location : wanted) {
        if (location.kind() == kind) {
          all.add(location, kind.word() + ":" + number++);
        }
      }
    }
    if (all.places.isEmpty()) {
      throw MirrorException.input(
          "there is no package index to ask",
          "pip is configured with no-index or names none, and so is the plugin",
          "set -Dwheel-mirror.index=<URL of an index>, or correct `pip config list`");
    }
    return all;
  }

  /** Which credentials belong to which location. */
  List<Realm> realms() {
    return List.copyOf(realms);
  }

  /** The locations, in pip's order. */
  List<Location> locations(PageReader pages) {
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
                ? new LocalIndex(new LocalFolder(local.id(), local.path()))
                : new FindLinksDirectory(local.id(), local.path()));
      }
    }
    return locations;
  }

  private boolean isExplicit() {
    return !settings.explicit().isEmpty();
  }

  private List<IndexLocation> wanted() {
    if (isExplicit()) {
      return settings.explicit();
    }
    PipConfiguration pip = settings.pip();
    List<IndexLocation> wanted = new ArrayList<>();
    pip.findLinks().forEach(value -> wanted.add(plain(Kind.FIND_LINKS, value)));
    if (!pip.noIndex()) {
      String first = pip.indexUrl().isEmpty() ? settings.defaultIndexUrl() : pip.indexUrl();
      if (!first.isBlank()) {
        wanted.add(plain(Kind.INDEX, first));
      }
      pip.extraIndexUrls().forEach(value -> wanted.add(plain(Kind.INDEX, value)));
    }
    return wanted;
  }

  private static IndexLocation plain(Kind kind, String value) {
    return new IndexLocation(kind, value, false, Credentials.NONE);
  }

  private void add(IndexLocation location, String id) {
    String value = location.value().strip();
    Path path = path(value);
    boolean local = value.startsWith(LOCAL_URL) || Files.exists(path);
    if (local) {
      addLocal(location, id, path);
    } else if (value.matches("(?i)https?://.*")) {
      addWeb(location, value);
    } else {
      missing(location, "it is neither an existing folder nor an http or https URL");
    }
  }

  private Path path(String value) {
    try {
      return value.startsWith(LOCAL_URL)
          ? Path.of("/" + URI.create(value).getPath()).normalize()
          : settings.pip().environment().path(value);
    } catch (IllegalArgumentException e) {
      throw unusable(value, "it is no path: " + e.getMessage());
    }
  }

  private void addLocal(IndexLocation location, String id, Path path) {
    if (!Files.exists(path)) {
      missing(location, "there is no such folder");
    } else if (location.kind() == Kind.INDEX && !Files.isDirectory(path)) {
      throw unusable(location.value(), "it is a file, not the folder of an index");
    } else if (seen.add(location.kind() + " " + path)) {
      places.add(new Place.Local(location.kind(), id, path));
    }
  }

  private void addWeb(IndexLocation location, String value) {
    URI url;
    URI full;
    try {
      full = LinkResolver.resolve(URI.create("http://invalid/"), value);
      url = LinkResolver.withoutUserInfo(full);
    } catch (URISyntaxException e) {
      throw unusable(value, "it is no URL: " + e.getReason());
    }
    if (url.getHost() == null) {
      throw unusable(value, "it names no host");
    }
    checkSecurity(url);
    Credentials own = location.credentials();
    Credentials used = own.isPresent() ? own : Authorizations.inUrl(full).orElse(Credentials.NONE);
    if (used.isPresent()) {
      realms.add(new Realm(LinkResolver.asFolder(url), used));
    }
    URI key = location.kind() == Kind.INDEX ? LinkResolver.asFolder(url) : url;
    if (seen.add(location.kind() + " " + key)) {
      places.add(new Place.Web(location.kind(), key, location.trustUnhashed()));
    }
  }

  private void checkSecurity(URI url) {
    boolean trusted = HttpClientFactory.isTrusted(settings.pip(), url);
    boolean secure = "https".equalsIgnoreCase(url.getScheme());
    if (secure && trusted) {
      warnings.accept(
          "the certificate of "
              + url.getHost()
              + " is not checked, because pip's trusted-host names it");
    }
    if (secure || trusted || isLoopback(url.getHost())) {
      return;
    }
    if (!isExplicit()) {
      throw MirrorException.input(
          "the index " + SafeUrl.of(url) + " of pip's configuration cannot be used",
          "pip itself ignores it: its URL is not https and its host is not a trusted-host",
          "use its https URL, or add " + url.getHost() + " to pip's trusted-host");
    }
    warnings.accept(
        SafeUrl.of(url) + " is read without encryption: anyone on the way can change its pages");
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost") || host.matches("127\\.[0-9.]+|\\[::1]");
  }

  private void missing(IndexLocation location, String why) {
    if (isExplicit() || location.kind() == Kind.INDEX) {
      throw unusable(location.value(), why);
    }
    warnings.accept("pip's " + location + " is ignored, as pip does: " + why);
  }

  private MirrorException unusable(String value, String why) {
    return MirrorException.input(
        "the index location '" + SafeUrl.of(value) + "' cannot be used",
        why,
        isExplicit()
            ? "correct it in the plugin's configuration (wheel-mirror.index)"
            : "correct it in pip's configuration: pip config list, PIP_INDEX_URL, PIP_FIND_LINKS");
  }
}
