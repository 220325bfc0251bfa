package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkProgressTest {

  private static final ExpectedTime UNKNOWN = new ExpectedTime(Map.of(), 0, 2);

  private final RecordedLines lines = new RecordedLines();
  private final SteppedClock clock = new SteppedClock(Duration.ZERO);

  @Test
  void eachItemIsCountedWithItsTime() {
    try (WorkProgress progress = new WorkProgress(lines.log(), clock, 2, UNKNOWN)) {
      WorkProgress.Item first = progress.begins("first", -1);
      WorkProgress.Item second = progress.begins("second", -1);
      clock.pass(2);
      second.ends("mirrored");
      clock.pass(1);
      first.ends("failed");
    }
    assertThat(lines.all())
        .containsExactly("  [1/2] second: mirrored (2.0 s)", "  [2/2] first: failed (3.0 s)");
    assertThat(MirrorScenario.threadsLeft()).doesNotContain("wheel-mirror heartbeat");
  }

  @Test
  void aSignOfLifeNamesWhatStillRunsEvenTwoOfOneName() {
    try (WorkProgress progress = new WorkProgress(lines.log(), clock, 3, UNKNOWN)) {
      progress.beat();
      WorkProgress.Item one = progress.begins("numpy===1.0", -1);
      progress.begins("numpy===1.0", -1);
      progress.begins("lxml===5.0", -1);
      clock.pass(29);
      progress.beat();
      assertThat(lines.all()).isEmpty();
      clock.pass(1);
      progress.beat();
      assertThat(lines.all())
          .containsExactly("  [0/3] still at lxml===5.0, numpy===1.0, numpy===1.0");
      one.ends("built");
      progress.beat();
      clock.pass(31);
      progress.beat();
      assertThat(lines.all()).last().isEqualTo("  [1/3] still at lxml===5.0, numpy===1.0");
    }
  }

  @Test
  void whatIsLeftIsToldFromWhatBuildsTookBefore() {
    ExpectedTime time = new ExpectedTime(Map.of("a", 100.0, "b", 3000.0, "c", 20.0), 1, 2);
    try (WorkProgress progress = new WorkProgress(lines.log(), clock, 4, time)) {
      progress.begins("a.whl", -1);
      progress.begins("a", "a===1");
      progress.begins("b", "b===1");
      clock.pass(40);
      progress.beat();
      clock.pass(100);
      progress.beat();
    }
    // (60 + 2960 + 20) / 2, then (0 + 2860 + 20) / 2
    assertThat(lines.all())
        .containsExactly(
            "  [0/4] still at a.whl, a===1, b===1, about 25 min left",
            "  [0/4] still at a.whl, a===1, b===1, about 24 min left");
  }

  @Test
  void theTimeIsTheLongestBuildOrAllSharedOut() {
    assertThat(new ExpectedTime(Map.of("a", 40.0, "b", 3.0), 0, 2).words())
        .isEqualTo("the builds take about 40 s");
    assertThat(new ExpectedTime(Map.of("a", 9000.0, "b", 9000.0, "c", 6000.0), 1, 2).words())
        .isEqualTo("the builds take about 3 h 20 min, 1 of them for the first time");
    assertThat(new ExpectedTime(Map.of("a", 5.0), 1, 2).words()).isEmpty();
    assertThat(UNKNOWN.words()).isEmpty();
  }
}
