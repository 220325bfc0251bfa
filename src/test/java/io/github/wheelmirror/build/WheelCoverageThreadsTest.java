package io.github.wheelmirror.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class WheelCoverageThreadsTest {

  @Test
  void buildsInSeveralThreadsMayShareOne() throws Exception {
    TargetId target = PlanScenario.id("cp311");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 200; round++) {
        var coverage = new WheelCoverage(List.of(PlanScenario.target(target.slug(), "cp311")));
        List<Future<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
          WheelFile wheel = wheel(">=3." + i);
          answers.add(threads.submit(() -> coverage.covers(wheel, target)));
        }
        for (int i = 0; i < 32; i++) {
          assertThat(answers.get(i).get()).as("round %d, >=3.%d", round, i).isEqualTo(i <= 11);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static WheelFile wheel(String requiresPython) {
    return new WheelFile(
        "foo-1.0-py3-none-any.whl",
        ProjectName.parse("foo"),
        Version.parse("1.0"),
        "0".repeat(64),
        1,
        "0".repeat(64),
        requiresPython,
        false,
        "",
        "",
        new Origin.Mirrored("https://example.org/foo", "https://example.org/simple/"));
  }
}
