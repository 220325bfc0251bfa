package io.github.wheelmirror.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.Json;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The size of eight OpenStack branches on five Pythons; the limit only stops a hang. */
class PlanScaleTest {

  private static final int PROJECTS = 685;
  private static final int PINS_PER_PROJECT = 4;

  @Test
  @Timeout(300)
  void eightBranchesOnFivePythonsArePlanned() {
    PlanScenario scenario = scenario();

    BuildPlan plan = scenario.plan();

    PlanSummary summary = PlanSummary.of(plan);
    assertThat(plan.pins()).hasSize(PROJECTS * PINS_PER_PROJECT);
    assertThat(summary.rows()).hasSize(8 * 5);
    assertThat(summary.rows().stream().mapToInt(PlanSummary.Row::pins).sum())
        .isEqualTo(PROJECTS * PINS_PER_PROJECT * 8 * 5);
    assertThat(summary.total("mirror")).isPositive();
    assertThat(summary.total("build")).isPositive();
    assertThat(summary.total("unsatisfiable")).isPositive();
    assertThat(Json.read(Json.write(plan), BuildPlan.class, "plan.json")).isEqualTo(plan);
  }

  static PlanScenario scenario() {
    var random = new Random(1);
    var scenario = PlanScenario.with("cp39", "cp310", "cp311", "cp312", "cp313");
    for (int year = 2023; year <= 2025; year++) {
      scenario.branch("stable/" + year + ".1").branch("stable/" + year + ".2");
    }
    scenario.branch("unmaintained/zed");
    for (int project = 0; project < PROJECTS; project++) {
      String name = "project-" + project;
      int kind = random.nextInt(20);
      int versions = kind == 0 ? 60 : 8;
      for (int version = 0; version < versions; version++) {
        addFiles(scenario, name, "1." + version, kind);
      }
      for (int pin = 0; pin < PINS_PER_PROJECT; pin++) {
        scenario.pin(name + "===1." + (kind == 2 ? 900 + pin : pin));
      }
    }
    scenario.buildConstraints.add(new BuildConstraints(List.of(), List.of("setuptools<82")));
    return scenario;
  }

  private static void addFiles(PlanScenario scenario, String name, String version, int kind) {
    String stem = name.replace('-', '_') + "-" + version;
    scenario.files(name, name + "-" + version + ".tar.gz");
    if (kind == 0) {
      for (int minor = 6; minor <= 14; minor++) {
        for (String platform :
            List.of(
                "manylinux_2_17_x86_64.manylinux2014_x86_64", "musllinux_1_2_x86_64", "win32")) {
          String python = "cp3" + minor;
          scenario.files(name, stem + "-" + python + "-" + python + "-" + platform + ".whl");
        }
      }
    } else if (kind > 3) {
      scenario.files(name, stem + "-py2.py3-none-any.whl");
    }
  }
}
