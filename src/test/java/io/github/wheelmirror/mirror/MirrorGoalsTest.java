package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.Exclude;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.UpstreamWheels;
import io.github.wheelmirror.constraints.ExtraPin;
import io.github.wheelmirror.constraints.NonPins;
import io.github.wheelmirror.constraints.Pin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole chain on a real repository, index and region, all local; only builds are made up. */
class MirrorGoalsTest {

  @TempDir Path folder;
  private MirrorScenario scenario;

  @BeforeEach
  void smallMirror() {
    scenario = MirrorScenario.quick(folder);
    scenario.index.wheel("six", "1.17.0", "py3-none-any").sdist("simplegeneric", "0.8.1");
    scenario.branch("master", "six===1.17.0", "simplegeneric===0.8.1");
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  @Test
  void aLifecycleLooksOutsideOnceAndReleases() {
    scenario.lifecycle();
    assertThat(scenario.served("mirror")).hasSize(1);
    assertThat(scenario.outcome("six===1.17.0")).isInstanceOf(Outcome.Mirrored.class);
    assertThat(scenario.outcome("simplegeneric===0.8.1")).isInstanceOf(Outcome.Built.class);
    assertThat(scenario.index.requests()).doesNotHaveDuplicates().hasSize(4);
    assertThat(scenario.lines.all().stream().filter(line -> line.equals("-- resolve"))).hasSize(1);
    assertThat(scenario.lines.all().stream().filter(line -> line.equals("-- verify"))).hasSize(1);
    assertThat(scenario.workspace().work()).doesNotExist();
    assertThat(MirrorScenario.threadsLeft()).isEmpty();
  }

  @Test
  void aSecondRunWithNothingChangedTouchesNoFile() {
    scenario.lifecycle();
    Map<String, String> before = settled();
    scenario.index.forgetRequests();
    scenario.lifecycle();
    assertThat(settled()).isEqualTo(before);
    assertThat(scenario.index.requests()).allMatch(request -> request.startsWith("GET /simple/"));
  }

  private Map<String, String> settled() {
    Map<String, String> state = MirrorScenario.state(folder.resolve("workspace"));
    state.putAll(MirrorScenario.state(folder.resolve("mirror")));
    state.putAll(MirrorScenario.state(folder.resolve("cache/wheelhouse")));
    state.putAll(MirrorScenario.state(folder.resolve("cache/sdists")));
    return state;
  }

  @Test
  void aNewPinChangesPlanAndRelease() {
    scenario.lifecycle();
    Map<String, String> before = scenario.served("mirror");
    scenario.index.wheel("pbr", "7.0.3", "py3-none-any");
    scenario.branch("master", "six===1.17.0", "simplegeneric===0.8.1", "pbr===7.0.3");
    scenario.lifecycle();
    assertThat(scenario.served("mirror")).isNotEqualTo(before);
    assertThat(scenario.outcome("pbr===7.0.3")).isInstanceOf(Outcome.Mirrored.class);
    assertThat(scenario.outcome("simplegeneric===0.8.1")).isInstanceOf(Outcome.Reused.class);
  }

  @Test
  void anExcludeThatIsAddedBreaksTheSettledPlan() {
    scenario.lifecycle();
    scenario.excludes = List.of(new Exclude("six", "not wanted", "", List.of(), List.of()));
    scenario.goals().build();
    assertThat(scenario.outcome("six===1.17.0")).isInstanceOf(Outcome.Excluded.class);
  }

  @Test
  void anExtraPinThatIsAddedBreaksTheSettledPlan() {
    scenario.lifecycle();
    scenario.index.wheel("setuptools", "80.9.0", "py3-none-any");
    scenario.extraPins =
        List.of(new ExtraPin(Pin.parse("setuptools===80.9.0"), List.of(), List.of()));
    scenario.goals().build();
    assertThat(scenario.outcome("setuptools===80.9.0")).isInstanceOf(Outcome.Mirrored.class);
  }

  @Test
  void anotherModeBreaksTheSettledPlan() {
    scenario.lifecycle();
    scenario.upstreamWheels = UpstreamWheels.SKIP;
    scenario.goals().build();
    assertThat(scenario.outcome("six===1.17.0")).isInstanceOf(Outcome.Upstream.class);
  }

  @Test
  void aReleaseOfSomebodyElseBreaksTheSettledPlan() throws IOException {
    scenario.lifecycle();
    String mine = MirrorScenario.json(scenario.plan());
    releaseAsSomebodyElse();
    scenario.goals().plan();
    assertThat(MirrorScenario.json(scenario.plan())).isNotEqualTo(mine);
    assertThat(scenario.plan().bases().get(0).serial()).isEqualTo(2);
  }

  /** Another machine with the same region and one more pin. */
  private void releaseAsSomebodyElse() throws IOException {
    scenario.index.wheel("pbr", "7.0.3", "py3-none-any");
    scenario.extraPins = List.of(new ExtraPin(Pin.parse("pbr===7.0.3"), List.of(), List.of()));
    scenario.workspace = "other";
    scenario.lifecycle();
    scenario.workspace = "workspace";
    scenario.extraPins = List.of();
  }

  @Test
  void deployRefusesWhatWasPlannedBeforeSomebodyElseReleased() throws IOException {
    SessionMemo memo = new SessionMemo(new ConcurrentHashMap<>());
    scenario.goals(memo).verify();
    releaseAsSomebodyElse();
    Map<String, String> theirs = scenario.served("mirror");
    assertThatThrownBy(() -> scenario.goals(memo).deploy())
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
              assertThat(e.what()).contains("region mirror was released to since");
              assertThat(e.why()).contains("release 1").contains("the plan compared with none");
            });
    assertThat(scenario.served("mirror")).isEqualTo(theirs);
  }

  @Test
  void aFailureIsTriedAgainAndOnlyThat() {
    scenario.index.sdist("broken", "1.0");
    scenario.branch("master", "six===1.17.0", "simplegeneric===0.8.1", "broken===1.0");
    scenario.lifecycle();
    assertThat(scenario.outcome("broken===1.0")).isInstanceOf(Outcome.Failed.class);
    assertThat(scenario.served("mirror")).hasSize(1);
    scenario.lines.clear();
    scenario.lifecycle();
    assertThat(scenario.lines.all()).anyMatch(line -> line.contains("[1/1] broken===1.0: failed"));
    assertThat(scenario.lines.all()).noneMatch(line -> line.contains("simplegeneric===0.8.1: "));
    assertThat(scenario.lines.all())
        .anyMatch(line -> line.contains("serves") && line.contains("already"));
  }

  @Test
  void failOnNewFailsForWhatTheReleaseDidNotHave() {
    scenario.failOnNew = true;
    scenario.lifecycle();
    scenario.index.sdist("broken", "1.0");
    scenario.branch("master", "six===1.17.0", "simplegeneric===0.8.1", "broken===1.0");
    assertInput(() -> scenario.goals().build(), "1 pin fails that did not before");
    scenario.failOnNew = false;
    scenario.lifecycle();
    scenario.failOnNew = true;
    scenario.goals().build();
  }

  @Test
  void aHeldBranchFailsTheRunAfterTheOthersAreReleased() {
    scenario.branch("stable/2025.1", "six===1.17.0");
    scenario.lifecycle();
    scenario.index.wheel("pbr", "7.0.3", "py3-none-any");
    scenario.branch("stable/2025.1", "six>=1.17.0");
    scenario.branch("master", "six===1.17.0", "pbr===7.0.3");
    Map<String, String> before = scenario.served("mirror");
    assertInput(scenario::lifecycle, "branch stable/2025.1 is held; everything else is released");
    assertThat(scenario.served("mirror")).isNotEqualTo(before);
    assertThat(scenario.outcome("pbr===7.0.3")).isInstanceOf(Outcome.Mirrored.class);
    Path constraints = folder.resolve("mirror/channels/debian-12-x86_64/current/constraints");
    assertThat(constraints.resolve("stable/2025.1.txt")).hasContent("six===1.17.0");
  }

  @Test
  void aHeldBranchWithoutAnythingReleasedIsAnError() {
    scenario.branch("master", "six>=1.17.0");
    assertInput(() -> scenario.goals().plan(), "no branch can be used");
    scenario.nonPins = NonPins.REPORT;
    scenario.goals().plan();
  }

  @Test
  void deployWithoutRegionIsAnError() {
    scenario.regions = List.of();
    assertInput(() -> scenario.goals().deploy(), "there is no region to deploy to");
  }

  @Test
  void laterGoalsAloneDoTheWholeChain() {
    scenario.goals().deploy();
    assertThat(scenario.served("mirror")).hasSize(1);
    scenario.index.forgetRequests();
    scenario.goals().deploy();
    assertThat(scenario.index.requests()).as("deploy alone takes what is there").isEmpty();
  }

  @Test
  void laterGoalsAloneRefuseFilesThatDoNotFitTogether() throws IOException {
    scenario.goals().build();
    Files.delete(scenario.workspace().plan());
    assertInput(() -> scenario.goals().snapshot(), "do not fit together");
    scenario.goals().plan();
    scenario.index.wheel("pbr", "7.0.3", "py3-none-any");
    scenario.branch("master", "pbr===7.0.3");
    scenario.goals().resolve();
    assertThatThrownBy(() -> scenario.goals().deploy())
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.why()).isEqualTo("plan.json was made from another resolution.json");
              assertThat(e.fix()).isEqualTo("run mvn wheel-mirror:build");
            });
    scenario.goals().plan();
    assertThatThrownBy(() -> scenario.goals().deploy())
        .hasMessageContaining("build-report.json was made from another plan.json");
    scenario.goals().build();
    scenario.goals().deploy();
  }

  @Test
  void laterGoalsAloneGoOnWhereAnEarlierRunEnded() {
    scenario.goals().resolve();
    scenario.goals().deploy();
    assertThat(scenario.served("mirror")).hasSize(1);
    scenario.index.wheel("pbr", "7.0.3", "py3-none-any");
    scenario.branch("master", "six===1.17.0", "pbr===7.0.3");
    scenario.workspace = "another";
    scenario.goals().plan();
    Map<String, String> before = scenario.served("mirror");
    scenario.goals().deploy();
    assertThat(scenario.served("mirror")).isNotEqualTo(before);
    assertThat(scenario.outcome("pbr===7.0.3")).isInstanceOf(Outcome.Mirrored.class);
  }

  @Test
  void stageFilesOfAnotherMachineAreGoodInput() throws IOException {
    scenario.goals().build();
    Path there = folder.resolve("workspace");
    Path here = Files.createDirectories(folder.resolve("copied"));
    for (String name : List.of("resolution.json", "plan.json", "build-report.json")) {
      String text = Files.readString(there.resolve(name));
      assertThat(text).doesNotContain(folder.toString());
      Files.writeString(here.resolve(name), text);
    }
    scenario.workspace = "copied";
    scenario.index.forgetRequests();
    scenario.goals().deploy();
    assertThat(scenario.index.requests()).isEmpty();
    assertThat(scenario.served("mirror")).hasSize(1);
  }

  @Test
  void anEarlierFileThatIsDamagedOrOfAnotherVersionIsWrittenAnew() throws IOException {
    scenario.lifecycle();
    byte[] plan = Files.readAllBytes(scenario.workspace().plan());
    Files.writeString(scenario.workspace().plan(), "{\"schemaVersion\": 99}");
    Files.writeString(scenario.workspace().buildReport(), "{");
    scenario.goals().build();
    assertThat(scenario.lines.all())
        .anyMatch(line -> line.contains("plan.json has schema version 99"))
        .anyMatch(line -> line.contains("build-report.json cannot be read"));
    assertThat(scenario.workspace().plan()).isRegularFile();
    assertThat(Files.readAllBytes(scenario.workspace().plan())).isNotEqualTo(plan);
    assertThat(scenario.outcome("six===1.17.0")).isInstanceOf(Outcome.Mirrored.class);
    Files.writeString(scenario.workspace().buildReport(), "{\"schemaVersion\": 99}");
    assertInput(() -> scenario.goals().snapshot(), "has schema version 99");
  }

  @Test
  void severalRegionsGetTheSameSnapshotAndALaterOneCatchesUp() {
    scenario.regions = List.of("east", "west");
    scenario.lifecycle();
    Map<String, String> first = scenario.served("east");
    assertThat(scenario.served("west")).isEqualTo(first);
    scenario.regions = List.of("east");
    scenario.index.wheel("pbr", "7.0.3", "py3-none-any");
    scenario.branch("master", "six===1.17.0", "pbr===7.0.3");
    scenario.lifecycle();
    scenario.regions = List.of("west", "east", "north");
    scenario.lines.clear();
    scenario.lifecycle();
    assertThat(
            new HashSet<>(
                List.of(
                    scenario.served("east"), scenario.served("west"), scenario.served("north"))))
        .hasSize(1)
        .doesNotContain(first);
    assertThat(scenario.lines.warnings())
        .anyMatch(line -> line.contains("regions serve different releases"));
  }

  @Test
  void aWheelThatOnlyTheReleaseHoldsComesBackFromIt() throws IOException {
    scenario.lifecycle();
    Map<String, String> served = scenario.served("mirror");
    Folders.remove(folder.resolve("cache"));
    Folders.remove(folder.resolve("workspace"));
    scenario.quickBuilder.requests.clear();
    scenario.lifecycle();
    assertThat(scenario.quickBuilder.builds()).isEmpty();
    assertThat(scenario.outcome("simplegeneric===0.8.1")).isInstanceOf(Outcome.Reused.class);
    assertThat(scenario.served("mirror")).isEqualTo(served);
    assertThat(folder.resolve("cache/wheelhouse/downloads"))
        .isDirectoryNotContaining("glob:**.whl");
  }

  @Test
  void deployAloneMakesWhatTheWheelhouseLost() throws IOException {
    scenario.goals().build();
    String report = MirrorScenario.json(scenario.report());
    Folders.remove(folder.resolve("cache"));
    scenario.quickBuilder.requests.clear();
    scenario.goals().deploy();
    assertThat(scenario.quickBuilder.builds()).containsExactly("simplegeneric===0.8.1 cp311");
    assertThat(scenario.served("mirror")).hasSize(1);
    assertThat(MirrorScenario.json(scenario.report())).isEqualTo(report);
  }

  @Test
  void deployAloneTakesWhatTheWheelhouseLostFromARegion() throws IOException {
    scenario.goals().deploy();
    Map<String, String> served = scenario.served("mirror");
    Folders.remove(folder.resolve("cache"));
    scenario.quickBuilder.requests.clear();
    scenario.index.forgetRequests();
    scenario.goals().deploy();
    assertThat(scenario.quickBuilder.builds()).isEmpty();
    assertThat(scenario.index.requests()).isEmpty();
    assertThat(scenario.served("mirror")).isEqualTo(served);
  }

  @Test
  void whatTheWheelhouseLostAndFailsNowLeavesTheReportAsItWas() throws IOException {
    scenario.goals().build();
    String report = MirrorScenario.json(scenario.report());
    Folders.remove(folder.resolve("cache"));
    scenario.index.failWith(403);
    assertInput(
        () -> scenario.goals().deploy(), "wheels of build-report.json are in no wheelhouse");
    assertThat(scenario.served("mirror")).isEmpty();
    assertThat(MirrorScenario.json(scenario.report())).isEqualTo(report);
    scenario.index.failWith(0);
    scenario.goals().deploy();
    assertThat(scenario.served("mirror")).hasSize(1);
  }

  @Test
  void whatAKilledRunLeftOfADownloadGoesThoughItsWheelIsThere() throws IOException {
    scenario.goals().build();
    String sha256 = scenario.plan().downloads().get(0).file().hashes().getOrDefault("sha256", "");
    Path left =
        folder
            .resolve("cache/wheelhouse/downloads")
            .resolve(sha256.substring(0, 16) + "-six-1.17.0-py3-none-any.whl");
    Files.writeString(left, "a whole wheel");
    Files.delete(scenario.workspace().buildReport());
    scenario.goals().build();
    assertThat(left).doesNotExist();
  }

  @Test
  void indexFailuresAreToldTogether() {
    scenario.branch("master", "six===1.17.0", "simplegeneric===0.8.1");
    scenario.index.failWith(403);
    assertThatThrownBy(() -> scenario.goals().plan())
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.what()).isEqualTo("2 of 2 project pages cannot be read");
              assertThat(e.why()).contains("/simple/six/").contains("/simple/simplegeneric/");
            });
    assertThat(MirrorScenario.threadsLeft()).isEmpty();
  }

  private static void assertInput(ThrowingCallable work, String what) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
              assertThat(e.what()).contains(what);
              assertThat(e.fix()).isNotBlank();
            });
  }
}
