package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.Exclude;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.PinOverride;
import io.github.wheelmirror.build.PlanSettings;
import io.github.wheelmirror.build.UpstreamWheels;
import io.github.wheelmirror.build.WheelBuilder;
import io.github.wheelmirror.constraints.BranchPatterns;
import io.github.wheelmirror.constraints.ExtraPin;
import io.github.wheelmirror.constraints.NonPins;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.it.ConstraintsRepository;
import io.github.wheelmirror.it.LocalIndex;
import io.github.wheelmirror.mojo.ProductionWiring;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Signing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A constraints repository, an index and a region, all local and real, and the goals on them. */
final class MirrorScenario implements AutoCloseable {

  final Path folder;
  final LocalIndex index;
  final ConstraintsRepository repository;
  final RecordedLines lines = new RecordedLines();
  final QuickBuilder quickBuilder = new QuickBuilder();

  List<Exclude> excludes = List.of();
  List<PinOverride> overrides = List.of();
  List<ExtraPin> extraPins = List.of();
  List<String> excludedBranches = List.of();
  List<String> pythons = List.of();
  List<String> regions = List.of("mirror");
  NonPins nonPins = NonPins.ERROR;
  UpstreamWheels upstreamWheels = UpstreamWheels.MIRROR;
  boolean failOnNew;
  boolean retryFailed;
  int builds = 2;
  int checkReproducible;
  boolean updateLock;
  long wheelhouseLimit;
  boolean trustUnhashed;
  String indexUrl;
  List<String> findLinks = List.of();
  String workspace = "workspace";
  String cache = "cache";
  Map<String, String> environment = System.getenv();

  /** The digest of all that is configured, as goals tell it; "" where nobody asks for a witness. */
  String settings = "";

  Duration lockTimeout = Duration.ofSeconds(60);
  MirrorRequest.ClientSettings clients = MirrorRequest.ClientSettings.NONE;
  MirrorRequest.Gate gate = MirrorRequest.Gate.OPEN;
  RegionPolicy policy = RegionPolicy.ALL;
  boolean checkPublicUrls = true;
  UnaryOperator<Outside> change = outside -> outside;

