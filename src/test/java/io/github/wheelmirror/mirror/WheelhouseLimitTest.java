package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.tree.OldMarks;
import io.github.wheelmirror.tree.Wheelhouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WheelhouseLimitTest {

  @TempDir Path folder;
  private MirrorScenario scenario;

  @BeforeEach
  void anotherProjectsWheels() {
    scenario = MirrorScenario.quick(folder);
    scenario.index.wheel("old", "1.0", "py3-none-any").wheel("new", "1.0", "py3-none-any");
    scenario.branch("master", "old===1.0");
    scenario.goals().build();
    scenario.branch("master", "new===1.0");
    scenario.workspace = "another";
    scenario.wheelhouseLimit = 1;
    scenario.lines.clear();
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private List<String> wheels() {
    return new Wheelhouse(folder.resolve("cache/wheelhouse"))
        .all().stream().map(WheelFile::filename).toList();
  }

  @Test
  void wheelsThatNobodyNeedsMakeRoomAndThoseOfThisRunStay() {
    OldMarks.age(folder.resolve("cache/wheelhouse-uses"), Duration.ofDays(3));
    scenario.goals().build();
    assertThat(wheels()).containsExactly("new-1.0-py3-none-any.whl");
    assertThat(scenario.lines.all()).anyMatch(line -> line.contains("1 wheels of 0 MiB"));
    assertThat(scenario.lines.warnings())
        .hasSize(1)
        .first()
        .asString()
        .contains("its limit is 0 MiB", "raise wheelhouseLimit");
  }

  @Test
  void whatAnotherRunUsedLatelyStays() {
    scenario.goals().build();
    assertThat(wheels()).hasSize(2);
    assertThat(scenario.lines.warnings()).hasSize(1);
  }

  @Test
  void aRunThatAddsNothingRemovesNothing() {
    scenario.goals().build();
    OldMarks.age(folder.resolve("cache/wheelhouse-uses"), Duration.ofDays(3));
    scenario.lines.clear();
    scenario.goals().build();
    assertThat(wheels()).hasSize(2);
    assertThat(scenario.lines.warnings()).isEmpty();
  }

  @Test
  void withoutALimitAllStays() {
    scenario.wheelhouseLimit = 0;
    OldMarks.age(folder.resolve("cache/wheelhouse-uses"), Duration.ofDays(99));
    scenario.goals().build();
    assertThat(wheels()).hasSize(2);
    assertThat(scenario.lines.warnings()).isEmpty();
  }

  @Test
  void aNegativeLimitIsRefused() {
    scenario.wheelhouseLimit = -1;
    assertThatThrownBy(scenario::goals)
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("<wheelhouseLimit>");
  }
}
