package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.TreeMap;
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

  private static final List<String> LIMITS = List.of("timeout=5", "memory=640", "disk=20");
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
    int rounds = Boolean.getBoolean("long") ? 10 : 1;
    int count = Boolean.getBoolean("long") ? 30 : 26;
    Random random = new Random(seed);
    for (int round = 0; round < rounds; round++) {
      Path root = Files.createDirectories(folder.resolve("round" + round)).toRealPath();
      try (MirrorScenario world = new MirrorScenario(root)) {
        String words = "seed " + seed + ", round " + round;
        FaultySdists pins = FaultySdists.of(world.index, kinds, count, random);
        new Round(root, world, pins, random, words).run();
      }
      Folders.remove(root);
    }
    String figures =
        "%d pins; killed: %d builders, %d builds, %d runs"
            .formatted(builds, builderKills, buildKills, runKills);
    reporter.publishEntry("faults", figures);
    assertThat(builderKills + runKills).as(figures).isGreaterThanOrEqualTo(rounds);
  }

  @Test
  void fullDiskIsNobodysFaultButThatOfWhoFillsIt() throws Exception {
    Random random = new Random(Long.getLong("seed", 20260301));
    Path root = Files.createDirectories(folder.resolve("small")).toRealPath();
    RunPlace place = new RunPlace(root.resolve("shared"), "one");
    Path disk = Files.createDirectories(place.workspace());
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString());
    assumeTrue(mounted, "no right to mount a tmpfs: full disks are not tested");
    try (MirrorScenario world = new MirrorScenario(root)) {
      List<Fault> fillers = List.of(Fault.FILLS_DISK, Fault.FILLS_DISK);
      FaultySdists pins = FaultySdists.of(world.index, fillers, 12, random);
      new Round(root, world, pins, random, "small disk").runOnSmallDisk(place);
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** One world with its pins. */
  private final class Round {

    private final Path root;
    private final MirrorScenario world;
    private final Random random;
    private final String words;
    private final FaultySdists pins;
    private final List<WatchedRun> runs = new ArrayList<>();

    Round(Path root, MirrorScenario world, FaultySdists pins, Random random, String words) {
      this.root = root;
      this.world = world;
      this.pins = pins;
      this.random = random;
      this.words = words;
      builds += pins.faults().size();
    }

    /** What the wheelhouse must hold in the end: only sound pins, built with nobody near. */
    private Map<String, String> control() throws Exception {
      RunPlace control = new RunPlace(root.resolve("control"), "alone");
      world.branch("master", pins.lines(false));
      finished(start(control, "until=build"));
      world.branch("master", pins.lines(true));
      return control.pool();
    }

    void run() throws Exception {
      Map<String, String> control = control();
      Path shared = root.resolve("shared");
      List<RunPlace> places = List.of(new RunPlace(shared, "one"), new RunPlace(shared, "two"));
      disturbed(places.get(0), places.get(1));
      List<WatchedRun> last = new ArrayList<>();
      for (RunPlace place : places) {
        last.add(start(place, "until=build"));
      }
      for (WatchedRun run : last) {
        finished(run);
      }
      for (RunPlace place : places) {
        requireRightStates(place);
        assertThat(place.pool()).as(words).isEqualTo(control);
      }
      requireNothingToBuild(places.get(random.nextInt(places.size())));
      requireNobodyLeft();
    }

    void runOnSmallDisk(RunPlace place) throws Exception {
      world.branch("master", pins.lines(true));
      // where there is no room, the run itself may have to give up
      assertThat(start(place, "disk=1000", "until=build").end()).isIn(0, WholeChain.REFUSED);
      finished(start(place, "disk=1000", "builds=1"));
      requireRightStates(place);
      requireReleased(place);
      requireNobodyLeft();
    }

    private void requireReleased(RunPlace place) throws IOException {
      assertThat(place.junk()).as(words).isEmpty();
      assertThat(place.served().values()).as(words).hasSize(1);
      assertThat(place.served().values().iterator().next()).hasSize(pins.lines(false).length);
    }

    private void requireNobodyLeft() throws Exception {
      for (WatchedRun run : runs) {
        assertThat(run.left()).as(words).isEmpty();
      }
      assertThat(WatchedRun.processesIn(root)).as(words).isEmpty();
      assertThat(strays(List.of(root, Path.of("/tmp"), Path.of("/dev/shm")))).as(words).isEmpty();
    }

    private WatchedRun start(RunPlace place, String... options) throws IOException {
      List<String> all = new ArrayList<>(List.of(options));
      all.addAll(LIMITS);
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
        killed.awaitBuilder();
        disturb(List.of(killed, other), random.nextInt(5000));
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
      assertThat(report.pins()).as(words).hasSize(pins.faults().size());
      List<String> wrong = new ArrayList<>();
      for (ReportedPin pin : report.pins()) {
        Fault fault = pins.fault(pin.pin());
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

    /** Only what may pass by itself is tried once more; all files stay as they are. */
    private void requireNothingToBuild(RunPlace place) throws Exception {
      Map<String, String> before = settled(place);
      finished(start(place));
      Map<String, String> after = settled(place);
      before.entrySet().removeAll(after.entrySet());
      assertThat(before).as(words + ", changed").isEmpty();
      requireRightStates(place);
      requireReleased(place);
    }

    /** All files that must not change any more; folders may, where a build came and went. */
    private Map<String, String> settled(RunPlace place) {
      Map<String, String> state = new TreeMap<>();
      for (Path part : List.of(place.workspace(), place.cache().resolve("wheelhouse"))) {
        MirrorScenario.state(part)
            .forEach((file, facts) -> state.put(part.resolve(file).toString(), facts));
      }
      state.keySet().removeIf(file -> isTriedAgain(file) || Files.isDirectory(Path.of(file)));
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
