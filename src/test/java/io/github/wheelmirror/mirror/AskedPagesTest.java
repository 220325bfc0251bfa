package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.report.LiveArea;
import io.github.wheelmirror.report.TextMirrorLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AskedPagesTest {

  private final RecordedLines lines = new RecordedLines();
  private final SteppedClock clock = new SteppedClock(Duration.ZERO);

  @Test
  void aSignOfLifeIsGivenOnceInAWhileAndNotForEachPage() {
    try (AskedPages asked = new AskedPages(lines.log(), clock, 1462)) {
      for (int page = 0; page < 120; page++) {
        asked.answered();
      }
      clock.pass(29);
      asked.beat();
      assertThat(lines.all()).isEmpty();
      clock.pass(1);
      asked.answered();
      asked.answered();
      asked.beat();
      assertThat(lines.all()).containsExactly("  still asking the index: 121 of 1,462 projects");
      clock.pass(30);
      asked.beat();
      assertThat(lines.all()).last().isEqualTo("  still asking the index: 122 of 1,462 projects");
    }
    assertThat(lines.all()).hasSize(2);
    assertThat(MirrorScenario.threadsLeft()).doesNotContain("wheel-mirror heartbeat");
  }

  @Test
  void aTerminalShowsItByItselfAndIsLeftAsItWas() throws Exception {
    BlockingQueue<String> printed = new LinkedBlockingQueue<>();
    TextMirrorLog log = new TextMirrorLog(lines, "", new LiveArea(printed::add));
    try (AskedPages asked = new AskedPages(log, clock, 3)) {
      assertThat(printed.poll(30, TimeUnit.SECONDS)).contains("asking the index: 0 of 3 projects");
      asked.answered();
      clock.pass(100);
      asked.beat();
    }
    assertThat(printed).last().asString().endsWith("\033[2K\r");
    assertThat(lines.all()).isEmpty();
  }

  @Test
  void planTellsHowFarItIs(@TempDir Path folder) {
    try (MirrorScenario scenario = MirrorScenario.quick(folder)) {
      scenario.index.wheel("first", "1.0", "py3-none-any");
      scenario.index.wheel("second", "1.0", "py3-none-any");
      scenario.branch("master", "first===1.0", "second===1.0");
      scenario.changed(parts -> parts.clock = new SteppedClock(Duration.ofMinutes(1)));
      scenario.goals().plan();
      assertThat(scenario.lines.all())
          .containsOnlyOnce("  still asking the index: 1 of 2 projects")
          .doesNotContain("  still asking the index: 2 of 2 projects");
    }
  }
}
