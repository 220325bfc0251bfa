package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseSnapshotTest {

  @TempDir Path folder;
  private final List<String> events = new ArrayList<>();
  private final FakeRegion east = new FakeRegion("east", events);
  private final FakeRegion west = new FakeRegion("west", events);
  private MirrorScenario scenario;

  @BeforeEach
  void twoRegions() {
    scenario = MirrorScenario.quick(folder).regions(List.<Region>of(east, west));
    scenario.index.wheel("six", "1.17.0", "py3-none-any");
    scenario.branch("master", "six===1.17.0");
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  @Test
  void everyRegionIsStagedBeforeTheFirstIsSwitched() {
    scenario.lifecycle();
    assertThat(events).containsExactly("stage east", "stage west", "flip east", "flip west");
  }

  @Test
  void aRegionThatCannotBeStagedKeepsAllFromBeingSwitched() {
    west.failsToStage = true;
    assertThatThrownBy(scenario::lifecycle).hasMessageContaining("region west failed");
    assertThat(events).containsExactly("stage east");
  }

  @Test
  void aRegionThatWasNotSwitchedCatchesUpInTheNextRun() {
    west.failsToFlip = true;
    assertThatThrownBy(scenario::lifecycle).hasMessageContaining("region west failed");
    west.failsToFlip = false;
    scenario.lifecycle();
    Release there = java.util.Objects.requireNonNull(west.release);
    assertThat(there.snapshot())
        .isEqualTo(java.util.Objects.requireNonNull(east.release).snapshot());
  }

  @Test
  void aRegionThatServesTheSnapshotIsAskedAgainSoThatItCanHeal() {
    scenario.lifecycle();
    events.clear();
    scenario.lines.clear();
    scenario.lifecycle();
    assertThat(events).contains("stage east", "flip east");
    assertThat(scenario.lines.all().stream().filter(line -> line.contains("nothing to release")))
        .hasSize(2);
    assertThat(scenario.lines.all()).noneMatch(line -> line.contains("now serves"));
  }

  @Test
  void aRegionWithAnotherReleaseThanTheBaseIsRefusedBeforeAnythingIsStaged() {
    SessionMemo memo = new SessionMemo(new java.util.concurrent.ConcurrentHashMap<>());
    scenario.goals(memo).verify();
    west.serving(1, "f");
    events.clear();
    assertThatThrownBy(() -> scenario.goals(memo).deploy())
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
              assertThat(e.what()).contains("region west was released to since this plan");
            });
    assertThat(events).isEmpty();
  }
}
