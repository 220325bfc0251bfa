package io.github.wheelmirror.mojo;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.WheelBuilder;
import io.github.wheelmirror.builder.BuildEnvironments;
import io.github.wheelmirror.builder.BuildLimits;
import io.github.wheelmirror.builder.EnvironmentMaker;
import io.github.wheelmirror.builder.HostTargets;
import io.github.wheelmirror.builder.HostWheelBuilder;
import io.github.wheelmirror.builder.Interpreter;
import io.github.wheelmirror.builder.Interpreters;
import io.github.wheelmirror.builder.Pep517WheelBuilder;
import io.github.wheelmirror.builder.PipDefaults;
import io.github.wheelmirror.builder.SdistUnpacker;
import io.github.wheelmirror.builder.TargetProbe;
import io.github.wheelmirror.builder.UnpackLimits;
import io.github.wheelmirror.builder.WheelAgreement;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.git.GitAccess;
import io.github.wheelmirror.git.GitConstraintsSource;
import io.github.wheelmirror.index.IndexLocation;
import io.github.wheelmirror.index.IndexSettings;
import io.github.wheelmirror.index.PipConfiguration;
import io.github.wheelmirror.index.PipEnvironment;
import io.github.wheelmirror.index.SimpleIndex;
import io.github.wheelmirror.mirror.LockStore;
import io.github.wheelmirror.mirror.MirrorRequest;
import io.github.wheelmirror.mirror.Outside;
import io.github.wheelmirror.mirror.RegionStatus;
import io.github.wheelmirror.mirror.Sdists;
import io.github.wheelmirror.mirror.ServeMirror;
import io.github.wheelmirror.mirror.StagedSnapshots;
import io.github.wheelmirror.mirror.TargetFile;
import io.github.wheelmirror.process.PipedProgram;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.process.SearchPath;
import io.github.wheelmirror.publish.DirectoryRegion;
import io.github.wheelmirror.publish.RegionSettings;
import io.github.wheelmirror.publish.RegionTree;
import io.github.wheelmirror.publish.ServedTree;
import io.github.wheelmirror.publish.StagedTree;
import io.github.wheelmirror.publish.StaticServer;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.report.MirrorLog;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The one place that chooses adapters and connects them. */
final class Wiring {

  private static final long MAX_BUILD_LOG_BYTES = 64L << 20;
  private static final Path NOWHERE = Path.of("/nonexistent");
  private static final Duration ENVIRONMENT_TIMEOUT = Duration.ofMinutes(20);

  private final MirrorRequest request;
  private final Map<String, String> environment;
  private final Path home;
  private final SearchPath path;
  private final Supplier<ProcessRunner> runner;
  private final Supplier<Interpreters> interpreters;

  Wiring(MirrorRequest request, Map<String, String> environment, Path home) {
    this.request = request;
    this.environment = environment;
    this.home = home;
    this.path = SearchPath.withSystem(environment.getOrDefault("PATH", ""));
    this.runner = new Lazy<>(() -> ProcessRunner.using(path));
    this.interpreters =
        new Lazy<>(
            () ->
                new Interpreters(
                    new TargetProbe(runner.get(), home, path),
                    path,
                    home,
                    request.targets().interpreters()));
  }

  /** A value made once, when first asked for. */
  private static final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private Optional<T> value = Optional.empty();

    Lazy(Supplier<T> maker) {
      this.maker = maker;
    }

