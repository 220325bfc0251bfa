package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseSnapshotTest {

  @TempDir Path folder;
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
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
    assertThat(events.subList(0, 2)).containsExactlyInAnyOrder("stage east", "stage west");
    assertThat(events.subList(2, 6))
        .containsExactly("flip east", "look at east", "flip west", "look at west");
    assertThat(events).endsWith("report east 1", "report west 1");
  }

  @Test
  void aReportThatCannotBePublishedStopsNoOther() {
    east.failsToPublish = true;
    scenario.lifecycle();
    assertThat(events).contains("report west 1").doesNotContain("report east 1");
    assertThat(scenario.lines.warnings())
        .anyMatch(line -> line.contains("region east serves release 1"));
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

  @Test
  void aRegionThatDoesNotShowWhatIsStagedKeepsAllFromBeingSwitched() {
    west.showsOld = true;
    assertThatThrownBy(scenario::lifecycle)
        .hasMessageContaining("region west does not show its clients what was staged")
        .hasMessageContaining("its URL answers 404");
    assertThat(events).noneMatch(event -> event.startsWith("flip"));
  }

  @Test
  void withoutALookNobodyAsks() {
    west.showsOld = true;
    scenario.policy(RegionPolicy.ALL, false).lifecycle();
    assertThat(events).contains("flip east", "flip west").doesNotContain("look at east");
  }

  @Test
  void theFirstRegionGoesBackIfItsClientsDoNotSeeTheRelease() {
    east.serving(4, "f");
    west.serving(4, "f");
    east.cachesOld = true;
    assertThatThrownBy(scenario::lifecycle)
        .hasMessageContaining("region east does not show its clients what was released");
    assertThat(events).contains("recall east").doesNotContain("flip west");
    assertThat(java.util.Objects.requireNonNull(east.release).snapshot()).isEqualTo("f".repeat(64));
    assertThat(java.util.Objects.requireNonNull(east.release).serial()).isEqualTo(6);
  }

  @Test
  void aRegionThatFailsLaterKeepsNoOtherFromBeingSwitched() {
    FakeRegion north = new FakeRegion("north", events);
    scenario.regions(List.<Region>of(east, west, north));
    west.failsToFlip = true;
    assertThatThrownBy(scenario::lifecycle).hasMessageContaining("region west failed");
    assertThat(events).contains("flip east", "flip north");
  }

  @Test
  void aQuorumReleasesAndTellsWhoStaysBehind() {
    FakeRegion north = new FakeRegion("north", events);
    scenario.regions(List.<Region>of(east, west, north)).policy(RegionPolicy.QUORUM, true);
    west.failsToStage = true;
    scenario.lifecycle();
    assertThat(events).contains("flip east", "flip north").doesNotContain("flip west");
    assertThat(scenario.lines.all())
        .anyMatch(line -> line.contains("region west stays behind") && line.contains("is full"));
    north.unreachable = true;
    scenario.branch("master", "six===1.16.0");
    scenario.index.wheel("six", "1.16.0", "py3-none-any");
    assertThatThrownBy(scenario::lifecycle).hasMessageContaining("region north failed");
  }

  @Test
  void bestEffortIsContentWithOne() {
    scenario.policy(RegionPolicy.BEST_EFFORT, true);
    west.failsToStage = true;
    scenario.lifecycle();
    assertThat(events).contains("flip east");
    east.failsToStage = true;
    scenario.branch("master", "six===1.16.0");
    scenario.index.wheel("six", "1.16.0", "py3-none-any");
    assertThatThrownBy(scenario::lifecycle)
        .hasMessageContaining("0 of 2 regions can release")
        .hasMessageContaining("bestEffort wants 1");
  }

  private static Release served(FakeRegion region) {
    return java.util.Objects.requireNonNull(region.release);
  }

  @Test
  void oneSwitchGivesAllRegionsTheSameSerial() {
    east.serving(11, "f");
    west.serving(9, "f");
    scenario.lifecycle();
    assertThat(served(east).serial()).isEqualTo(12);
    assertThat(served(west).serial()).isEqualTo(12);
    scenario.lifecycle();
    assertThat(served(west).serial()).isEqualTo(12);
  }

  @Test
  void aRegionThatCatchesUpGetsTheSerialThatTheOthersHave() {
    east.serving(4, "f");
    west.serving(2, "f");
    west.failsToFlip = true;
    assertThatThrownBy(scenario::lifecycle).hasMessageContaining("region west failed");
    west.failsToFlip = false;
    scenario.lifecycle();
    assertThat(served(east).serial()).isEqualTo(5);
    assertThat(served(west).serial()).isEqualTo(5);
    assertThat(served(west).snapshot()).isEqualTo(served(east).snapshot());
  }

  @Test
  void whatFollowsARegionThatWentBackIsAheadOfIt() {
    scenario.policy(RegionPolicy.BEST_EFFORT, true);
    east.serving(4, "f");
    west.serving(4, "f");
    east.cachesOld = true;
    scenario.lifecycle();
    assertThat(served(east).snapshot()).isEqualTo("f".repeat(64));
    assertThat(served(east).serial()).isEqualTo(6);
    assertThat(served(west).serial()).isEqualTo(7);
  }

  @Test
  void aRegionThatServesWhatIsLeftOfAnOlderReleaseIsBehindTheBase() {
    scenario.policy(RegionPolicy.BEST_EFFORT, true);
    east.serving(4, "b", "2026-01-01T00:00:00Z").serving(5, "c", "2026-01-02T00:00:00Z");
    west.serving(4, "b", "2026-01-01T00:00:00Z").left(7, "d", "b", "2026-01-03T00:00:00Z");
    SessionMemo memo = new SessionMemo(new java.util.concurrent.ConcurrentHashMap<>());
    scenario.goals(memo).verify();
    east.serving(6, "f", "2026-01-04T00:00:00Z");
    scenario.goals(memo).deploy();
    assertThat(events).contains("flip west").doesNotContain("flip east");
    assertThat(served(west).serial()).isEqualTo(8);
    assertThat(served(west).origin()).isEmpty();
  }

  @Test
  void whatARegionWentBackToIsNoNewerForIt() {
    east.serving(4, "f", "2026-01-01T00:00:00Z");
    west.serving(4, "f", "2026-01-01T00:00:00Z").serving(5, "c", "2026-01-02T00:00:00Z");
    east.cachesOld = true;
    assertThatThrownBy(scenario::lifecycle).hasMessageContaining("region east does not show");
    assertThat(served(east).serial()).isEqualTo(7);
    assertThat(served(east).snapshot()).isEqualTo("f".repeat(64));
    assertThat(
            new Bases(scenario.outside(), RegionPolicy.ALL)
                .newest(TestTargets.SLUG)
                .orElseThrow()
                .region())
        .isSameAs(west);
  }

  @Test
  void bestEffortReleasesPastARegionThatCannotBeAsked() {
    scenario.policy(RegionPolicy.BEST_EFFORT, true);
    east.serving(4, "f");
    west.serving(4, "f");
    east.unreachable = true;
    scenario.lifecycle();
    assertThat(events).contains("flip west").doesNotContain("flip east");
    assertThat(scenario.lines.warnings())
        .anyMatch(line -> line.contains("region east could not be asked"))
        .anyMatch(line -> line.contains("region east stays behind"));
    east.unreachable = false;
    scenario.lifecycle();
    assertThat(served(east).snapshot()).isEqualTo(served(west).snapshot());
    assertThat(served(east).serial()).isEqualTo(5);
  }

  @Test
  void aRegionThatCountedFurtherIsBehindTheBaseAllTheSame() {
    east.serving(14, "e", "2026-01-01T00:00:00Z");
    west.serving(12, "e", "2026-01-01T00:00:00Z").serving(13, "f", "2026-01-02T00:00:00Z");
    scenario.lifecycle();
    assertThat(served(east).serial()).isEqualTo(15);
    assertThat(served(west))
        .isEqualTo(
            new Release(served(east).slug(), served(east).snapshot(), 15, served(west).released()));
  }
}
