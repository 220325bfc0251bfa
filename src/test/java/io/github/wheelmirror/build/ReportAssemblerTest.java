package io.github.wheelmirror.build;

import static io.github.wheelmirror.build.PlanScenario.built;
import static io.github.wheelmirror.build.PlanScenario.id;
import static io.github.wheelmirror.build.PlanScenario.mirrored;
import static io.github.wheelmirror.build.PlanScenario.sha256;
import static io.github.wheelmirror.build.PlanScenario.want;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.constraints.TargetId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportAssemblerTest {

  private static final String PLAN = "1".repeat(64);
  private static final WheelFile MIRRORED =
      mirrored("m-1.0-py3-none-any.whl", sha256("m-1.0-py3-none-any.whl"));
  private static final WheelFile BUILT = built("b-1.0-1-py3-none-any.whl", sha256("k"), "");

  private final PlanScenario scenario =
      PlanScenario.with("cp311", "cp312")
          .pin("m===1.0")
          .files("m", "m-1.0-py3-none-any.whl")
          .pin("b===1.0")
          .files("b", "b-1.0.tar.gz")
          .pin("u===1.0")
          .pin("x===1.0")
          .wants("n===1.0", List.of(want("master", id("cp312"), false, "python_version<'3.12'")));
  private final Map<String, WorkResult> downloads = new HashMap<>();
  private final Map<WorkTarget, WorkResult> builds = new HashMap<>();

  private BuildPlan plan() {
    scenario.excludes.add(new Exclude("x", "unwanted", "", List.of(), List.of()));
    return scenario.plan();
  }

  private BuildReport assemble(BuildPlan plan) {
    return ReportAssembler.assemble(plan, PLAN, downloads, builds);
  }

  private void allGood(BuildPlan plan) {
    downloads.put(plan.downloads().get(0).id(), new WorkResult.Done(MIRRORED));
    for (TargetId target : plan.builds().get(0).targets()) {
      builds.put(new WorkTarget(plan.builds().get(0).id(), target), new WorkResult.Done(BUILT));
    }
  }

  private static Map<String, Outcome> outcomes(BuildReport report, String python) {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    for (ReportedPin pin : report.pins()) {
      pin.states().stream()
          .filter(state -> state.target().equals(id(python)))
          .forEach(state -> outcomes.put(pin.pin().name().toString(), state.outcome()));
    }
    return outcomes;
  }

  @Test
  void eachStateBecomesItsOutcome() {
    BuildPlan plan = plan();
    allGood(plan);

    BuildReport report = assemble(plan);

    assertThat(outcomes(report, "cp312"))
        .containsExactly(
            Map.entry("b", new Outcome.Built(BUILT.filename(), BUILT.sha256())),
            Map.entry("m", new Outcome.Mirrored(MIRRORED.filename(), MIRRORED.sha256())),
            Map.entry("n", new Outcome.NotApplicable("python_version<'3.12'")),
            Map.entry(
                "u",
                new Outcome.Unsatisfiable(
                    UnsatisfiableReason.NO_SUCH_PROJECT, "the index has no project u")),
            Map.entry("x", new Outcome.Excluded("unwanted", "")));
    assertThat(report.files()).containsExactly(BUILT, MIRRORED);
    assertThat(report.plan()).isEqualTo(PLAN);
  }

  @Test
  void onlyFilesAndUpstreamServe() {
    BuildPlan plan = plan();
    allGood(plan);

    Map<String, Outcome> outcomes = outcomes(assemble(plan), "cp312");

    assertThat(outcomes.entrySet())
        .filteredOn(each -> each.getValue().served())
        .extracting(Map.Entry::getKey)
        .containsExactly("b", "m");
    assertThat(new Outcome.Upstream("a.whl", "").served()).isTrue();
    assertThat(new Outcome.Upstream("a.whl", "").wheel()).isEmpty();
  }

  @Test
  void aFailureIsTheOutcomeOfItsTargetOnly() {
    BuildPlan plan = plan();
    allGood(plan);
    String log = "logs/b-1.0-cp311.log";
    builds.put(
        new WorkTarget(plan.builds().get(0).id(), id("cp311")),
        new WorkResult.Failed(
            new Diagnosis(FailureClass.MISSING_HEADER, "x.h", "not there", "install it"), log));

    BuildReport report = assemble(plan);

    assertThat(outcomes(report, "cp311"))
        .containsEntry(
            "b",
            new Outcome.Failed(FailureClass.MISSING_HEADER, "x.h", "not there", "install it", log));
    assertThat(outcomes(report, "cp312").get("b")).isInstanceOf(Outcome.Built.class);
  }

  @Test
  void skippedUpstreamWheelsAndReusedOnesNeedNoResult() {
    String key = scenario.plan().builds().get(0).key(id("cp311"));
    scenario.inWheelhouse(key, BUILT.filename());
    scenario.mode = UpstreamWheels.SKIP;

    BuildReport report = assemble(plan());

    assertThat(outcomes(report, "cp311"))
        .containsEntry("m", new Outcome.Upstream(MIRRORED.filename(), sha256(MIRRORED.filename())))
        .containsEntry("b", new Outcome.Reused(BUILT.filename(), sha256(BUILT.filename() + key)));
    assertThat(report.files()).extracting(WheelFile::filename).containsExactly(BUILT.filename());
  }

  @Test
  void workWithoutAResultIsAnError() {
    BuildPlan plan = plan();
    allGood(plan);
    builds.remove(new WorkTarget(plan.builds().get(0).id(), id("cp312")));

    assertThatThrownBy(() -> assemble(plan))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no result of b-1.0-debian-12-x86_64 for debian-12-x86_64/cp312");

    downloads.clear();
    allGood(plan);
    downloads.clear();
    assertThatThrownBy(() -> assemble(plan)).hasMessageStartingWith("no result of sha256:");
  }

  @Test
  void aResultOfOtherWorkIsAnError() {
    BuildPlan plan = plan();
    allGood(plan);
    downloads.put("sha256:0/x.whl", new WorkResult.Done(MIRRORED));
    assertThatThrownBy(() -> assemble(plan)).hasMessageContaining("does not download");

    downloads.remove("sha256:0/x.whl");
    builds.put(new WorkTarget("x", id("cp312")), new WorkResult.Done(BUILT));
    assertThatThrownBy(() -> assemble(plan)).hasMessageContaining("does not build");
  }

  @Test
  void aWheelOfAnotherPinIsAnError() {
    BuildPlan plan = plan();
    allGood(plan);
    downloads.replaceAll((id, result) -> new WorkResult.Done(BUILT));

    assertThatThrownBy(() -> assemble(plan)).hasMessageContaining("is not m===1.0");
  }

  @Test
  void anAbsoluteLogPathIsRefused() {
    assertThatThrownBy(
            () -> new Outcome.Failed(FailureClass.UNKNOWN, "symptom", "why", "", "/home/x.log"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
