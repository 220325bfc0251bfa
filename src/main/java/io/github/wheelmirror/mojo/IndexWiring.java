package io.github.wheelmirror.mojo;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.builder.Interpreter;
import io.github.wheelmirror.builder.PipDefaults;
import io.github.wheelmirror.index.IndexLocation;
import io.github.wheelmirror.index.IndexSettings;
import io.github.wheelmirror.index.PipConfiguration;
import io.github.wheelmirror.index.PipEnvironment;
import io.github.wheelmirror.index.SimpleIndex;
import io.github.wheelmirror.mirror.MirrorRequest;
import io.github.wheelmirror.mirror.NamedPlace;
import io.github.wheelmirror.mirror.Outside;
import io.github.wheelmirror.selection.PlaceSource;
import io.github.wheelmirror.tree.OldFiles;
import io.github.wheelmirror.tree.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** pip's configuration, and the index that plans and downloads ask. */
final class IndexWiring {

  private static final Path NOWHERE = Path.of("/nonexistent");

  private final MirrorRequest request;
  private final Map<String, String> environment;
  private final PythonWiring pythons;
  private final Seen seen;
  private final Supplier<IndexSettings> settings = new Lazy<>(this::readSettings);

  IndexWiring(
      MirrorRequest request, Map<String, String> environment, PythonWiring pythons, Seen seen) {
    this.seen = seen;
    this.request = request;
    this.environment = environment;
    this.pythons = pythons;
  }

  /** What pip is told by files and variables that belong to no Python of its own. */
  PipConfiguration pipConfiguration() {
    return read(pipEnvironment(NOWHERE));
  }

  private PipConfiguration read(PipEnvironment pip) {
    seen.files(PipConfiguration.files(pip));
    return PipConfiguration.read(pip);
  }

  Outside.OpenIndex index() {
    SimpleIndex index = SimpleIndex.open(settings.get(), seen);
    return new Outside.OpenIndex(index, index.locations(), index.trustedUnhashed());
  }

  /** A client of upstream, or of a location that a person named. */
  PlaceSource places(NamedPlace place) {
    IndexLocation.Kind kind =
        place.kind() == NamedPlace.Kind.FIND_LINKS
            ? IndexLocation.Kind.FIND_LINKS
            : IndexLocation.Kind.INDEX;
    return SimpleIndex.open(
        place.kind() == NamedPlace.Kind.UPSTREAM
            ? settings.get()
            : settings
                .get()
                .onlyOf(List.of(new IndexLocation(kind, place.value(), false, Credentials.NONE))),
        seen);
  }

  /** The cached pages, which can be read again. */
  Store collectable() {
    return new OldFiles("index pages", pages(), Sha256::isDigest);
  }

  private Path pages() {
    return request.places().cache().resolve("pages");
  }

  /** What pip would find where, with what logins. */
  IndexSettings settings() {
    return settings.get();
  }

  private IndexSettings readSettings() {
    boolean named = !request.indexes().indexes().isEmpty();
    Optional<Interpreter> interpreter =
        named ? pythons.anyInterpreter() : Optional.of(pythons.defaultInterpreter());
    // a pip that does not answer is no reason to stop when its index is not wanted
    PipDefaults defaults =
        named
            ? new PipDefaults("", interpreter.map(IndexWiring::prefix).orElse(NOWHERE))
            : PipDefaults.ask(interpreter.orElseThrow(), pythons.answers());
    return new IndexSettings(
        read(pipEnvironment(defaults.prefix())),
        defaults.index(),
        explicitLocations(),
        false,
        pages(),
        IndexSettings.Limits.of(request.work().downloads()),
        request.offline(),
        request.indexes().anew());
  }

  /** What {@code sys.prefix} is unless somebody moved it. */
  private static Path prefix(Interpreter interpreter) {
    Path bin = interpreter.executable().getParent();
    Path prefix = bin == null ? null : bin.getParent();
    return prefix == null ? NOWHERE : prefix;
  }

  private List<IndexLocation> explicitLocations() {
    List<IndexLocation> locations = new ArrayList<>();
    for (String place : request.indexes().findLinks()) {
      locations.add(
          new IndexLocation(IndexLocation.Kind.FIND_LINKS, place, false, Credentials.NONE));
    }
    for (MirrorRequest.Index index : request.indexes().indexes()) {
      locations.add(
          new IndexLocation(
              IndexLocation.Kind.INDEX,
              index.url(),
              index.trustUnhashed(),
              index.login().orElse(Credentials.NONE)));
    }
    return locations;
  }

  private PipEnvironment pipEnvironment(Path prefix) {
    return new PipEnvironment(
        environment, pythons.home(), Path.of("/etc"), prefix, request.places().workspace());
  }
}
