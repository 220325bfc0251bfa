package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.wheelmirror.builder.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds that go wrong in every way, while their builders and the whole run are killed and another
 * run shares the wheelhouse: in the end each pin is in its right state. A sample by default, many
 * with {@code -Dlong=true}; {@code -Dseed=NUMBER} chooses other ones.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class FaultyBuildsTest {

  private static final long SEED = Long.getLong("seed", 20260301);
  private static final boolean LONG = Boolean.getBoolean("long");

  /** Each round of the long run has every kind, and some sound pins. */
  private static final int PINS = LONG ? 30 : 12;

  private static final int FAULTY_PINS = LONG ? 300 : 1;

  private static final int SMALL_DISK_PINS = 8;

  @TempDir Path folder;
  private boolean isolated;

  @BeforeEach
  void findWhatThisHostCanStand() throws IOException {
    isolated = Isolation.filesProtected(folder);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(isolated).as("name spaces are needed").isTrue();
    }
  }

  @Test
  void everyPinEndsRightWhateverItsBuildDoesAndWhoeverIsKilled() throws Exception {
    FaultTally tally = new FaultTally();
    long start = System.nanoTime();
    int round = 0;
    for (; tally.faulty() < FAULTY_PINS; round++) {
      Path root = Files.createDirectories(folder.resolve("round" + round)).toRealPath();
      Random random = new Random(SEED + round);
      List<Fault> kinds =
          LONG ? FaultySdists.kinds(isolated) : FaultySdists.someKinds(isolated, random);
      try (MirrorScenario world = new MirrorScenario(root)) {
        FaultySdists pins = FaultySdists.of(world.index, kinds, PINS, random);
        new FaultyRound(root, world, pins, random, tally, words(round)).disturbAndFinish();
      }
      Folders.remove(root);
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    System.out.println(words(round) + " is the end after " + seconds + " s: " + tally);
    if (LONG) {
      assertThat(tally.killedBuilders()).as("builders").isGreaterThanOrEqualTo(round);
      assertThat(tally.killedBuilds()).as("builds").isPositive();
      assertThat(tally.killedRuns()).as("runs").isGreaterThan(round / 2);
    }
    assumeTrue(isolated, "no name spaces: these were left out: " + Fault.ATTACKS);
  }

  private static String words(int round) {
    return "seed " + SEED + ", round " + round;
  }

  @Test
  void fullDiskIsNobodysFaultButThatOfWhoFillsIt() throws Exception {
    RunPlace place = place();
    try (SmallDisk disk = SmallDisk.mount(place.workspace(), "16m");
        MirrorScenario world = new MirrorScenario(folder.toRealPath())) {
      FaultyRound round = round(world, List.of(Fault.FILLS_DISK, Fault.FILLS_DISK));
      round.fillDisk(place);
      round.finishWithRoom(place);
    }
  }

  @Test
  void fullWheelhouseTakesTheRestWhenThereIsRoom() throws Exception {
    RunPlace place = place();
    try (SmallDisk disk = SmallDisk.mount(place.wheelhouse(), "64k");
        MirrorScenario world = new MirrorScenario(folder.toRealPath())) {
      FaultyRound round = round(world, List.of());
      round.fillDisk(place);
      assertThat(place.wheels()).as("there is no room for all").isLessThan(SMALL_DISK_PINS);
      disk.resize("16m");
      round.finishWithRoom(place);
    }
  }

  private RunPlace place() throws IOException {
    return new RunPlace(folder.toRealPath().resolve("shared"), "one");
  }

  private FaultyRound round(MirrorScenario world, List<Fault> kinds) {
    Random random = new Random(SEED);
    FaultySdists pins = FaultySdists.of(world.index, kinds, SMALL_DISK_PINS, random);
    return new FaultyRound(world.folder, world, pins, random, new FaultTally(), "small disk");
  }
}
