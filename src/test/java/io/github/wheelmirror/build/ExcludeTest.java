package io.github.wheelmirror.build;

import static io.github.wheelmirror.build.PlanScenario.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExcludeTest {

  private static PlanScenario scenario(Exclude... excludes) {
    var scenario =
        PlanScenario.with("cp311", "cp312")
            .branch("stable/2025.1")
            .pin("a===1.0")
            .files("a", "a-1.0-py3-none-any.whl");
    scenario.excludes.addAll(List.of(excludes));
    return scenario;
  }

  private static Exclude exclude(String pin, String expires) {
    return new Exclude(pin, "needs X11", expires, List.of(), List.of());
  }

  @Test
  void anExcludedPinHasItsReasonAndNoWork() {
    BuildPlan plan = scenario(exclude("A", "2026-12-31")).plan();

    assertThat(state(plan, "a===1.0", "master", "cp311"))
        .isEqualTo(new PlanState.Excluded("needs X11", "2026-12-31"));
    assertThat(plan.downloads()).isEmpty();
    assertThat(plan.warnings()).isEmpty();
  }

  @Test
  void branchesAndPythonsNarrowIt() {
    var exclude = new Exclude("a===1.0", "r", "", List.of("stable/*"), List.of("cp31?", "pp*"));
    BuildPlan plan =
        scenario(exclude, new Exclude("a", "r", "", List.of("master"), List.of("cp312"))).plan();

    assertThat(state(plan, "a===1.0", "stable/2025.1", "cp311").label()).isEqualTo("excluded");
    assertThat(state(plan, "a===1.0", "master", "cp311").label()).isEqualTo("mirror");
    assertThat(state(plan, "a===1.0", "master", "cp312").label()).isEqualTo("excluded");
  }

  @Test
  void anotherVersionIsNotExcluded() {
    BuildPlan plan = scenario(exclude("a===1.0.0", "")).plan();

    assertThat(state(plan, "a===1.0", "master", "cp311").label()).isEqualTo("mirror");
    assertThat(plan.warnings()).containsExactly("the exclude of a===1.0.0 fits no wanted pin");
  }

  @ParameterizedTest
  @CsvSource({"2026-11-21,mirror", "2026-11-22,excluded", "2026-11-23,excluded"})
  void itHoldsUpToItsLastDay(String expires, String label) {
    BuildPlan plan = scenario(exclude("a", expires)).plan();

    assertThat(state(plan, "a===1.0", "master", "cp311").label()).isEqualTo(label);
    assertThat(plan.warnings()).hasSize(label.equals("mirror") ? 1 : 0);
  }

  @Test
  void anExpiredOneIsReportedWithItsReason() {
    assertThat(scenario(exclude("a", "2026-01-31")).plan().warnings())
        .containsExactly(
            "the exclude of a expired on 2026-01-31 and does not hold any more (needs X11)");
  }

  @Test
  void theFirstThatCoversGivesTheReason() {
    BuildPlan plan =
        scenario(exclude("a", "2026-01-31"), new Exclude("a", "second", "", List.of(), List.of()))
            .plan();

    assertThat(state(plan, "a===1.0", "master", "cp311"))
        .isEqualTo(new PlanState.Excluded("second", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a>>1",
        "a[x]",
        "a; os_name == 'posix'",
        "a @ https://x.example/a.whl",
        "===1",
        "a===x"
      })
  void somethingElseThanAPinIsRefused(String pin) {
    assertThatThrownBy(() -> exclude(pin, ""))
        .isInstanceOfSatisfying(
            MirrorException.class, e -> assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT));
  }

  @Test
  void aMissingReasonAndAWrongDateAreRefused() {
    assertThatThrownBy(() -> new Exclude("a", " ", "", List.of(), List.of()))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("reason");
    assertThatThrownBy(() -> exclude("a", "31.12.2026"))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("31.12.2026");
  }
}
