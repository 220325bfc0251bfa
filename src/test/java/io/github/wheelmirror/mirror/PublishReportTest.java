package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a deploy leaves beside its release. */
class PublishReportTest {

  @TempDir Path folder;
  private MirrorScenario scenario;

  @BeforeEach
  void aRelease() {
    scenario = MirrorScenario.quick(folder);
    scenario.index.wheel("six", "1.17.0", "py3-none-any").sdist("broken", "1.0");
    scenario.branch("master", "six===1.17.0", "broken===1.0");
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private Path report(int serial) {
    return folder.resolve("mirror/reports/" + TestTargets.SLUG + "/" + serial);
  }

  @Test
  void eachReleaseHasItsReportWithItselfInIt() throws IOException {
    scenario.lifecycle();
    assertThat(Files.readString(report(1).resolve("index.html"))).contains("none: the only region");
    assertThat(Files.readString(report(1).resolve("status.json"))).contains("\"serial\" : 1");
    assertThat(report(1).resolve("logs/broken-1.0-cp311.txt")).exists();
    scenario.index.wheel("six", "1.18.0", "py3-none-any");
    scenario.branch("master", "six===1.18.0", "broken===1.0");
    Files.delete(scenario.workspace().resolution());
    scenario.workspace = "another";
    scenario.lifecycle();
    assertThat(Files.readString(report(2).resolve("releases.html"))).contains("1.17.0 → 1.18.0");
    assertThat(scenario.lines.warnings()).noneMatch(line -> line.contains("report"));
  }

  @Test
  void aReleaseIsWithoutOneIfSo() {
    scenario.goals().deployWithoutReport();
    assertThat(scenario.served("mirror")).isNotEmpty();
    assertThat(folder.resolve("mirror/reports")).doesNotExist();
  }

  @Test
  void nothingToReleaseWritesNoReport() {
    scenario.lifecycle();
    Map<String, String> before = MirrorScenario.state(folder.resolve("mirror"));
    scenario.lifecycle();
    assertThat(MirrorScenario.state(folder.resolve("mirror"))).isEqualTo(before);
  }

  @Test
  void whatAKilledRunReleasedGetsItsReportByTheNextRun() throws IOException {
    scenario.lifecycle();
    Map<String, String> whole = MirrorScenario.state(folder.resolve("mirror"));
    Folders.remove(folder.resolve("mirror/reports"));
    scenario.lines.clear();
    scenario.lifecycle();
    assertThat(Files.readString(report(1).resolve("status.json"))).contains("\"serial\" : 1");
    assertThat(report(1).resolve("logs/broken-1.0-cp311.txt")).exists();
    assertThat(scenario.lines.all()).anyMatch(line -> line.contains("nothing to release"));
    assertThat(scenario.lines.warnings()).noneMatch(line -> line.contains("report"));
    Map<String, String> now = MirrorScenario.state(folder.resolve("mirror"));
    assertThat(now.keySet()).isEqualTo(whole.keySet());
    scenario.lifecycle();
    assertThat(MirrorScenario.state(folder.resolve("mirror"))).isEqualTo(now);
  }

  @Test
  void onlyTheRegionThatLacksItGetsOne() {
    List<String> events = Collections.synchronizedList(new ArrayList<>());
    FakeRegion east = new FakeRegion("east", events);
    FakeRegion west = new FakeRegion("west", events);
    scenario.regions(List.<Region>of(east, west));
    west.failsToPublish = true;
    scenario.lifecycle();
    west.failsToPublish = false;
    events.clear();
    scenario.lifecycle();
    assertThat(events).contains("report west 1").doesNotContain("report east 1");
    events.clear();
    scenario.lifecycle();
    assertThat(events).noneMatch(event -> event.startsWith("report"));
  }

  @Test
  void aReleaseThatIsNotOfThisRunGetsNoReportOfIt() throws IOException {
    scenario.lifecycle();
    Folders.remove(folder.resolve("mirror/reports"));
    Map<String, String> before = MirrorScenario.state(folder.resolve("mirror"));
    scenario.branch("master", "absent===1");
    scenario.goals().build();
    assertThatThrownBy(() -> scenario.goals().deploy())
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining(TestTargets.SLUG);
    assertThat(MirrorScenario.state(folder.resolve("mirror"))).isEqualTo(before);
  }

  @Test
  void withoutReportsNoneIsMissed() {
    scenario.goals().deployWithoutReport();
    scenario.goals().deployWithoutReport();
    assertThat(folder.resolve("mirror/reports")).doesNotExist();
  }

  @Test
  void aReportThatCannotBePublishedIsAWarningAndTheReleaseStands() throws IOException {
    Path mirror = Files.createDirectories(folder.resolve("mirror"));
    Files.writeString(mirror.resolve("reports"), "in the way");
    scenario.lifecycle();
    assertThat(scenario.served("mirror")).containsOnlyKeys(TestTargets.SLUG);
    assertThat(scenario.lines.warnings())
        .anyMatch(
            line ->
                line.contains("serves release 1 of " + TestTargets.SLUG + " without its report"));
  }
}
