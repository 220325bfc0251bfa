package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.ReportedPin;
import io.github.wheelmirror.builder.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds that go wrong in every way, while their builders and the whole run are killed and another
 * run shares the wheelhouse: in the end each pin is in its right state. A sample by default, many
 * with {@code -Dlong=true}.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class FaultyBuildsTest {

  private static final int PINS = 26;
  private static final List<String> LIMITS = List.of("timeout=6", "memory=640", "disk=20");
  private static final String STRAY = "wheel_mirror_stray.py";

  @TempDir Path folder;
  private List<Fault> kinds;
  private int builds;
  private int builderKills;
  private int buildKills;
  private int runKills;

  @BeforeEach
  void findWhatThisHostCanStand() throws IOException {
    boolean isolated = Isolation.filesProtected(folder);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(isolated).as("name spaces are needed").isTrue();
    }
    kinds = FaultySdists.kinds(isolated);
  }

  @Test
  void everyPinEndsRightWhateverItsBuildDoesAndWhoeverIsKilled(TestReporter reporter)
      throws Exception {
    long seed = Long.getLong("seed", 20260301);
    int rounds = Boolean.getBoolean("long") ? 12 : 1;
    Random random = new Random(seed);
    for (int round = 0; round < rounds; round++) {
      Path root = Files.createDirectories(folder.resolve("round" + round)).toRealPath();
      try (MirrorScenario world = new MirrorScenario(root)) {
        new Round(root, world, random, "seed " + seed + ", round " + round).run();
      }
      Folders.remove(root);
    }
    reporter.publishEntry(
        "faults",
        "%d pins, killed: %d builders, %d builds, %d runs"
            .formatted(builds, builderKills, buildKills, runKills));
  }

  /** One world with its pins. */
  private final class Round {

    private final Path root;
    private final MirrorScenario world;
    private final Random random;
    private final String words;
    private final FaultySdists pins;
    private final List<WatchedRun> runs = new ArrayList<>();

    Round(Path root, MirrorScenario world, Random random, String words) {
      this.root = root;
      this.world = world;
      this.random = random;
      this.words = words;
      this.pins = FaultySdists.of(world.index, kinds, PINS, random);
      builds += PINS;
    }

    void run() throws Exception {
      RunPlace control = new RunPlace(root.resolve("control"), "alone");
      world.branch("master", pins.lines(false));
      finished(start(control, "until=build"));
      world.branch("master", pins.lines(true));
      Path shared = root.resolve("shared");
      List<RunPlace> places = List.of(new RunPlace(shared, "one"), new RunPlace(shared, "two"));
      disturbed(places.get(0), places.get(1));
      for (RunPlace place : places) {
        finished(start(place));
      }
      for (RunPlace place : places) {
        requireRightStates(place);
        assertThat(place.pool()).as(words).isEqualTo(control.pool());
        assertThat(place.junk()).as(words).isEmpty();
        assertThat(place.served().values()).as(words).hasSize(1);
        assertThat(place.served().values().iterator().next()).hasSize(pins.lines(false).length);
      }
      requireNothingToDo(places.get(0));
      for (WatchedRun run : runs) {
        assertThat(run.left()).as(words).isEmpty();
      }
      assertThat(WatchedRun.processesIn(root)).as(words).isEmpty();
      assertThat(strays(List.of(root, Path.of("/tmp"), Path.of("/dev/shm")))).as(words).isEmpty();
    }

    private WatchedRun start(RunPlace place, String... options) throws IOException {
      List<String> all = new ArrayList<>(LIMITS);
      all.addAll(List.of(options));
      WatchedRun run = WatchedRun.start(place, world, all);
      runs.add(run);
      return run;
    }

    private void finished(WatchedRun run) throws InterruptedException {
      assertThat(run.end()).as(words + "\n" + run.said()).isZero();
    }

    /** Two runs at once; one of them is killed and started again, builders are killed in both. */
    private void disturbed(RunPlace one, RunPlace two) throws Exception {
      try (WatchedRun killed = start(one, "until=build");
          WatchedRun other = start(two, "until=build")) {
        disturb(List.of(killed, other), 1500 + random.nextInt(6000));
        if (killed.isAlive()) {
          killed.kill();
          runKills++;
        }
        int unused = killed.end();
        assertThat(killed.left()).as(words).isEmpty();
        try (WatchedRun again = start(one, "until=build")) {
          disturb(List.of(again, other), 1000 + random.nextInt(8000));
          buildKills += again.killBuild(random) ? 1 : 0;
          finished(again);
          finished(other);
        }
      }
    }

    private void disturb(List<WatchedRun> living, long millis) throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      while (System.nanoTime() < deadline) {
        Thread.sleep(Math.min(millis, 300 + random.nextInt(1500)));
        WatchedRun victim = living.get(random.nextInt(living.size()));
        builderKills += victim.killBuilder(random) ? 1 : 0;
      }
    }

    private void requireRightStates(RunPlace place) {
      Workspace workspace = new Workspace(place.workspace());
      BuildReport report =
          workspace.read(workspace.buildReport(), BuildReport.class).orElseThrow().value();
      assertThat(report.pins()).as(words).hasSize(PINS);
      List<String> wrong = new ArrayList<>();
      for (ReportedPin pin : report.pins()) {
        Fault fault = pins.faults().get(pin.pin().name().value());
        pin.states().stream()
            .map(state -> state.outcome())
            .filter(outcome -> !isRight(outcome, fault))
            .forEach(outcome -> wrong.add(pin.pin() + " " + outcome));
      }
      assertThat(wrong).as(words + ", " + place.name()).isEmpty();
    }

    private static boolean isRight(Outcome outcome, Fault fault) {
      return outcome instanceof Outcome.Failed failed
          ? fault.ends().contains(failed.failureClass())
          : fault.isBuilt() && outcome.served();
    }

    /** Only what may pass by itself is tried once more, and nothing comes of it. */
    private void requireNothingToDo(RunPlace place) throws Exception {
      Map<String, String> before = settled(place);
      finished(start(place));
      assertThat(settled(place)).as(words).isEqualTo(before);
      requireRightStates(place);
    }

    private Map<String, String> settled(RunPlace place) {
      Map<String, String> state = MirrorScenario.state(place.root());
      state.keySet().removeIf(file -> file.startsWith("cache/http") || isTriedAgain(file));
      return state;
    }

    private boolean isTriedAgain(String file) {
      return pins.faults().entrySet().stream()
          .anyMatch(pin -> !pin.getValue().isSettled() && file.contains("/logs/" + pin.getKey()));
    }

    private List<String> strays(List<Path> places) throws IOException {
      List<String> found = new ArrayList<>();
      for (Path place : places) {
        int depth = place.equals(root) ? Integer.MAX_VALUE : 1;
        try (Stream<Path> files = Files.walk(place, depth)) {
          files.filter(file -> file.endsWith(STRAY)).forEach(file -> found.add(file.toString()));
        }
      }
      return found;
    }
  }
}
