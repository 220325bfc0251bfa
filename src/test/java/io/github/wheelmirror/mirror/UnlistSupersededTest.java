package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.tree.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that no branch pins any more leave the pages when they are asked to, and not before. */
class UnlistSupersededTest {
  private static final Instant DAY = Instant.parse("2026-11-01T00:00:00Z");

  @TempDir Path folder;
  private MirrorScenario scenario;
  private Instant now = DAY;

  @BeforeEach
  void threeReleases() {
    scenario = MirrorScenario.quick(folder);
    scenario.regions = List.of("mirror", "west");
    scenario.changed(parts -> parts.clock = Clock.fixed(now, ZoneOffset.UTC));
    scenario
        .index
        .wheel("six", "1.16.0", "py3-none-any")
        .wheel("six", "1.17.0", "py3-none-any")
        .sdist("simplegeneric", "0.8.1");
    scenario.branch("master", "six===1.16.0", "simplegeneric===0.8.1");
    scenario.lifecycle();
    now = day(10);
    scenario.branch("master", "six===1.17.0");
    scenario.lifecycle();
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private static Instant day(int days) {
    return DAY.plus(Duration.ofDays(days));
  }

  private void prune(int superseded, int graceDays, boolean dryRun) {
    new PruneRegions(scenario.outside())
        .run(
            new Retention(9, Duration.ofDays(900), List.of(), Duration.ofDays(graceDays), 1),
            superseded < 0 ? Optional.empty() : Optional.of(Duration.ofDays(superseded)),
            dryRun);
  }

  private String page(String project) throws IOException {
    return Files.readString(
        folder
            .resolve("mirror")
            .resolve(TestTargets.SLUG)
            .resolve("simple")
            .resolve(project)
            .resolve("index.html"));
  }

  private String served(String region) {
    return Objects.requireNonNull(scenario.served(region).get(TestTargets.SLUG));
  }

  @Test
  void itStaysForEverUnlessSomebodySaysForHowLong() throws IOException {
    now = day(1000);
    String before = served("mirror");
    prune(-1, 0, false);
    assertThat(served("mirror")).isEqualTo(before);
    assertThat(page("six")).contains("six-1.16.0", "data-yanked");
  }

  @Test
  void itStaysForItsTimeAndForItsGrace() {
    String before = served("mirror");
    now = day(19);
    prune(10, 0, false);
    assertThat(served("mirror")).as("superseded 9 days ago").isEqualTo(before);
    prune(0, 10, false);
    assertThat(served("mirror")).as("in grace").isEqualTo(before);
    now = day(21);
    prune(10, 0, true);
    assertThat(served("mirror")).as("only told").isEqualTo(before);
    assertThat(scenario.lines.all())
        .anyMatch(line -> line.contains("would list no more (nothing was changed) 2 of 3 files"));
    prune(10, 0, false);
    assertThat(served("mirror")).isNotEqualTo(before);
  }

  @Test
  void afterItsTimeItIsOnThePinnedUrlOfItsReleaseAlone() throws IOException {
    String before = served("mirror");
    now = day(40);
    prune(14, 7, false);
    assertThat(page("six")).contains("six-1.17.0").doesNotContain("six-1.16.0");
    assertThat(folder.resolve("mirror").resolve("@" + before).resolve("simple/simplegeneric"))
        .isDirectory();
    assertThat(served("west")).isEqualTo(served("mirror"));
    Map<String, String> state = MirrorScenario.state(folder.resolve("mirror"));
    prune(14, 7, false);
    assertThat(MirrorScenario.state(folder.resolve("mirror"))).isEqualTo(state);
    scenario.lifecycle();
    assertThat(page("six")).doesNotContain("six-1.16.0");
    assertThat(scenario.served("mirror")).isEqualTo(scenario.served("west"));
  }

  @Test
  void itsNameStaysItsOwn() throws IOException {
    now = day(40);
    prune(14, 7, false);
    // nobody has the old wheel any more, so it has to be built again
    Folders.remove(folder.resolve("cache/wheelhouse"));
    scenario.branch("master", "six===1.17.0", "simplegeneric===0.8.1");
    scenario.lifecycle();
    assertThat(scenario.outcome("simplegeneric===0.8.1")).isInstanceOf(Outcome.Built.class);
    assertThat(page("simplegeneric"))
        .contains("simplegeneric-0.8.1-2-py3")
        .doesNotContain("simplegeneric-0.8.1-1-py3");
  }

  @Test
  void theSameBytesMayComeBackUnderIt() throws IOException {
    now = day(40);
    prune(14, 7, false);
    scenario.branch("master", "six===1.17.0", "simplegeneric===0.8.1");
    scenario.lifecycle();
    assertThat(page("simplegeneric")).contains("simplegeneric-0.8.1-1-py3");
  }
}
