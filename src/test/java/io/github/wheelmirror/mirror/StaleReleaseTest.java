package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.tree.Problem;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Staleness;
import io.github.wheelmirror.tree.Verification;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Platforms whose last release is old. */
class StaleReleaseTest {

  private static final Instant RELEASED = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir Path folder;
  private MirrorScenario scenario;
  private Instant now = RELEASED;

  @BeforeEach
  void released() {
    scenario = MirrorScenario.quick(folder);
    scenario.changed(parts -> parts.clock = Clock.fixed(now, ZoneOffset.UTC));
    scenario.gate =
        new MirrorRequest.Gate(
            MirrorRequest.Gate.OPEN.minCoverage(), List.of(), Duration.ofDays(30));
    scenario.index.wheel("six", "1.17.0", "py3-none-any").wheel("six", "1.16.0", "py3-none-any");
    scenario.branch("master", "six===1.16.0");
    scenario.goals().deploy();
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private List<Problem> problems() {
    return scenario
        .workspace()
        .read(scenario.workspace().verification(), Verification.class)
        .orElseThrow()
        .value()
        .channels()
        .get(0)
        .problems();
  }

  @Test
  void anOldReleaseOfWhatHasChangedSinceIsTold() {
    scenario.branch("master", "six===1.17.0");
    now = RELEASED.plus(Duration.ofDays(30));
    scenario.goals().build();
    scenario.goals().verify();
    assertThat(problems()).isEmpty();
    now = now.plusSeconds(1);
    scenario.goals().verify();
    assertThat(problems())
        .extracting(Problem::words)
        .containsExactly(
            "region mirror serves what has changed since: release 1 is of 2026-03-01T00:00:00Z,"
                + " more than 30 days ago");
    scenario.goals().deploy();
    scenario.goals().verify();
    assertThat(problems()).as("it serves that now").isEmpty();
  }

  @Test
  void anOldReleaseOfWhatHasNotChangedIsNoHarm() {
    now = RELEASED.plus(Duration.ofDays(400));
    scenario.goals().build();
    scenario.goals().verify();
    assertThat(problems()).isEmpty();
  }

  @Test
  void statusTellsEveryOldRelease() {
    FakeRegion region = new FakeRegion("mirror", new ArrayList<>());
    region.release = new Release("a", "f".repeat(64), 7, RELEASED.toString());
    List<Region> regions = List.of(region);
    RecordedLines lines = new RecordedLines();
    Instant later = RELEASED.plus(Duration.ofDays(31));
    new ShowStatus(lines.log(), new Staleness(Duration.ofDays(31), later)).run(regions);
    assertThat(lines.all()).noneMatch(line -> line.contains("days ago"));
    new ShowStatus(lines.log(), new Staleness(Duration.ofDays(30), later)).run(regions);
    assertThat(lines.all())
        .anyMatch(
            line ->
                line.contains(
                    "mirror a: release 7 is of 2026-03-01T00:00:00Z, more than 30 days ago"));
  }
}
