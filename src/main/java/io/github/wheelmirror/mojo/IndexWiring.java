package io.github.wheelmirror.mojo;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.builder.Interpreter;
import io.github.wheelmirror.builder.PipDefaults;
import io.github.wheelmirror.index.IndexLocation;
import io.github.wheelmirror.index.IndexSettings;
import io.github.wheelmirror.index.PipConfiguration;
import io.github.wheelmirror.index.PipEnvironment;
import io.github.wheelmirror.index.SimpleIndex;
import io.github.wheelmirror.mirror.MirrorRequest;
import io.github.wheelmirror.mirror.Outside;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** pip's configuration, and the index that plans and downloads ask. */
final class IndexWiring {

  private static final Path NOWHERE = Path.of("/nonexistent");

  private final MirrorRequest request;
  private final Map<String, String> environment;
  private final PythonWiring pythons;

  IndexWiring(MirrorRequest request, Map<String, String> environment, PythonWiring pythons) {
    this.request = request;
    this.environment = environment;
    this.pythons = pythons;
  }

  /** What pip is told by files and variables that belong to no Python of its own. */
  PipConfiguration pipConfiguration() {
    return PipConfiguration.read(pipEnvironment(NOWHERE));
  }

  Outside.OpenIndex index() {
    boolean named = !request.indexes().indexes().isEmpty();
    Optional<Interpreter> interpreter =
        named ? pythons.anyInterpreter() : Optional.of(pythons.defaultInterpreter());
    // a pip that does not answer is no reason to stop when its index is not wanted
    PipDefaults defaults =
        named
            ? new PipDefaults("", interpreter.map(IndexWiring::prefix).orElse(NOWHERE))
            : PipDefaults.ask(
                interpreter.orElseThrow(), pythons.runner(), pythons.path(), pythons.home());
    PipConfiguration pip = PipConfiguration.read(pipEnvironment(defaults.prefix()));
    SimpleIndex index =
        SimpleIndex.open(
            new IndexSettings(
                pip,
                defaults.index(),
                explicitLocations(pip, defaults.index()),
                request.places().cache().resolve("pages"),
                IndexSettings.Limits.of(request.work().downloads()),
                request.offline()));
    return new Outside.OpenIndex(index, index.locations(), index.trustedUnhashed());
  }

  /** What {@code sys.prefix} is unless somebody moved it. */
  private static Path prefix(Interpreter interpreter) {
    Path bin = interpreter.executable().getParent();
    Path prefix = bin == null ? null : bin.getParent();
    return prefix == null ? NOWHERE : prefix;
  }

  /** Find-links alone come in addition to pip's own locations; indexes come instead of them. */
  private List<IndexLocation> explicitLocations(PipConfiguration pip, String defaultIndex) {
    List<IndexLocation> locations = new ArrayList<>();
    request.indexes().findLinks().forEach(place -> locations.add(findLinks(place)));
    for (MirrorRequest.Index index : request.indexes().indexes()) {
      locations.add(
          new IndexLocation(
              IndexLocation.Kind.INDEX,
              index.url(),
              index.trustUnhashed(),
              index.login().orElse(Credentials.NONE)));
    }
    if (!locations.isEmpty() && request.indexes().indexes().isEmpty()) {
      pip.findLinks().forEach(place -> locations.add(findLinks(place)));
      if (!pip.noIndex()) {
        String first = pip.indexUrl().isEmpty() ? defaultIndex : pip.indexUrl();
        Stream.concat(Stream.of(first), pip.extraIndexUrls().stream())
            .filter(url -> !url.isBlank())
            .forEach(url -> locations.add(pipIndex(url)));
      }
    }
    return locations;
  }

  private static IndexLocation findLinks(String place) {
    return new IndexLocation(IndexLocation.Kind.FIND_LINKS, place, false, Credentials.NONE);
  }

  private static IndexLocation pipIndex(String url) {
    return new IndexLocation(IndexLocation.Kind.INDEX, url, false, Credentials.NONE);
  }

  private PipEnvironment pipEnvironment(Path prefix) {
    return new PipEnvironment(
        environment, pythons.home(), Path.of("/etc"), prefix, request.places().workspace());
  }
}
