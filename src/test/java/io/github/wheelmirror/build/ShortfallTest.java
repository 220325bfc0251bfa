package io.github.wheelmirror.build;

import static io.github.wheelmirror.build.PlanScenario.remote;
import static io.github.wheelmirror.build.PlanScenario.state;
import static io.github.wheelmirror.build.PlanScenario.unhashed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShortfallTest {

  private static PlanState.Unsatisfiable unsatisfiable(PlanScenario scenario) {
    return (PlanState.Unsatisfiable) state(scenario.plan(), "a===1.0", "master", "cp39");
  }

  @Test
  void anUnknownProjectSaysSo() {
    assertThat(unsatisfiable(PlanScenario.with("cp39").pin("a===1.0")))
        .isEqualTo(
            new PlanState.Unsatisfiable(
                UnsatisfiableReason.NO_SUCH_PROJECT, "the index has no project a"));
  }

  @Test
  void anUnknownVersionNamesTheNewestOnes() {
    assertThat(
            unsatisfiable(
                PlanScenario.with("cp39")
                    .pin("a===1.0")
                    .files("a", "a-0.9.tar.gz", "a-0.10.tar.gz", "a-0.8-py3-none-any.whl")
                    .files("a", "a-2.0rc1.tar.gz", "a-0.1.zip", "b-1.0-py3-none-any.whl")))
        .isEqualTo(
            new PlanState.Unsatisfiable(
                UnsatisfiableReason.NO_SUCH_VERSION,
                "the index has no file of version 1.0; its newest are 0.10, 0.9, 0.8"));
  }

  @Test
  void anEqualVersionInAnotherSpellingIsNotTheSame() {
    var state =
        unsatisfiable(
            PlanScenario.with("cp39").pin("a===1.0").files("a", "a-1.0.0-py3-none-any.whl"));

    assertThat(state.reason()).isEqualTo(UnsatisfiableReason.NO_SUCH_VERSION);
    assertThat(state.words()).contains("1.0.0").contains("=== compares texts");
  }

  @Test
  void aSpellingThatNormalisesToThePinIsTheSame() {
    BuildPlan plan =
        PlanScenario.with("cp39").pin("a===1.0rc1").files("a", "a-1.0.RC1-py3-none-any.whl").plan();

    assertThat(state(plan, "a===1.0rc1", "master", "cp39").label()).isEqualTo("mirror");
  }

  @Test
  void requiresPythonShutsATargetOut() {
    var scenario = PlanScenario.with("cp39").pin("a===1.0");
    scenario.file("a", remote("a-1.0.tar.gz", ">=3.10", false));
    scenario.file("a", remote("a-1.0-py3-none-any.whl", ">=3.10", false));

    assertThat(unsatisfiable(scenario))
        .isEqualTo(
            new PlanState.Unsatisfiable(
                UnsatisfiableReason.REQUIRES_PYTHON,
                "its files require Python >=3.10, the target is 3.9.1"));
  }

  @Test
  void aRequiresPythonThatCannotBeReadAdmits() {
    var scenario = PlanScenario.with("cp39").pin("a===1.0");
    scenario.file("a", remote("a-1.0-py3-none-any.whl", "about 3.10", false));

    assertThat(state(scenario.plan(), "a===1.0", "master", "cp39").label()).isEqualTo("mirror");
  }

  @Test
  void wheelsForOtherTargetsAreNamed() {
    var scenario = PlanScenario.with("cp39").pin("a===1.0");
    scenario.files(
        "a", "a-1.0-cp311-cp311-win_amd64.whl", "a-1.0-cp310-cp310-manylinux_2_17_x86_64.whl");

    assertThat(unsatisfiable(scenario))
        .isEqualTo(
            new PlanState.Unsatisfiable(
                UnsatisfiableReason.NO_COMPATIBLE_FILE,
                "the index has no sdist, and wheels only for cp310-cp310, cp311-cp311 on"
                    + " manylinux_2_17_x86_64, win_amd64"));
  }

  @Test
  void anOldSdistForAnotherPythonDoesNotServe() {
    var state =
        unsatisfiable(PlanScenario.with("cp39").pin("a===1.0").files("a", "a-1.0-py2.7.tar.gz"));

    assertThat(state.reason()).isEqualTo(UnsatisfiableReason.NO_COMPATIBLE_FILE);
    assertThat(state.words()).contains("a-1.0-py2.7.tar.gz");
  }

  @Test
  void aFileWithoutAStrongHashIsNotCopied() {
    var scenario = PlanScenario.with("cp39").pin("a===1.0");
    scenario.file("a", unhashed("a-1.0-py3-none-any.whl"));
    scenario.file("a", unhashed("a-1.0.tar.gz"));

    assertThat(unsatisfiable(scenario))
        .isEqualTo(
            new PlanState.Unsatisfiable(
                UnsatisfiableReason.NO_STRONG_HASH,
                "the index gives no sha256 or better for a-1.0-py3-none-any.whl, a-1.0.tar.gz"));
  }

  @Test
  void aTrustedIndexNeedsNoHash() {
    var scenario = PlanScenario.with("cp39").pin("a===1.0").pin("b===1.0");
    scenario.file("a", unhashed("a-1.0-py3-none-any.whl"));
    scenario.file("b", unhashed("b-1.0.tar.gz"));
    var settings =
        new PlanSettings(UpstreamWheels.MIRROR, List.of(), List.of(), PlanScenario.TODAY)
            .trusting(Set.of("https://index.example/simple/"));

    BuildPlan plan = scenario.plan(settings);

    var state = (PlanState.Mirror) state(plan, "a===1.0", "master", "cp39");
    assertThat(plan.downloads()).extracting(DownloadWork::id).containsExactly(state.download());
    assertThat(plan.builds()).hasSize(1);
  }
}
