package io.github.wheelmirror.clients;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.build.PlanSettings;
import io.github.wheelmirror.build.UpstreamWheels;
import io.github.wheelmirror.builder.BuildEnvironments;
import io.github.wheelmirror.builder.BuildLimits;
import io.github.wheelmirror.builder.BuildPlaces;
import io.github.wheelmirror.builder.CompilerCache;
import io.github.wheelmirror.builder.EnvironmentMaker;
import io.github.wheelmirror.builder.HostTargets;
import io.github.wheelmirror.builder.HostWheelBuilder;
import io.github.wheelmirror.builder.InstallerSettings;
import io.github.wheelmirror.builder.Interpreter;
import io.github.wheelmirror.builder.Interpreters;
import io.github.wheelmirror.builder.Pep517WheelBuilder;
import io.github.wheelmirror.builder.PrivatePlaces;
import io.github.wheelmirror.builder.PythonAnswers;
import io.github.wheelmirror.builder.RustToolchains;
import io.github.wheelmirror.builder.SdistUnpacker;
import io.github.wheelmirror.builder.TargetProbe;
import io.github.wheelmirror.builder.UnpackLimits;
import io.github.wheelmirror.builder.WheelAgreement;
import io.github.wheelmirror.constraints.BranchPatterns;
import io.github.wheelmirror.constraints.NonPins;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.git.GitAccess;
import io.github.wheelmirror.git.GitConstraintsSource;
import io.github.wheelmirror.index.IndexLocation;
import io.github.wheelmirror.index.IndexSettings;
import io.github.wheelmirror.index.PipConfiguration;
import io.github.wheelmirror.index.PipEnvironment;
import io.github.wheelmirror.index.SimpleIndex;
import io.github.wheelmirror.mirror.LockStore;
import io.github.wheelmirror.mirror.MirrorGoals;
import io.github.wheelmirror.mirror.MirrorRequest;
import io.github.wheelmirror.mirror.Outside;
import io.github.wheelmirror.mirror.Sdists;
import io.github.wheelmirror.mirror.SessionMemo;
import io.github.wheelmirror.mirror.Workspace;
import io.github.wheelmirror.process.PipedProgram;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.process.SearchPath;
import io.github.wheelmirror.publish.DirectoryRegion;
import io.github.wheelmirror.publish.RegionSettings;
import io.github.wheelmirror.report.Lines;
import io.github.wheelmirror.report.TextMirrorLog;
import io.github.wheelmirror.tree.Wheelhouse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** The real use cases with the real adapters, wired as the goals do it but without Maven. */
public final class MirrorRun {

  private static final SearchPath PATH =
      SearchPath.withSystem(System.getenv().getOrDefault("PATH", ""));
  private static final Path HOME =
      Path.of(System.getenv().getOrDefault("HOME", System.getProperty("user.home")));
  private static final String REGION = "region";

  private final Path folder;
  private final String constraints;
  private final BranchPatterns branches;
  private final String index;
  private final Supplier<List<Target>> targets;
  private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

  /**
   * A run.
   *
   * @param folder where everything is kept
   * @param constraints the Git repository
   * @param index the upstream index
   */
  public MirrorRun(
      Path folder,
      String constraints,
      BranchPatterns branches,
      String index,
      Supplier<List<Target>> targets) {
    this.folder = folder;
    this.constraints = constraints;
    this.branches = branches;
    this.index = index;
    this.targets = targets;
  }

  /** The Pythons of this host. */
  static Interpreters interpreters() {
    return new Interpreters(
        new TargetProbe(PythonAnswers.of(() -> ProcessRunner.using(PATH), HOME, PATH)),
        PATH,
        HOME,
        Map.of());
  }

  /** The targets of these Pythons. */
  static List<Target> targets(List<Interpreter> interpreters) {
    return interpreters.stream().map(HostTargets::of).toList();
  }

  /** The goals, as a new Maven session has them. */
  public MirrorGoals goals() {
    return new MirrorGoals(request(), outside(), new SessionMemo(new ConcurrentHashMap<>()));
  }

  /** The stage files. */
  public Workspace workspace() {
    return new Workspace(folder.resolve("workspace"));
  }

