package io.github.wheelmirror.mojo;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.HandOverStore;
import io.github.wheelmirror.builder.Interpreter;
import io.github.wheelmirror.git.GitAccess;
import io.github.wheelmirror.git.GitConstraintsSource;
import io.github.wheelmirror.index.InstallerNetwork;
import io.github.wheelmirror.index.PipConfiguration;
import io.github.wheelmirror.mirror.LockStore;
import io.github.wheelmirror.mirror.MirrorRequest;
import io.github.wheelmirror.mirror.NamedPlace;
import io.github.wheelmirror.mirror.Outside;
import io.github.wheelmirror.mirror.Sdists;
import io.github.wheelmirror.mirror.ServeMirror;
import io.github.wheelmirror.mirror.Witness;
import io.github.wheelmirror.process.PipedProgram;
import io.github.wheelmirror.report.MirrorLog;
import io.github.wheelmirror.selection.PlaceSource;
import io.github.wheelmirror.tree.OldFiles;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Store;
import io.github.wheelmirror.tree.Wheelhouse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses adapters and connects them, with the other wiring classes as its parts. */
final class Wiring {

  private final MirrorRequest request;
  private final Map<String, String> environment;
  private final PythonWiring pythons;
  private final IndexWiring indexes;
  private final BuilderWiring builders;
  private final RegionWiring regions;
  private final Seen seen;

  /**
   * @param secrets files of this run that no build may see
   */
  Wiring(
      MirrorRequest request,
      Map<String, String> environment,
      Path home,
      List<Path> secrets,
      Seen seen) {
    this.request = request;
    this.environment = environment;
    this.seen = seen;
    this.pythons = new PythonWiring(request, environment, home, seen);
    this.indexes = new IndexWiring(request, environment, pythons, seen);
    this.builders = new BuilderWiring(request, environment, pythons, indexes, secrets);
    this.regions = new RegionWiring(request, new InstallerNetwork(indexes::pipConfiguration));
  }

  /** Everything that the use cases need. */
  Outside outside(MirrorLog log) {
    Path cache = request.places().cache();
    Wheelhouse wheelhouse = new Wheelhouse(cache.resolve("wheelhouse"), log::warning);
    return new Outside(
        this::constraints,
        pythons::targets,
        indexes::index,
        new Lazy<>(builders::builder),
        wheelhouse,
        new Sdists(cache.resolve("sdists")),
        new LockStore(cache.resolve("locks"), cache.resolve("build-wheels")),
        regions.regions(),
        log,
        Clock.systemUTC(),
        Outside.Experience.in(
            wheelhouse, new Lazy<>(builders::circumstances), request.work().retryFailed()),
        new Outside.Clients(
            new Lazy<>(builders::clients),
            folder -> regions.server(0, true, folder),
            new Lazy<>(builders::sampleInstaller)),
        seen);
  }

  /** What adapters keep in the cache that can be made again. */
  List<Store> collectable() {
    return List.of(
        builders.collectable(),
        indexes.collectable(),
        new OldFiles(
            "notes of builds", request.places().cache().resolve(Witness.FOLDER), Sha256::isDigest));
  }

  /** A client of upstream, or of a location that a person named. */
  PlaceSource places(NamedPlace place) {
    return indexes.places(place);
  }

  /** A bucket for what shards hand over. */
  HandOverStore handOverStore(String url, @Nullable Credentials login) {
    return regions.handOverStore(url, login);
  }

  /** Tags of all Pythons of this host, newest first. */
  List<String> pythons() {
    return pythons.interpreters().all().stream().map(Interpreter::pythonTag).distinct().toList();
  }

  /** Where releases go. */
  List<Region> regions() {
    return regions.regions();
  }

  /** A running server of the first region, or of what is staged. */
  ServeMirror.Server server(int port, boolean staged, Path stagedFolder) {
    return regions.server(port, staged, stagedFolder);
  }

  private GitConstraintsSource constraints() {
    MirrorRequest.ConstraintsSettings settings = request.constraints();
    PipConfiguration pip = indexes.pipConfiguration();
    GitAccess access =
        GitAccess.anonymous(PipedProgram::start)
            .withCredentials(settings.login().orElse(Credentials.NONE))
            .withEnvironment(environment)
            .withOffline(request.offline());
    Optional<Path> authorities = pip.trustedAuthorities();
    if (authorities.isPresent()) {
      access = access.withCertificates(List.of(authorities.get()));
    }
    return new GitConstraintsSource(
        settings.url(), request.places().cache().resolve("git"), access);
  }
}
