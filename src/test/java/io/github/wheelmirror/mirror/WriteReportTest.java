package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a real chain of goals, at each of its steps. */
class WriteReportTest {

  @TempDir Path folder;
  private MirrorScenario scenario;

  @BeforeEach
  void aPinOfEachKind() {
    scenario = MirrorScenario.quick(folder);
    scenario.index.wheel("six", "1.17.0", "py3-none-any");
    scenario.index.sdist("broken", "1.0").sdist("own", "2.0");
    scenario.branch(
        "master",
        "six===1.17.0",
        "broken===1.0",
        "own===2.0",
        "absent===3.0",
        "never===1;python_version<'3'");
    scenario.branch("stable/2025.1", "six===1.17.0");
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private void write() {
    new WriteReport(scenario.outside(), scenario.request()).run();
  }

  private Path report() {
    return scenario.workspace().report();
  }

  private String page(String name) throws IOException {
    return Files.readString(report().resolve(name));
  }

  private JsonNode json(String name) throws IOException {
    return Json.tree(Files.readAllBytes(report().resolve(name)), name);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /** The state of a pin on cp312. */
  private String state(String pin) throws IOException {
    for (JsonNode each : json("report.json").path("pins")) {
      if (each.path("pin").asText().equals(pin)) {
        for (JsonNode state : each.path("states")) {
          if (state.path("target").asText().endsWith("/cp312")) {
            return state.path("state").asText();
          }
        }
      }
    }
    return "";
  }

  @Test
  void beforeTheFirstRunItSaysSo() throws IOException {
    scenario.regions(List.<Region>of());
    write();
    assertThat(scenario.lines.all()).last().asString().contains("report/index.html");
    assertThat(page("index.html")).contains("nothing is known yet", "No region is configured");
    assertThat(json("status.json").path("state").asText()).isEqualTo("warning");
  }

  @Test
  void onlyPagesOfAnOlderReportGo() throws IOException {
    scenario.regions(List.<Region>of());
    Path old = Files.createDirectories(report()).resolve("branch-stable-2020.1.html");
    Path own = report().resolve("summer.odt");
    for (Path file : List.of(old, own)) {
      Files.writeString(file, "what was there");
    }
    write();
    assertThat(old).doesNotExist();
    assertThat(own).hasContent("what was there");
  }

  @Test
  void eachStepOfTheChainShowsMore() throws IOException {
    scenario.goals().resolve();
    write();
    assertThat(state("six===1.17.0")).isEqualTo("wanted");
    assertThat(state("never===1")).isEqualTo("not-applicable");
    scenario.goals().plan();
    write();
    assertThat(json("report.json").path("basis").asText()).isEqualTo("planned");
    assertThat(state("six===1.17.0")).isEqualTo("mirror");
    assertThat(state("own===2.0")).isEqualTo("build");
    assertThat(state("absent===3.0")).isEqualTo("unsatisfiable");
    scenario.goals().build();
    write();
    assertThat(json("report.json").path("basis").asText()).isEqualTo("built");
    assertThat(state("six===1.17.0")).isEqualTo("mirrored");
    assertThat(state("own===2.0")).isEqualTo("built");
    assertThat(state("broken===1.0")).isEqualTo("failed");
    assertThat(page("failures.html"))
        .contains("no compiler: 1 pin", "no gcc", "install gcc", "no such project: 1 pin")
        .contains("href=\"logs/broken-1.0-cp311.txt\"");
    assertThat(page("logs/broken-1.0-cp311.txt")).isEqualTo("building broken===1.0\n");
    assertThat(page("pins-o.html"))
        .contains("href=\"logs/own-2.0-cp311.txt\"", "built from the sdist");
    assertThat(page("branch-stable-2025.1.html")).contains("six").doesNotContain("broken");
    assertThat(json("status.json").path("failures").toString())
        .isEqualTo("{\"no-compiler\":1,\"no-such-project\":1}");
  }

  @Test
  void nothingOfThisMachineIsInIt() throws IOException {
    scenario.goals().build();
    Path log = folder.resolve("workspace/logs/own-2.0-cp311.log");
    Files.writeString(
        log,
        "in %s and %s from https://user:secret@index.example.org/x\n"
            .formatted(folder.resolve("workspace"), folder.resolve("cache")));
    write();
    assertThat(page("logs/own-2.0-cp311.txt"))
        .isEqualTo("in <workspace> and <cache> from https://****@index.example.org/x\n");
    try (var files = Files.walk(report())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContain(folder.toString());
      }
    }
  }

  @Test
  void whatAStrangerNamedIsNoFileToRead() throws IOException {
    scenario.goals().build();
    Path secret = Files.writeString(folder.resolve("secret.log"), "secret");
    Path log = folder.resolve("workspace/logs/broken-1.0-cp311.log");
    Files.delete(log);
    Files.createSymbolicLink(log, secret);
    write();
    assertThat(report().resolve("logs/broken-1.0-cp311.txt")).doesNotExist();
    assertThat(page("failures.html")).doesNotContain("href=\"logs/broken-1.0-cp311.txt\"");
  }

  @Test
  void releasesAreShownWithWhatChanged() throws IOException {
    scenario.lifecycle();
    scenario.index.wheel("six", "1.18.0", "py3-none-any");
    scenario.branch("master", "six===1.18.0", "own===2.0");
    scenario.lifecycle();
    write();
    JsonNode releases = json("releases.json").path("releases");
    assertThat(releases).hasSize(2);
    assertThat(releases.get(0).path("before").asText()).isEmpty();
    assertThat(releases.get(1).path("changed").asInt()).isEqualTo(1);
    assertThat(page("releases.html")).contains("1.17.0 → 1.18.0");
    assertThat(page("pins-s.html")).contains("1.17.0 → 1.18.0");
    assertThat(page("index.html")).contains("none: the only region", "Coverage over releases");
    JsonNode region = json("status.json").path("regions").get(0);
    assertThat(region.path("serial").asInt()).isEqualTo(2);
    assertThat(region.path("standing").asText()).isEqualTo("current");
  }

  @Test
  void whatAnEarlierReportFoundOutlivesItsSnapshot() throws IOException {
    List<String> versions = List.of("1.18.0", "1.19.0", "1.20.0");
    scenario.lifecycle();
    for (String version : versions) {
      scenario.index.wheel("six", version, "py3-none-any");
      scenario.branch("master", "six===" + version);
      scenario.branch("stable/2025.1", "six===" + version);
      scenario.lifecycle();
    }
    write();
    JsonNode before = json("releases.json").path("releases");
    Clock later = Clock.fixed(Instant.parse("2126-01-01T00:00:00Z"), ZoneOffset.UTC);
    scenario.changed(parts -> parts.clock = later);
    new PruneRegions(scenario.outside())
        .run(
            new Retention(1, Duration.ZERO, List.of(), Duration.ofHours(1), 1),
            Optional.empty(),
            false);
    scenario.lines.clear();
    write();
    assertThat(json("releases.json").path("releases")).isEqualTo(before).hasSize(4);
    assertThat(scenario.lines.warnings()).isEmpty();
    Files.delete(report().resolve("releases.json"));
    write();
    // the last release was published with its report
    assertThat(json("releases.json").path("releases")).isEqualTo(before);
    Files.delete(report().resolve("releases.json"));
    Folders.remove(folder.resolve("mirror/reports"));
    write();
    JsonNode anew = json("releases.json").path("releases");
    assertThat(anew.get(0).path("known").asBoolean()).isFalse();
    assertThat(anew.get(3).path("known").asBoolean()).isTrue();
    assertThat(scenario.lines.warnings()).isEmpty();
  }

  @Test
  void withoutAWorkspaceItShowsWhatIsReleased() throws IOException {
    scenario.lifecycle();
    scenario.workspace = "another";
    write();
    assertThat(json("report.json").path("basis").asText()).isEqualTo("released");
    assertThat(state("six===1.17.0")).isEqualTo("mirrored");
    assertThat(state("broken===1.0")).isEqualTo("failed");
    assertThat(page("index.html")).contains("what is released");
    assertThat(page("branch-master.html")).contains("own", "broken");
  }

  @Test
  void aRegionThatCannotBeAskedHidesNothingElse() throws IOException {
    FakeRegion east = new FakeRegion("east", new ArrayList<>());
    FakeRegion west = new FakeRegion("west", new ArrayList<>()).serving(3, "a");
    FakeRegion north = new FakeRegion("north", new ArrayList<>()).serving(2, "b");
    east.unreachable = true;
    scenario.regions(List.of(east, west, north));
    scenario.goals().resolve();
    write();
    JsonNode status = json("status.json");
    assertThat(status.path("state").asText()).isEqualTo("error");
    assertThat(texts(status.path("problems")))
        .contains("east could not be asked: region east failed: cannot be reached")
        .contains("north " + TestTargets.SLUG + ": drift: behind");
    assertThat(state("six===1.17.0")).isEqualTo("wanted");
  }

  @Test
  void aRegionWithWhatIsLeftOfAnOldReleaseIsBehindWhateverItsSerial() throws IOException {
    FakeRegion east = new FakeRegion("east", new ArrayList<>());
    FakeRegion west = new FakeRegion("west", new ArrayList<>());
    east.serving(1, "a", "2026-01-01T00:00:00Z").serving(2, "b", "2026-01-02T00:00:00Z");
    west.serving(1, "a", "2026-01-01T00:00:00Z").left(3, "c", "a", "2026-01-03T00:00:00Z");
    scenario.regions(List.of(west, east));
    scenario.goals().resolve();
    write();
    assertThat(texts(json("status.json").path("problems")))
        .contains("west " + TestTargets.SLUG + ": drift: behind")
        .noneMatch(problem -> problem.startsWith("east"));
  }

  @Test
  void whatIsDueInARegionIsAProblemOfItOnce() throws IOException {
    FakeRegion east = new FakeRegion("east", new ArrayList<>()).serving(3, "a");
    FakeRegion west = new FakeRegion("west", new ArrayList<>());
    FakeRegion north = new FakeRegion("north", new ArrayList<>()).serving(3, "a");
    east.quarantined =
        Quarantine.NONE.plus(
            new QuarantineEntry("bad===1", List.of(), "malware", "2026-01-01T00:00:00Z"));
    west.afterPruneDue = true;
    north.quarantineUnreadable = true;
    scenario.regions(List.of(east, west, north));
    write();
    String slug = " " + TestTargets.SLUG + ": ";
    assertThat(json("status.json").path("state").asText()).isEqualTo("warning");
    assertThat(texts(json("status.json").path("problems")))
        .contains(
            "west" + slug + "drift: not released here",
            "west"
                + slug
                + "something was removed, and <afterPrune> has not succeeded since; the next"
                + " prune, quarantine or deploy that has the command runs it",
            "west"
                + slug
                + "its quarantine lacks 1 of 1 entries (bad===1); the next deploy or quarantine"
                + " applies it",
            "north" + slug + "region north failed: its quarantine was changed")
        .noneMatch(problem -> problem.startsWith("east"));
  }

  @Test
  void aBuildOfAnEarlierPlanIsNotShown() throws IOException {
    scenario.goals().build();
    scenario.index.wheel("six", "1.18.0", "py3-none-any");
    scenario.branch("master", "six===1.18.0");
    scenario.goals().plan();
    write();
    assertThat(json("report.json").path("basis").asText()).isEqualTo("planned");
    assertThat(texts(json("report.json").path("notes")))
        .contains("what was built is of an earlier plan and not shown; build again");
  }

  @Test
  void aDamagedFileIsToldAndTheRestShown() throws IOException {
    scenario.goals().build();
    Files.writeString(scenario.workspace().buildReport(), "{");
    write();
    assertThat(json("report.json").path("basis").asText()).isEqualTo("planned");
    assertThat(texts(json("report.json").path("notes")))
        .anyMatch(note -> note.startsWith("build-report.json cannot be used"));
    assertThat(scenario.lines.warnings()).anyMatch(line -> line.contains("build-report.json"));
  }

  @Test
  void pagesThatAreNoLongerTrueAreRemovedAndOthersStay() throws IOException {
    scenario.goals().build();
    write();
    assertThat(report().resolve("branch-stable-2025.1.html")).exists();
    Path log = report().resolve("logs/broken-1.0-cp311.txt");
    Object before = Files.getLastModifiedTime(log);
    scenario.excludedBranches = List.of("stable/2025.1");
    scenario.goals().build();
    write();
    assertThat(report().resolve("branch-stable-2025.1.html")).doesNotExist();
    assertThat(Files.getLastModifiedTime(log)).isEqualTo(before);
    // it was built by an earlier run
    assertThat(report().resolve("logs/own-2.0-cp311.txt")).doesNotExist();
  }

  @Test
  void aReportThatCannotBeWrittenIsAFailure() throws IOException {
    Files.createDirectories(folder.resolve("workspace"));
    Files.writeString(report(), "in the way");
    assertThatThrownBy(this::write)
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("the report cannot be written");
  }
}
