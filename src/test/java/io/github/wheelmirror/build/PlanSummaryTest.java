package io.github.wheelmirror.build;

import static io.github.wheelmirror.build.PlanScenario.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanSummaryTest {

  @Test
  void pinsAreCountedForEachBranchTargetAndState() {
    var scenario =
        PlanScenario.with("cp39", "cp310")
            .branch("stable/2025.1")
            .pin("a===1.0")
            .pin("b===1.0")
            .pin("c===1.0", "master")
            .files("a", "a-1.0-py3-none-any.whl")
            .files("b", "b-1.0.tar.gz");
    scenario.excludes.add(new Exclude("b", "r", "", List.of("stable/*"), List.of("cp39")));

    PlanSummary summary = PlanSummary.of(scenario.plan());

    assertThat(summary.rows())
        .extracting(PlanSummary.Row::branch, PlanSummary.Row::target, PlanSummary.Row::pins)
        .containsExactly(
            tuple("master", id("cp39"), 3),
            tuple("master", id("cp310"), 3),
            tuple("stable/2025.1", id("cp39"), 2),
            tuple("stable/2025.1", id("cp310"), 2));
    assertThat(summary.rows().get(2).counts())
        .isEqualTo(
            Map.of(
                "reuse",
                0,
                "mirror",
                1,
                "upstream",
                0,
                "build",
                0,
                "not-applicable",
                0,
                "excluded",
                1,
                "unsatisfiable",
                0));
    assertThat(summary.rows().get(0).count("unsatisfiable")).isEqualTo(1);
    assertThat(summary.total("mirror")).isEqualTo(4);
    assertThat(summary.downloads()).isEqualTo(1);
    assertThat(summary.downloadBytes()).isEqualTo(1000);
    assertThat(summary.builds()).isEqualTo(1);
  }
}
