package io.github.wheelmirror.build;

import static io.github.wheelmirror.build.PlanScenario.id;
import static io.github.wheelmirror.build.PlanScenario.remote;
import static io.github.wheelmirror.build.PlanScenario.sha256;
import static io.github.wheelmirror.build.PlanScenario.state;
import static io.github.wheelmirror.build.PlanScenario.unhashed;
import static io.github.wheelmirror.build.PlanScenario.want;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.ProjectName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {

  private static PlanState.Mirror mirror(String filename) {
    return new PlanState.Mirror(filename, "sha256:" + sha256(filename));
  }

  @Test
  void anUpstreamWheelIsDownloadedOnceForAllTargetsAndBranches() {
    BuildPlan plan =
        PlanScenario.with("cp39", "cp310")
            .branch("stable/2025.1")
            .pin("six===1.16.0")
            .files("six", "six-1.16.0.tar.gz", "six-1.16.0-py2.py3-none-any.whl")
            .plan();

    assertThat(plan.pins())
        .singleElement()
        .satisfies(
            pin ->
                assertThat(pin.states())
                    .containsExactly(
                        new PlannedState(
                            id("cp39"),
                            List.of("master", "stable/2025.1"),
                            mirror("six-1.16.0-py2.py3-none-any.whl")),
                        new PlannedState(
                            id("cp310"),
                            List.of("master", "stable/2025.1"),
                            mirror("six-1.16.0-py2.py3-none-any.whl"))));
    assertThat(plan.downloads())
        .containsExactly(
            new DownloadWork(
                remote("six-1.16.0-py2.py3-none-any.whl"),
                Pin.parse("six===1.16.0"),
                List.of(id("cp39"), id("cp310"))));
    assertThat(plan.downloads().get(0).id())
        .isEqualTo(mirror("six-1.16.0-py2.py3-none-any.whl").download());
    assertThat(plan.builds()).isEmpty();
    assertThat(plan.bases()).containsExactly(new PlannedBase(PlanScenario.SLUG, "", -1));
  }

  @Test
  void theBestWheelIsUnyankedThenByTagThenByBuildTagThenLastOnThePage() {
    var scenario = PlanScenario.with("cp311").pin("wrapt===1.0");
    scenario.file("wrapt", remote("wrapt-1.0-9-cp311-cp311-manylinux2014_x86_64.whl", "", true));
    scenario.files(
        "wrapt",
        "wrapt-1.0-py3-none-any.whl",
        "wrapt-1.0-2-cp311-cp311-manylinux2014_x86_64.whl",
        "wrapt-1.0-10-cp311-cp311-manylinux2014_x86_64.whl",
        "wrapt-1.0-11-cp311-cp311-musllinux_1_2_x86_64.whl");
    RemoteFile again = remote("wrapt-1.0-10-cp311-cp311-manylinux2014_x86_64.whl");
    scenario.file("wrapt", again.measured(Map.of("sha256", sha256("other index")), 3));

    PlanState state = state(scenario.plan(), "wrapt===1.0", "master", "cp311");

    assertThat(state)
        .isEqualTo(
            new PlanState.Mirror(
                "wrapt-1.0-10-cp311-cp311-manylinux2014_x86_64.whl",
                "sha256:" + sha256("other index")));
  }

  @Test
  void aYankedFileServesAnExactPinAndIsReported() {
    var scenario = PlanScenario.with("cp311").pin("six===1.0");
    scenario.file("six", remote("six-1.0-py3-none-any.whl", "", true));

    BuildPlan plan = scenario.plan();

    assertThat(state(plan, "six===1.0", "master", "cp311"))
        .isEqualTo(mirror("six-1.0-py3-none-any.whl"));
    assertThat(plan.warnings()).containsExactly("six===1.0 is yanked upstream: broken");
  }

  @ParameterizedTest
  @CsvSource({"MIRROR,mirror", "SKIP,upstream", "REBUILD,build"})
  void theModeDecidesWhatHappensToAnUpstreamWheel(UpstreamWheels mode, String label) {
    var scenario =
        PlanScenario.with("cp311")
            .pin("six===1.0")
            .files("six", "six-1.0-py3-none-any.whl", "six-1.0.tar.gz");
    scenario.mode = mode;

    BuildPlan plan = scenario.plan();

    assertThat(state(plan, "six===1.0", "master", "cp311").label()).isEqualTo(label);
    assertThat(plan.downloads()).hasSize(mode == UpstreamWheels.MIRROR ? 1 : 0);
    assertThat(plan.upstreamWheels()).isEqualTo(mode);
  }

  @Test
  void rebuildCopiesAWheelThatHasNoSdist() {
    var scenario =
        PlanScenario.with("cp311").pin("six===1.0").files("six", "six-1.0-py3-none-any.whl");
    scenario.mode = UpstreamWheels.REBUILD;

    BuildPlan plan = scenario.plan();

    assertThat(state(plan, "six===1.0", "master", "cp311"))
        .isEqualTo(mirror("six-1.0-py3-none-any.whl"));
    assertThat(plan.warnings())
        .containsExactly("six===1.0 has no sdist to rebuild: six-1.0-py3-none-any.whl is mirrored");
  }

  @Test
  void skipNeedsNoHashBecauseNothingIsCopied() {
    var scenario = PlanScenario.with("cp311").pin("six===1.0");
    scenario.file("six", unhashed("six-1.0-py3-none-any.whl"));
    scenario.mode = UpstreamWheels.SKIP;

    assertThat(state(scenario.plan(), "six===1.0", "master", "cp311"))
        .isEqualTo(new PlanState.Upstream("six-1.0-py3-none-any.whl", ""));
  }

  @Test
  void eachTargetIsDecidedByItself() {
    var scenario = PlanScenario.with("cp39", "cp310", "cp311", "cp312").pin("c===2.0");
    scenario.file("c", remote("c-2.0.tar.gz", ">=3.10", false));
    scenario.files("c", "c-2.0-cp311-cp311-manylinux_2_17_x86_64.whl");

    BuildPlan plan = scenario.plan();

    assertThat(state(plan, "c===2.0", "master", "cp39").label()).isEqualTo("unsatisfiable");
    assertThat(state(plan, "c===2.0", "master", "cp311").label()).isEqualTo("mirror");
    PlanState build = new PlanState.Build("c-2.0-debian-12-x86_64");
    assertThat(state(plan, "c===2.0", "master", "cp310")).isEqualTo(build);
    assertThat(state(plan, "c===2.0", "master", "cp312")).isEqualTo(build);
    assertThat(plan.builds())
        .singleElement()
        .satisfies(
            work -> {
              assertThat(work.targets()).containsExactly(id("cp310"), id("cp312"));
              assertThat(work.buildTag()).isEqualTo("1");
              assertThat(work.sourceDateEpoch()).isEqualTo(1735787045L);
            });
  }

  @Test
  void theSdistIsUnyankedThenTarGzThenZipThenOther() {
    var scenario = PlanScenario.with("cp311").pin("a===1.0");
    scenario.file("a", remote("a-1.0.tar.gz", "", true));
    scenario.files("a", "a-1.0.tar.bz2", "a-1.0.zip", "a-1.0-py2.7.tar.gz");
    assertThat(scenario.plan().builds().get(0).sdist().filename()).isEqualTo("a-1.0.zip");

    scenario.files("a", "A-1.0.tar.gz");
    assertThat(scenario.plan().builds().get(0).sdist().filename()).isEqualTo("A-1.0.tar.gz");
  }

  @Test
  void anInactiveWantIsNotApplicableOnlyWhereItsMarkerIsFalse() {
    String marker = "python_version=='3.11'";
    BuildPlan plan =
        PlanScenario.with("cp310", "cp311")
            .wants(
                "six===1.0",
                List.of(
                    want("master", id("cp310"), false, marker),
                    want("master", id("cp311"), true, marker)))
            .files("six", "six-1.0-py3-none-any.whl")
            .plan();

    assertThat(state(plan, "six===1.0", "master", "cp310"))
        .isEqualTo(new PlanState.NotApplicable(marker));
    assertThat(state(plan, "six===1.0", "master", "cp311").label()).isEqualTo("mirror");
    assertThat(plan.downloads().get(0).targets()).containsExactly(id("cp311"));
  }

  @Test
  void oneActiveLineIsEnoughWhereABranchHasSeveral() {
    var scenario = PlanScenario.with("cp310").files("six", "six-1.0-py3-none-any.whl");
    scenario.wants(
        "six===1.0",
        List.of(
            want("master", id("cp310"), false, "python_version<'3.9'"),
            want("master", id("cp310"), true, "")));

    assertThat(scenario.plan().pins().get(0).states())
        .singleElement()
        .satisfies(state -> assertThat(state.state().label()).isEqualTo("mirror"));
  }

  @Test
  void aPinThatNobodyNeedsAsksForNoPage() {
    var scenario =
        PlanScenario.with("cp310")
            .wants("a===1.0", List.of(want("master", id("cp310"), false, "python_version<'3'")))
            .pin("b===1.0")
            .pin("c===1.0");
    scenario.excludes.add(new Exclude("b", "too big", "", List.of(), List.of()));

    assertThat(Planner.projects(scenario.resolution(), scenario.settings()))
        .containsExactly(ProjectName.parse("c"));
  }

  @Test
  void aPageThatWasNotReadIsNotTakenForAnEmptyOne() {
    var scenario = PlanScenario.with("cp310").pin("a===1.0");

    assertThatThrownBy(
            () ->
                Planner.plan(
                    scenario.resolution(),
                    PlanScenario.DIGEST,
                    Map.of(),
                    scenario.settings(),
                    Map.of(),
                    new NoWheels(new AtomicInteger()),
                    List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the page of a was not read");
  }

  @Test
  void theWheelhouseIsListedOnceForAllBuilds() {
    var scenario = PlanScenario.with("cp310");
    for (String name : List.of("a", "b", "c")) {
      scenario.pin(name + "===1.0").files(name, name + "-1.0.tar.gz");
    }
    var wheels = new NoWheels(new AtomicInteger());

    BuildPlan plan =
        Planner.plan(
            scenario.resolution(),
            PlanScenario.DIGEST,
            scenario.pages(),
            scenario.settings(),
            Map.of(),
            wheels,
            List.of());

    assertThat(plan.builds()).hasSize(3);
    assertThat(wheels.listed()).hasValue(1);
  }

  private record NoWheels(AtomicInteger listed) implements BuiltWheels {
    @Override
    public Optional<WheelFile> byKey(String buildKey) {
      return Optional.empty();
    }

    @Override
    public List<WheelFile> finished() {
      listed.incrementAndGet();
      return List.of();
    }
  }

  @Test
  void aWheelOfAnotherProjectOnThePageIsIgnored() {
    var scenario =
        PlanScenario.with("cp39").pin("a===1.0").files("a", "b-1.0-py3-none-any.whl", "a-1.0.zip");

    assertThat(state(scenario.plan(), "a===1.0", "master", "cp39").label()).isEqualTo("build");
  }

  @Test
  void platformsAreServedAndBuiltApart() {
    var scenario = PlanScenario.with("cp311");
    scenario.targets.add(PlanScenario.target("ubuntu-24.04-x86_64", "cp311"));
    scenario.pin("a===1.0").files("a", "a-1.0.tar.gz");

    BuildPlan plan = scenario.plan();

    assertThat(plan.builds())
        .extracting(BuildWork::id)
        .containsExactly("a-1.0-debian-12-x86_64", "a-1.0-ubuntu-24.04-x86_64");
    assertThat(plan.builds().get(0).key(id("cp311")))
        .isNotEqualTo(plan.builds().get(1).key(TargetId.parse("ubuntu-24.04-x86_64/cp311")));
  }
}