    @Override
    public synchronized T get() {
      if (value.isEmpty()) {
        value = Optional.of(maker.get());
      }
      return value.get();
    }
  }

  /** Everything that the use cases need. */
  Outside outside(MirrorLog log) {
    Path cache = request.places().cache();
    return new Outside(
        this::constraints,
        this::targets,
        this::index,
        new Lazy<>(this::builder),
        new Wheelhouse(cache.resolve("wheelhouse")),
        new Sdists(cache.resolve("sdists")),
        new LockStore(cache.resolve("locks"), cache.resolve("build-wheels")),
        List.<Region>copyOf(regions()),
        log,
        Clock.systemUTC());
  }

  /** What every region serves. */
  List<RegionStatus> status() {
    if (request.release().regions().isEmpty()) {
      throw MirrorException.input(
          "there is no region to ask",
          "neither <region> nor <regions> is configured",
          "name a mirror's folder with -Dwheel-mirror.region=FOLDER");
    }
    List<RegionStatus> all = new ArrayList<>();
    for (DirectoryRegion region : regions()) {
      region
          .status()
          .forEach(
              channel ->
                  all.add(
                      new RegionStatus(
                          region.name(),
                          channel.slug(),
                          channel.snapshot(),
                          channel.serial(),
                          channel.released(),
                          channel.previous(),
                          channel.interrupted(),
                          channel.files())));
    }
    return all;
  }

  /** A running server of the first region, or of what is staged. */
  ServeMirror.Server server(int port, boolean staged, Path stagedFolder) {
    ServedTree tree = staged ? stagedTree(stagedFolder) : regionTree();
    StaticServer server = StaticServer.start(tree, port);
    return new ServeMirror.Server() {
      @Override
      public URI url() {
        return server.url();
      }

      @Override
      public List<String> channels() {
        try {
          return tree.channels().stream().map(ServedTree.Channel::slug).toList();
        } catch (IOException e) {
          throw MirrorException.machinery(
              "the channels cannot be listed", IoWords.of(e), "see whether the disk is healthy", e);
        }
      }

      @Override
      public void close() {
        server.close();
      }
    };
  }

  private ServedTree regionTree() {
    List<MirrorRequest.RegionSettings> regions = request.release().regions();
    if (regions.isEmpty()) {
      throw MirrorException.input(
          "there is no region to serve",
          "neither <region> nor <regions> is configured",
          "name a mirror's folder with -Dwheel-mirror.region=FOLDER, or serve what is staged with"
              + " -Dwheel-mirror.serve.staged");
    }
    Path directory = regions.get(0).directory();
    if (!Files.isDirectory(directory)) {
      throw MirrorException.input(
          directory + " cannot be served",
          "there is no such folder",
          "run " + request.command().goal("deploy") + " first");
    }
    return new RegionTree(new RegionSettings(regions.get(0).name(), directory));
  }

  private ServedTree stagedTree(Path stagedFolder) {
    return new StagedTree(
        StagedSnapshots.in(stagedFolder),
        new Wheelhouse(request.places().cache().resolve("wheelhouse")));
  }

  private GitConstraintsSource constraints() {
    MirrorRequest.ConstraintsSettings settings = request.constraints();
    PipConfiguration pip = PipConfiguration.read(pipEnvironment(NOWHERE));
    GitAccess access =
        GitAccess.anonymous(PipedProgram::start)
            .withCredentials(settings.login().orElse(Credentials.NONE))
            .withEnvironment(environment)
            .withOffline(request.offline());
    if (!pip.certificates().isEmpty() && Files.isRegularFile(Path.of(pip.certificates()))) {
      access = access.withCertificates(List.of(Path.of(pip.certificates())));
    }
    return new GitConstraintsSource(
        settings.url(), request.places().cache().resolve("git"), access);
  }

  private List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    request.targets().files().forEach(file -> targets.add(TargetFile.read(file)));
    for (String python : request.targets().pythons()) {
      targets.add(HostTargets.of(interpreters.get().find(python)));
    }
    if (targets.isEmpty()) {
      targets.add(HostTargets.of(defaultInterpreter()));
    }
    return targets.stream().distinct().toList();
  }

  private Interpreter defaultInterpreter() {
    return anyInterpreter()
        .orElseThrow(
            () ->
                MirrorException.input(
                    "there is no Python here",
                    "neither the PATH nor ~/.pyenv/versions has one",
                    "install python3 with pip, or name one with <interpreters>"));
  }

  /** The first that is configured, the {@code python3} that a person would get, or the newest. */
  private Optional<Interpreter> anyInterpreter() {
    for (String python : request.targets().pythons()) {
      return Optional.of(interpreters.get().find(python));
    }
    Optional<Path> python3 = path.find("python3");
    if (python3.isPresent()) {
      return Optional.of(interpreters.get().find(python3.get().toString()));
    }
    return interpreters.get().all().stream().findFirst();
  }

  private Outside.OpenIndex index() {
    boolean named = !request.indexes().indexes().isEmpty();
    Optional<Interpreter> interpreter =
        named ? anyInterpreter() : Optional.of(defaultInterpreter());
    // a pip that does not answer is no reason to stop when its index is not wanted
    PipDefaults defaults =
        named
            ? new PipDefaults("", interpreter.map(Wiring::prefix).orElse(NOWHERE))
            : PipDefaults.ask(interpreter.orElseThrow(), runner.get(), path, home);
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
        environment, home, Path.of("/etc"), prefix, request.places().workspace());
  }

  private WheelBuilder builder() {
    EnvironmentMaker maker = new EnvironmentMaker(runner.get(), interpreters.get(), path, home);
    io.github.wheelmirror.builder.IndexSettings settings =
        io.github.wheelmirror.builder.IndexSettings.ofUser(environment);
    List<String> urls = request.indexes().indexes().stream().map(Wiring::urlWithLogin).toList();
    BuildEnvironments environments =
        new BuildEnvironments(
            request.places().cache().resolve("environments"),
            maker,
            urls.isEmpty() ? settings : settings.withIndexes(urls),
            ENVIRONMENT_TIMEOUT,
            Clock.systemUTC());
    return new HostWheelBuilder(
        interpreters.get(),
        new Pep517WheelBuilder(
            runner.get(),
            path,
            environments,
            new SdistUnpacker(UnpackLimits.DEFAULT),
            new WheelAgreement((a, b) -> Version.parse(a).equals(Version.parse(b)))),
        new BuildLimits(
            request.work().bounds().timeout(),
            MAX_BUILD_LOG_BYTES,
            request.work().bounds().memoryBytes(),
            BuildLimits.PROCESSES,
            request.work().bounds().diskBytes()));
  }

  /** pip takes credentials in the URL only; it gets them through its environment. */
  private static String urlWithLogin(MirrorRequest.Index index) {
    return index
        .login()
        .map(
            login ->
                index
                    .url()
                    .replaceFirst(
                        "^(https?://)",
                        "$1"
                            + java.util.regex.Matcher.quoteReplacement(
                                encode(login.username())
                                    + ":"
                                    + encode(login.password().reveal())
                                    + "@")))
        .orElse(index.url());
  }

  private static String encode(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }

  private List<DirectoryRegion> regions() {
    return request.release().regions().stream()
        .map(
            region ->
                new DirectoryRegion(
                    new RegionSettings(
                        region.name(),
                        region.directory(),
                        region.url(),
                        request.release().lockTimeout())))
        .toList();
  }
}
