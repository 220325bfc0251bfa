package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.ReportedPin;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** A world whose pins have faults, the runs in it, and what must be true in the end. */
final class FaultyRound {

  private static final List<String> LIMITS = List.of("timeout=5", "memory=640", "disk=20");

  /** What the builds of {@link Fault} try to write where they may not. */
  private static final List<String> STRAYS =
      List.of("wheel_mirror_stray.py", "escape", "escape.whl");

  private final Path root;
  private final MirrorScenario world;
  private final FaultySdists pins;
  private final Random random;
  private final FaultTally tally;
  private final String words;
  private final List<WatchedRun> runs = new ArrayList<>();

  /**
   * One round.
   *
   * @param random chooses whom to kill and when; how far it is used depends on the host's speed
   * @param words say which round it is
   */
  FaultyRound(
      Path root,
      MirrorScenario world,
      FaultySdists pins,
      Random random,
      FaultTally tally,
      String words) {
    this.root = root;
    this.world = world;
    this.pins = pins;
    this.random = random;
    this.tally = tally;
    this.words = words;
    tally.pins(pins.faults().values());
  }

  /** Two runs share a wheelhouse, are killed and run again. */
  void disturbAndFinish() throws Exception {
    Map<String, String> control = control();
    Path shared = root.resolve("shared");
    List<RunPlace> places = List.of(new RunPlace(shared, "one"), new RunPlace(shared, "two"));
    disturb(places);
    List<WatchedRun> last = new ArrayList<>();
    for (RunPlace place : places) {
      last.add(start(place, "until=build"));
    }
    for (WatchedRun run : last) {
      finish(run);
    }
    for (RunPlace place : places) {
      requireRightStates(place);
      assertThat(place.pool()).as(words).isEqualTo(control);
      assertThat(place.junk()).as(words).isEmpty();
    }
    requireNothingToBuild(places.get(random.nextInt(places.size())));
    requireNobodyLeft();
  }

  /** A run whose disk is too small. */
  void fillDisk(RunPlace place) throws Exception {
    world.branch("master", pins.lines(true));
    // where there is no room, the run itself may have to give up
    assertThat(start(place, "disk=1000", "until=build").end()).isIn(0, WholeChain.REFUSED);
  }

  /** A run in which nobody suffers from what another build writes. */
  void finishWithRoom(RunPlace place) throws Exception {
    finish(start(place, "disk=1000", "builds=1"));
    requireRightStates(place);
    requireReleased(place);
    requireNobodyLeft();
  }

  /** What the wheelhouse must hold in the end: only sound pins, built with nobody near. */
  private Map<String, String> control() throws Exception {
    RunPlace control = new RunPlace(root.resolve("control"), "alone");
    world.branch("master", pins.lines(false));
    finish(start(control, "until=build"));
    world.branch("master", pins.lines(true));
    assertThat(control.wheels()).as(words).isEqualTo(pins.lines(false).length);
    return control.pool();
  }

  private WatchedRun start(RunPlace place, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(LIMITS);
    WatchedRun run = WatchedRun.start(place, world, all);
    runs.add(run);
    return run;
  }

  private void finish(WatchedRun run) throws InterruptedException {
    assertThat(run.end()).as(words + "\n" + run.said()).isZero();
  }

  /** Whoever builds first is killed and started again, builders and a build are killed too. */
  private void disturb(List<RunPlace> places) throws Exception {
    try (WatchedRun one = start(places.get(0), "until=build");
        WatchedRun two = start(places.get(1), "until=build")) {
      WatchedRun killed = WatchedRun.awaitBuilder(List.of(one, two));
      WatchedRun other = killed.equals(one) ? two : one;
      assertThat(WatchedRun.processesIn(root)).as("who works is found").isNotEmpty();
      killBuilders(List.of(killed, other), random.nextInt(3000));
      tally.run(killed.isAlive());
      killed.kill();
      int unused = killed.end();
      assertThat(killed.left()).as(words).isEmpty();
      try (WatchedRun again = start(places.get(killed.equals(one) ? 0 : 1), "until=build")) {
        killBuilders(List.of(again, other), 1000 + random.nextInt(4000));
        tally.build(WatchedRun.killBuildSoon(List.of(again, other), random));
        finish(again);
        finish(other);
      }
    }
    for (RunPlace place : places) {
      requireStates(place, (outcome, fault) -> isRight(outcome, fault) || isKilled(outcome));
    }
  }