  MirrorScenario(Path folder) {
    try {
      this.folder = folder;
      this.index = LocalIndex.start();
      this.indexUrl = index.url();
      this.repository = ConstraintsRepository.at(folder.resolve("constraints.git"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the constructor, with two made-up targets and a builder that needs no Python. */
  static MirrorScenario quick(Path folder) {
    MirrorScenario scenario = new MirrorScenario(folder);
    scenario.targets(List.of(TestTargets.cpython("cp311"), TestTargets.cpython("cp312")));
    return scenario.builder(scenario.quickBuilder);
  }

  MirrorScenario branch(String name, String... lines) {
    try {
      repository.branch(name, String.join("\n", lines) + "\n");
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  MirrorScenario policy(RegionPolicy wanted, boolean looks) {
    policy = wanted;
    checkPublicUrls = looks;
    return this;
  }

  MirrorRequest request() {
    return new MirrorRequest(
        new MirrorRequest.ConstraintsSettings(
            repository.url(),
            "upper-constraints.txt",
            null,
            new BranchPatterns(List.of(), excludedBranches, List.of()),
            nonPins,
            extraPins),
        new MirrorRequest.TargetSettings(pythons, Map.of(), List.of()),
        new MirrorRequest.IndexSettings(
            List.of(new MirrorRequest.Index(indexUrl, null, trustUnhashed)), findLinks),
        new PlanSettings(upstreamWheels, excludes, List.of(), LocalDate.parse("2026-03-01"))
            .overriding(overrides),
        new MirrorRequest.WorkSettings(
            4,
            builds,
            MirrorRequest.BuildBounds.of(Duration.ofMinutes(5)),
            false,
            checkReproducible,
            failOnNew,
            retryFailed,
            updateLock),
        new MirrorRequest.ReleaseSettings(
            regions.stream()
                .map(name -> new MirrorRequest.RegionSettings(name, folder.resolve(name)))
                .toList(),
            gate,
            lockTimeout,
            clients,
            policy,
            checkPublicUrls,
            Signing.NONE),
        new MirrorRequest.Places(folder.resolve(workspace), folder.resolve(cache), wheelhouseLimit),
        new MirrorRequest.Command("mvn wheel-mirror:", ""),
        false);
  }

  Outside outside() {
    return outside(new Seen());
  }

  private Outside outside(Seen seen) {
    return change.apply(ProductionWiring.outside(request(), lines.log(seen), environment, seen));
  }

  Workspace workspace() {
    return new Workspace(folder.resolve(workspace));
  }

  /** The goals in a session of their own. */
  MirrorGoals goals() {
    return goals(new SessionMemo(new ConcurrentHashMap<>()));
  }

  MirrorGoals goals(SessionMemo memo) {
    Seen seen = memo.seen(folder.resolve(workspace));
    seen.settings(settings);
    return new MirrorGoals(request(), outside(seen), memo);
  }

  /** What {@code mvn deploy} does: all goals in one session. */
  void lifecycle() {
    SessionMemo memo = new SessionMemo(new ConcurrentHashMap<>());
    goals(memo).resolve();
    goals(memo).plan();
    goals(memo).build();
    goals(memo).snapshot();
    goals(memo).verify();
    goals(memo).deploy();
  }

  /** Another builder. */
  MirrorScenario builder(WheelBuilder builder) {
    return changed(parts -> parts.builder = () -> builder);
  }

  /** A host of these circumstances. */
  MirrorScenario on(Supplier<String> circumstances) {
    UnaryOperator<Outside> before = change;
    change =
        outside -> {
          Outside o = before.apply(outside);
          boolean retry = o.experience().retryFailed();
          return OutsideParts.changed(
              o,
              parts ->
                  parts.experience = Outside.Experience.in(o.wheelhouse(), circumstances, retry));
        };
    return this;
  }

  /** Other targets. */
  MirrorScenario targets(List<Target> targets) {
    return changed(parts -> parts.targets = () -> targets);
  }

  /** Other regions. */
  MirrorScenario regions(List<Region> fakes) {
    return changed(parts -> parts.regions = fakes);
  }

  /** Other parts of what is outside. */
  MirrorScenario changed(Consumer<OutsideParts> exchange) {
    UnaryOperator<Outside> before = change;
    change = outside -> OutsideParts.changed(before.apply(outside), exchange);
    return this;
  }

  BuildPlan plan() {
    return workspace().read(workspace().plan(), BuildPlan.class).orElseThrow().value();
  }

  BuildReport report() {
    return workspace().read(workspace().buildReport(), BuildReport.class).orElseThrow().value();
  }

  /** The outcome of a pin, of the same kind on all targets and branches. */
  Outcome outcome(String pin) {
    List<Outcome> outcomes =
        report().pins().stream()
            .filter(each -> each.pin().toString().equals(pin))
            .flatMap(each -> each.states().stream())
            .map(state -> state.outcome())
            .toList();
    assertThat(outcomes).as(pin).isNotEmpty();
    assertThat(outcomes.stream().map(Outcome::label).distinct()).as(pin).hasSize(1);
    return outcomes.get(0);
  }

  /** Ids of the snapshots that a region serves, by slug. */
  Map<String, String> served(String region) {
    try {
      Map<String, String> served = new TreeMap<>();
      Path channels = folder.resolve(region).resolve("channels");
      if (Files.isDirectory(channels)) {
        try (Stream<Path> slugs = Files.list(channels)) {
          for (Path slug : slugs.toList()) {
            Path current = slug.resolve("current");
            if (Files.isSymbolicLink(current)) {
              served.put(
                  slug.getFileName().toString(),
                  Files.readSymbolicLink(current).getFileName().toString());
            }
          }
        }
      }
      return served;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What must stay as it is when there is nothing to do. */
  static Map<String, String> state(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      Map<String, String> state = new TreeMap<>();
      for (Path file : (Iterable<Path>) files::iterator) {
        BasicFileAttributes facts =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        state.put(
            folder.relativize(file).toString(),
            facts.fileKey() + " " + facts.lastModifiedTime() + " " + facts.size());
      }
      return state;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String json(Object value) {
    return new String(Json.write(value), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Threads of runs that did not end with them; one that is just ending is waited for. */
  static List<String> threadsLeft() {
    List<String> left = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("wheel-mirror")) {
        try {
          thread.join(5000);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
          left.add(thread.getName());
        }
      }
    }
    return left;
  }

  @Override
  public void close() {
    index.close();
  }
}
