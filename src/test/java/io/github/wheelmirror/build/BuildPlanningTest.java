package io.github.wheelmirror.build;

import static io.github.wheelmirror.build.PlanScenario.built;
import static io.github.wheelmirror.build.PlanScenario.id;
import static io.github.wheelmirror.build.PlanScenario.keys;
import static io.github.wheelmirror.build.PlanScenario.mirrored;
import static io.github.wheelmirror.build.PlanScenario.remote;
import static io.github.wheelmirror.build.PlanScenario.sha256;
import static io.github.wheelmirror.build.PlanScenario.state;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildPlanningTest {

  private static final String PURE = "a-1.0-1-py3-none-any.whl";

  private static PlanScenario scenario() {
    return PlanScenario.with("cp39", "cp310", "cp311").pin("a===1.0").files("a", "a-1.0.tar.gz");
  }

  private static PlanState stateOn(BuildPlan plan, String python) {
    return state(plan, "a===1.0", "master", python);
  }

  private static String key(PlanScenario scenario, String python) {
    String key = keys(scenario.plan()).get(python);
    if (key == null) {
      throw new AssertionError("no build on " + python);
    }
    return key;
  }

  @Test
  void oneBuildServesAllTargetsOfAPlatformInAscendingPython() {
    BuildPlan plan = scenario().plan();

    assertThat(plan.builds())
        .singleElement()
        .satisfies(
            work -> {
              assertThat(work.id()).isEqualTo("a-1.0-debian-12-x86_64");
              assertThat(work.targets()).containsExactly(id("cp39"), id("cp310"), id("cp311"));
              assertThat(work.keys().values()).doesNotHaveDuplicates().hasSize(3);
            });
  }

  @Test
  void whatIsBuiltIsComparedWithTheMostAlikeOfUpstreamsWheels() {
    BuildPlan plan =
        scenario()
            .files("a", "a-1.0-cp38-cp38-win_amd64.whl", "a-1.0-cp311-cp311-macosx_11_0_arm64.whl")
            .files("a", "a-0.9-cp311-cp311-manylinux1_x86_64.whl")
            .plan();
    assertThat(plan.builds())
        .singleElement()
        .satisfies(
            work ->
                assertThat(work.reference())
                    .containsExactly(remote("a-1.0-cp311-cp311-macosx_11_0_arm64.whl")));
    assertThat(scenario().plan().builds().get(0).reference()).isEmpty();
  }

  @Test
  void whatIsMirroredBesideABuildIsComparedWithItLater() {
    BuildPlan plan =
        scenario()
            .files("a", "a-1.0-cp310-cp310-manylinux1_x86_64.whl", "a-1.0-cp38-cp38-win32.whl")
            .plan();
    assertThat(stateOn(plan, "cp310").label()).isEqualTo("mirror");
    assertThat(plan.builds().get(0).reference()).isEmpty();
  }

  @Test
  void whatIsRebuiltIsComparedWithUpstreamsOwnWheelAndTheKeyStays() {
    var scenario = scenario();
    scenario.mode = UpstreamWheels.REBUILD;
    Map<String, String> keys = keys(scenario.plan());
    scenario.files("a", "a-1.0-py3-none-any.whl");
    BuildPlan plan = scenario.plan();
    assertThat(plan.builds().get(0).reference()).containsExactly(remote("a-1.0-py3-none-any.whl"));
    assertThat(keys(plan)).isEqualTo(keys);
  }

  @Test
  void aWheelInTheWheelhouseWithTheSameKeyIsReused() {
    var scenario = scenario();
    String key = key(scenario, "cp39");
    scenario.inWheelhouse(key, PURE);

    BuildPlan plan = scenario.plan();

    assertThat(plan.builds()).isEmpty();
    for (String python : List.of("cp39", "cp310", "cp311")) {
      assertThat(stateOn(plan, python))
          .isEqualTo(new PlanState.Reuse(built(PURE, key, ""), PlanState.Reuse.WHEELHOUSE));
    }
  }

  @Test
  void aPureWheelOfALaterPythonServesAnEarlierOneToo() {
    var scenario = scenario();
    scenario.inWheelhouse(key(scenario, "cp311"), PURE);

    assertThat(scenario.plan().builds()).isEmpty();
  }

  @Test
  void aCompiledWheelServesItsOwnPythonAndTheOthersAreBuiltUnderTheSameTag() {
    var scenario = scenario();
    scenario.inWheelhouse(key(scenario, "cp310"), "a-1.0-1-cp310-cp310-linux_x86_64.whl");

    BuildPlan plan = scenario.plan();

    assertThat(stateOn(plan, "cp310").label()).isEqualTo("reuse");
    assertThat(plan.builds())
        .singleElement()
        .satisfies(
            work -> {
              assertThat(work.targets()).containsExactly(id("cp39"), id("cp311"));
              assertThat(work.keys())
                  .containsOnlyKeys(id("cp39").toString(), id("cp311").toString());
              assertThat(work.buildTag()).isEqualTo("1");
            });
  }

  @Test
  void anAbi3WheelServesLaterPythonsOnly() {
    var scenario = scenario();
    scenario.inWheelhouse(key(scenario, "cp310"), "a-1.0-1-cp310-abi3-linux_x86_64.whl");

    BuildPlan plan = scenario.plan();

    assertThat(stateOn(plan, "cp311").label()).isEqualTo("reuse");
    assertThat(plan.builds().get(0).targets()).containsExactly(id("cp39"));
  }

  @Test
  void aReusableWheelThatRequiresAnotherPythonDoesNotServe() {
    var scenario = scenario();
    String key = key(scenario, "cp310");
    scenario.wheelhouse.put(key, built(PURE, key, ">=3.10"));

    BuildPlan plan = scenario.plan();

    assertThat(stateOn(plan, "cp39").label()).isEqualTo("build");
    assertThat(stateOn(plan, "cp311").label()).isEqualTo("reuse");
  }

  @Test
  void aReusableWheelWhoseMetadataWasNotComparedOnAPythonDoesNotServeIt() {
    var scenario = scenario();
    String key = key(scenario, "cp39");
    scenario.wheelhouse.put(key, PlanScenario.holdingFor(built(PURE, key, ""), "cp39", "cp311"));

    BuildPlan plan = scenario.plan();

    assertThat(stateOn(plan, "cp39").label()).isEqualTo("reuse");
    assertThat(stateOn(plan, "cp311").label()).isEqualTo("reuse");
    assertThat(plan.builds())
        .singleElement()
        .satisfies(work -> assertThat(work.targets()).containsExactly(id("cp310")))
        .satisfies(work -> assertThat(plan.keepsOthers(work)).isTrue());
    assertThat(scenario().plan().builds())
        .allSatisfy(work -> assertThat(scenario().plan().keepsOthers(work)).isFalse());
  }

  @Test
  void theBestOfSeveralReusableWheelsServesAllItCovers() {
    var scenario = scenario();
    scenario.inWheelhouse(key(scenario, "cp310"), "a-1.0-2-py3-none-any.whl");
    scenario.inWheelhouse(key(scenario(), "cp39"), PURE);

    BuildPlan plan = scenario.plan();

    assertThat(plan.pins().get(0).states())
        .allSatisfy(
            state ->
                assertThat(((PlanState.Reuse) state.state()).file().filename())
                    .isEqualTo("a-1.0-2-py3-none-any.whl"));
  }

  @Test
  void aReleasedWheelWithTheSameKeyIsReused() {
    var scenario = scenario();
    WheelFile released = built(PURE, key(scenario, "cp39"), "");
    scenario.base(List.of(released));

    BuildPlan plan = scenario.plan();

    assertThat(stateOn(plan, "cp311"))
        .isEqualTo(new PlanState.Reuse(released, PlanState.Reuse.RELEASE));
    assertThat(plan.bases()).containsExactly(new PlannedBase(PlanScenario.SLUG, "f".repeat(64), 7));
  }

  @Test
  void theWheelhouseIsPreferredWhenBothHaveTheSameBytes() {
    var scenario = scenario();
    String key = key(scenario, "cp39");
    scenario.inWheelhouse(key, PURE).base(List.of(built(PURE, key, "")));

    assertThat(((PlanState.Reuse) stateOn(scenario.plan(), "cp39")).from())
        .isEqualTo(PlanState.Reuse.WHEELHOUSE);
  }

  @Test
  void releasedBytesWinOverOtherBytesOfTheSameKey() {
    var scenario = scenario();
    String key = key(scenario, "cp39");
    WheelFile local = built(PURE, key, "");
    WheelFile released = withSha256(local, sha256("released"));
    scenario.inWheelhouse(key, PURE).base(List.of(released));

    assertThat(stateOn(scenario.plan(), "cp39"))
        .isEqualTo(new PlanState.Reuse(released, PlanState.Reuse.RELEASE));
  }

  @Test
  void aLocalWheelIsNotReusedUnderAPublishedNameWithOtherBytes() {
    var scenario = scenario();
    scenario
        .inWheelhouse(key(scenario, "cp39"), PURE)
        .base(List.of(built(PURE, sha256("another key"), "")));

    BuildPlan plan = scenario.plan();

    assertThat(stateOn(plan, "cp39").label()).isEqualTo("build");
    assertThat(plan.builds().get(0).buildTag()).isEqualTo("2");
  }

  private static WheelFile withSha256(WheelFile file, String sha256) {
    return new WheelFile(
        file.filename(),
        file.project(),
        file.version(),
        sha256,
        file.size(),
        file.metadataSha256(),
        file.requiresPython(),
        file.yanked(),
        file.yankedReason(),
        file.uploadTime(),
        file.origin());
  }

  @ParameterizedTest
  @CsvSource({
    "a-1.0-1-py3-none-any.whl,2",
    "a-1.0-9-py3-none-any.whl,10",
    "a-1.0-3fix-cp39-cp39-linux_x86_64.whl,4",
    "a-1.0-py3-none-any.whl,1",
    "a-1.0-7-cp38-cp38-linux_x86_64.whl,1",
    "a-1.0.0-7-py3-none-any.whl,1",
    "b-1.0-7-py3-none-any.whl,1",
  })
  void theBuildTagIsTheNextAfterThoseOfWheelsThatCouldBeTaken(String released, String tag) {
    var scenario = scenario();
    scenario.base(List.of(built(released, sha256("another key"), "")));
    assertThat(scenario.plan().builds().get(0).buildTag()).isEqualTo(tag);

    var local = scenario();
    local.inWheelhouse(sha256("another key"), released);
    assertThat(local.plan().builds().get(0).buildTag()).isEqualTo(tag);
  }

  @Test
  void aChangedUpstreamFileDoesNotReplaceThePublishedOne() {
    var scenario = PlanScenario.with("cp39").pin("b===1.0").files("b", "b-1.0-py3-none-any.whl");
    WheelFile released = mirrored("b-1.0-py3-none-any.whl", sha256("as it was"));
    scenario.base(List.of(released));

    BuildPlan plan = scenario.plan();

    assertThat(state(plan, "b===1.0", "master", "cp39"))
        .isEqualTo(new PlanState.Reuse(released, PlanState.Reuse.RELEASE));
    assertThat(plan.warnings()).singleElement().asString().contains("other bytes");
  }

  @Test
  void anUnchangedUpstreamFileStaysMirrored() {
    String name = "b-1.0-py3-none-any.whl";
    var scenario = PlanScenario.with("cp39").pin("b===1.0").files("b", name);
    scenario.base(List.of(mirrored(name, sha256(name))));

    assertThat(state(scenario.plan(), "b===1.0", "master", "cp39").label()).isEqualTo("mirror");
  }

  @Test
  void buildConstraintsAreThoseOfTheOldestBranchThatWantsThePin() {
    var scenario =
        PlanScenario.with("cp39")
            .branch("stable/2023.1")
            .branch("unmaintained/yoga")
            .branch("stable/2025.1")
            .files("a", "a-1.0.tar.gz", "a-2.0.tar.gz")
            .pin("a===1.0", "master", "stable/2025.1", "stable/2023.1", "unmaintained/yoga")
            .pin("a===2.0", "master", "stable/2025.1");
    scenario.buildConstraints.add(new BuildConstraints(List.of(), List.of("Cython<3.1", " ")));
    scenario.buildConstraints.add(
        new BuildConstraints(List.of("unmaintained/*"), List.of("setuptools<60", "Cython<3.1")));
    scenario.buildConstraints.add(
        new BuildConstraints(List.of("stable/2025.*"), List.of("setuptools<82")));

    assertThat(scenario.plan().builds())
        .extracting(BuildWork::buildConstraints)
        .containsExactly(
            List.of("Cython<3.1", "setuptools<60"), List.of("Cython<3.1", "setuptools<82"));
  }

  @Test
  void eachTargetHasTheDayOfItsBuildRequirements() {
    var scenario = PlanScenario.with("cp39", "cp314").pin("a===1.0").files("a", "a-1.0.tar.gz");

    BuildWork work = scenario.plan().builds().get(0);

    assertThat(work.asOf(id("cp39"))).isEqualTo("2025-06-30");
    assertThat(work.asOf(id("cp314"))).isEqualTo("2025-12-31");
    assertThat(work.lockGeneration()).isEmpty();
  }

  @Test
  void dayOfTheOldestBranchCounts() {
    var scenario =
        PlanScenario.with("cp39")
            .branch("stable/2023.1")
            .pin("a===1.0", "master", "stable/2023.1")
            .files("a", "a-1.0.tar.gz");
    scenario.buildConstraints.add(
        new BuildConstraints(List.of("stable/2023.1"), "2024-01-31", List.of()));
    scenario.buildConstraints.add(new BuildConstraints(List.of("master"), "now", List.of()));

    assertThat(scenario.plan().builds().get(0).asOf(id("cp39"))).isEqualTo("2024-01-31");
  }

  @Test
  void sdistsWithoutUploadTimeAreToldOnce() {
    var scenario = PlanScenario.with("cp39").pin("a===1.0").pin("b===1.0");
    for (String name : List.of("a", "b")) {
      RemoteFile told = remote(name + "-1.0.tar.gz");
      scenario.file(
          name,
          new RemoteFile(
              told.filename(),
              told.url(),
              told.hashes(),
              "",
              false,
              "",
              "",
              -1,
              Map.of(),
              false,
              told.index()));
    }

    BuildPlan plan = scenario.plan();

    assertThat(plan.builds().get(0).asOf(id("cp39"))).isEmpty();
    assertThat(plan.warnings()).singleElement().asString().contains("2 projects", "(a, b)");
  }

  @ParameterizedTest
  @CsvSource({
    "2025-01-02T03:04:05Z,1735787045",
    "2025-01-02T03:04:05.678901Z,1735787045",
    "1970-01-01T00:00:00Z,315532800",
    "'',315532800",
    "yesterday,315532800",
  })
  void theSourceDateIsTheUploadNotBeforeZip(String uploadTime, long epoch) {
    RemoteFile file =
        new RemoteFile(
            "a-1.0.tar.gz",
            "https://index.example/a",
            Map.of(),
            "",
            false,
            "",
            uploadTime,
            -1,
            Map.of(),
            false,
            "");

    assertThat(BuildPlanning.sourceDateEpoch(file)).isEqualTo(epoch);
  }

  @Test
  void twoSdistsOfOnePinAreTwoBuilds() {
    var scenario = PlanScenario.with("cp39", "cp310").pin("a===1.0");
    scenario.file("a", remote("a-1.0.tar.gz", ">=3.10", false));
    scenario.file("a", remote("a-1.0.zip", "<3.10", false));

    BuildPlan plan = scenario.plan();

    assertThat(plan.builds()).extracting(BuildWork::id).doesNotHaveDuplicates().hasSize(2);
    assertThat(((PlanState.Build) stateOn(plan, "cp39")).work())
        .isNotEqualTo(((PlanState.Build) stateOn(plan, "cp310")).work());
  }
}