  /** The root of the released tree. */
  public Path region() {
    return folder.resolve(REGION);
  }

  /** What was told so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  private MirrorRequest request() {
    return new MirrorRequest(
        new MirrorRequest.ConstraintsSettings(
            constraints, "upper-constraints.txt", null, branches, NonPins.ERROR, List.of()),
        new MirrorRequest.TargetSettings(List.of(), Map.of(), List.of()),
        new MirrorRequest.IndexSettings(
            List.of(new MirrorRequest.Index(index, null, false)), List.of()),
        new PlanSettings(
            UpstreamWheels.MIRROR, List.of(), List.of(), LocalDate.parse("2026-01-01")),
        new MirrorRequest.WorkSettings(
            8,
            2,
            MirrorRequest.BuildBounds.of(Duration.ofMinutes(5)),
            false,
            0,
            false,
            false,
            false),
        new MirrorRequest.ReleaseSettings(
            List.of(new MirrorRequest.RegionSettings(REGION, region())), Duration.ofMinutes(1)),
        new MirrorRequest.Places(folder.resolve("workspace"), folder.resolve("cache")),
        new MirrorRequest.Command("mvn wheel-mirror:", ""),
        false);
  }

  private Outside outside() {
    Path cache = folder.resolve("cache");
    HostWheelBuilder builder = builder(cache.resolve("environments"));
    Wheelhouse wheelhouse = new Wheelhouse(cache.resolve("wheelhouse"));
    return new Outside(
        () ->
            new GitConstraintsSource(
                constraints, cache.resolve("git"), GitAccess.anonymous(PipedProgram::start)),
        targets,
        () -> openIndex(cache.resolve("pages")),
        () -> builder,
        wheelhouse,
        new Sdists(cache.resolve("sdists")),
        new LockStore(cache.resolve("locks"), cache.resolve("build-wheels")),
        List.of(new DirectoryRegion(new RegionSettings(REGION, region()))),
        new TextMirrorLog(new Recorded(), "workspace/"),
        Clock.systemUTC(),
        Outside.Experience.in(wheelhouse, () -> "", false),
        new Outside.Clients(
            List::of,
            staged -> {
              throw new IllegalStateException("no client is asked");
            }),
        new Seen());
  }

  private Outside.OpenIndex openIndex(Path pages) {
    // nothing of the machine's own pip configuration
    PipEnvironment nothing =
        new PipEnvironment(Map.of("PIP_CONFIG_FILE", "/dev/null"), folder, folder, folder, folder);
    SimpleIndex opened =
        SimpleIndex.open(
            new IndexSettings(
                PipConfiguration.read(nothing),
                "",
                List.of(
                    new IndexLocation(IndexLocation.Kind.INDEX, index, false, Credentials.NONE)),
                pages,
                IndexSettings.Limits.of(8),
                false));
    return new Outside.OpenIndex(opened, opened.locations(), opened.trustedUnhashed());
  }

  private HostWheelBuilder builder(Path environments) {
    ProcessRunner runner = ProcessRunner.using(PATH);
    Interpreters interpreters = interpreters();
    return new HostWheelBuilder(
        interpreters,
        new Pep517WheelBuilder(
            runner,
            PATH,
            RustToolchains.NONE,
            new BuildEnvironments(
                environments,
                new EnvironmentMaker(runner, interpreters, PATH, HOME),
                new InstallerSettings(
                    Map.of("PIP_CONFIG_FILE", "/dev/null", "PIP_INDEX_URL", index)),
                Duration.ofMinutes(5),
                Clock.systemUTC()),
            new SdistUnpacker(UnpackLimits.DEFAULT),
            new WheelAgreement(String::equals),
            CompilerCache.NONE,
            PrivatePlaces.NONE),
        BuildLimits.of(Duration.ofMinutes(5), 1 << 20),
        new BuildPlaces(environments, environments));
  }

  private final class Recorded implements Lines {
    @Override
    public void info(String line) {
      lines.add(line);
    }

    @Override
    public void warn(String line) {
      lines.add("! " + line);
    }

    @Override
    public void summary(String line, boolean attention) {
      lines.add((attention ? "! " : "") + line);
    }
  }
}