  private void killBuilders(List<WatchedRun> living, long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < deadline) {
      Thread.sleep(Math.min(millis, 300 + random.nextInt(1500)));
      tally.builder(living.get(random.nextInt(living.size())).killBuilder(random));
    }
  }

  private void requireRightStates(RunPlace place) {
    requireStates(place, FaultyRound::isRight);
  }

  private void requireStates(RunPlace place, BiPredicate<Outcome, Fault> allowed) {
    Workspace workspace = new Workspace(place.workspace());
    BuildReport report =
        workspace.read(workspace.buildReport(), BuildReport.class).orElseThrow().value();
    assertThat(report.pins()).as(words).hasSameSizeAs(pins.faults().keySet());
    List<String> wrong = new ArrayList<>();
    for (ReportedPin pin : report.pins()) {
      assertThat(pin.states()).as(words).hasSize(1);
      Outcome outcome = pin.states().get(0).outcome();
      if (!allowed.test(outcome, pins.fault(pin.pin()))) {
        wrong.add(pin.pin() + " " + outcome);
      }
    }
    assertThat(wrong).as(words + ", " + place.name()).isEmpty();
  }

  private static boolean isRight(Outcome outcome, Fault fault) {
    return outcome instanceof Outcome.Failed failed
        ? fault.ends().contains(failed.failureClass())
        : fault.isBuilt() && outcome.served();
  }

  /** Who was killed from outside is tried again by the next run. */
  private static boolean isKilled(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed && failed.failureClass() == FailureClass.KILLED;
  }

  private void requireReleased(RunPlace place) throws IOException {
    assertThat(place.junk()).as(words).isEmpty();
    assertThat(place.served().values()).as(words).hasSize(1);
    assertThat(place.served().values().iterator().next()).hasSize(pins.lines(false).length);
  }

  /** Only what may pass by itself is tried once more; all files stay as they are. */
  private void requireNothingToBuild(RunPlace place) throws Exception {
    Map<String, String> before = settled(place);
    finish(start(place));
    Map<String, String> after = settled(place);
    before.entrySet().removeAll(after.entrySet());
    assertThat(before).as(words + ", changed").isEmpty();
    requireRightStates(place);
    requireReleased(place);
  }

  /** All files that must not change any more; folders may, where a build came and went. */
  private Map<String, String> settled(RunPlace place) {
    Map<String, String> state = new TreeMap<>();
    for (Path part : List.of(place.workspace(), place.wheelhouse())) {
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

  private void requireNobodyLeft() throws Exception {
    for (WatchedRun run : runs) {
      assertThat(run.left()).as(words).isEmpty();
    }
    assertThat(WatchedRun.processesIn(root)).as(words).isEmpty();
    assertThat(strays()).as(words).isEmpty();
  }

  private List<String> strays() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      files.filter(FaultyRound::isStray).forEach(file -> found.add(file.toString()));
    }
    // names alone: others write there too, and a file may be gone before it is looked at
    for (Path shared : List.of(Path.of("/tmp"), Path.of("/dev/shm"))) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(shared)) {
        files.forEach(
            file -> {
              if (isStray(file)) {
                found.add(file.toString());
              }
            });
      }
    }
    return found;
  }

  private static boolean isStray(Path file) {
    return STRAYS.contains(file.getFileName().toString());
  }
}
