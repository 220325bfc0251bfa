package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.tree.Region;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BasesTest {

  @TempDir Path folder;
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final FakeRegion east = new FakeRegion("east", events);
  private final FakeRegion west = new FakeRegion("west", events);
  private MirrorScenario scenario;

  @BeforeEach
  void twoRegions() {
    scenario = MirrorScenario.quick(folder).regions(List.<Region>of(east, west));
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private Bases bases() {
    return bases(RegionPolicy.ALL);
  }

  private Bases bases(RegionPolicy policy) {
    return new Bases(scenario.outside(), policy);
  }

  @Test
  void withoutAnyReleaseThereIsNoBase() {
    assertThat(bases().newest(TestTargets.SLUG)).isEmpty();
    assertThat(scenario.lines.all()).isEmpty();
  }

  @Test
  void equalRegionsGiveTheFirstOnesBaseWithoutWarning() {
    east.serving(4, "a");
    west.serving(2, "a");
    assertThat(bases().newest(TestTargets.SLUG).orElseThrow().region()).isSameAs(east);
    assertThat(scenario.lines.warnings()).isEmpty();
    assertThat(events).containsExactly("east manifest a");
  }

  @Test
  void theHighestSerialCountsWhereRegionsDiffer() {
    east.serving(3, "a");
    west.serving(5, "b");
    Bases.Base base = bases().newest(TestTargets.SLUG).orElseThrow();
    assertThat(base.region()).isSameAs(west);
    assertThat(base.release().serial()).isEqualTo(5);
    assertThat(scenario.lines.warnings())
        .containsExactly(
            RecordedLines.WARNING
                + "regions serve different releases of debian-12-x86_64;"
                + " the base is release 5 of west");
  }

  @Test
  void aRegionWithoutTheChannelDiffersToo() {
    west.serving(5, "b");
    assertThat(bases().newest(TestTargets.SLUG).orElseThrow().region()).isSameAs(west);
    assertThat(scenario.lines.warnings()).hasSize(1);
  }

  @Test
  void anUnreachableRegionIsAnErrorAndNeverAFirstRelease() {
    east.serving(3, "a");
    west.unreachable = true;
    assertThatThrownBy(() -> bases().newest(TestTargets.SLUG))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("region west");
    scenario.branch("master", "six===1.17.0");
    assertThatThrownBy(() -> scenario.goals().plan()).hasMessageContaining("region west");
    assertThat(scenario.workspace().plan()).doesNotExist();
    assertThat(scenario.index.requests()).isEmpty();
  }

  @Test
  void ofRegionsThatCountedApartTheOneThatServedTheOthersReleaseBeforeIsNewer() {
    east.serving(14, "a", "2026-01-01T00:00:00Z");
    west.serving(12, "a", "2026-01-01T00:00:00Z").serving(13, "b", "2026-01-02T00:00:00Z");
    assertThat(bases().newest(TestTargets.SLUG).orElseThrow().region()).isSameAs(west);
    scenario.regions(List.<Region>of(west, east));
    assertThat(bases().newest(TestTargets.SLUG).orElseThrow().region()).isSameAs(west);
  }

  @Test
  void ofTwoReleasesWithOneSerialTheLaterOneIsNewer() {
    east.serving(5, "a", "2026-01-01T00:00:00Z");
    west.serving(5, "b", "2026-01-02T00:00:00Z");
    assertThat(bases().newest(TestTargets.SLUG).orElseThrow().region()).isSameAs(west);
  }

  @Test
  void whatIsLeftOfAnOldReleaseIsNoNewerForBeingReleasedLate() {
    east.serving(1, "a", "2026-01-01T00:00:00Z").serving(3, "b", "2026-01-02T00:00:00Z");
    west.serving(1, "a", "2026-01-01T00:00:00Z").serving(2, "c", "2026-01-03T00:00:00Z");
    assertThat(bases().newest(TestTargets.SLUG).orElseThrow().region()).isSameAs(east);
  }

  private void requireBase(FakeRegion region) {
    for (List<Region> order : List.of(List.<Region>of(east, west), List.<Region>of(west, east))) {
      scenario.regions(order);
      assertThat(bases().newest(TestTargets.SLUG).orElseThrow().region()).isSameAs(region);
    }
  }

  @Test
  void whatIsLeftOfAnOldReleaseCountsAsThatOneWhateverItsSerial() {
    east.serving(4, "b", "2026-01-01T00:00:00Z").serving(5, "c", "2026-01-02T00:00:00Z");
    west.serving(4, "b", "2026-01-01T00:00:00Z").left(5, "d", "b", "2026-01-03T00:00:00Z");
    requireBase(east);
    west.left(7, "e", "b", "2026-01-04T00:00:00Z");
    requireBase(east);
    west.serving(8, "f", "2026-01-05T00:00:00Z");
    requireBase(west);
  }

  @Test
  void ofTwoThatAreLeftOfOneReleaseTheOneWithMoreTakenOutIsNewer() {
    east.serving(5, "c", "2026-01-01T00:00:00Z").left(6, "d", "c", "2026-01-02T00:00:00Z");
    west.serving(5, "c", "2026-01-01T00:00:00Z");
    requireBase(east);
    west.left(6, "d", "c", "2026-01-02T00:00:00Z").left(7, "e", "c", "2026-01-03T00:00:00Z");
    requireBase(west);
  }

  @Test
  void ofRegionsThatCountedApartWhatIsLeftIsFollowedByWhatFollowedTheWhole() {
    east.serving(14, "a", "2026-01-01T00:00:00Z").left(15, "d", "a", "2026-01-03T00:00:00Z");
    west.serving(12, "a", "2026-01-01T00:00:00Z").serving(13, "b", "2026-01-02T00:00:00Z");
    requireBase(west);
  }

  @Test
  void anOriginThatNobodyRemembersSaysNothing() {
    east.serving(5, "c", "2026-01-02T00:00:00Z");
    west.left(7, "e", "b", "2026-01-04T00:00:00Z");
    requireBase(west);
  }

  @Test
  void theBaseIsReadWhereItWasReleasedAndNotWhereTheSerialIsHigher() {
    east.serving(4, "b", "2026-01-01T00:00:00Z").serving(5, "c", "2026-01-02T00:00:00Z");
    west.serving(4, "b", "2026-01-01T00:00:00Z").left(7, "d", "b", "2026-01-03T00:00:00Z");
    scenario.regions(List.<Region>of(west, east));
    scenario.index.wheel("six", "1.17.0", "py3-none-any");
    scenario.branch("master", "six===1.17.0");
    scenario.goals().plan();
    BuildPlan plan =
        scenario
            .workspace()
            .read(scenario.workspace().plan(), BuildPlan.class)
            .orElseThrow()
            .value();
    east.serving(6, "f", "2026-01-04T00:00:00Z");
    events.clear();
    new ChannelBases(scenario.outside(), plan).manifest(TestTargets.SLUG);
    assertThat(events).containsExactly("east manifest c");
  }

  @Test
  void aRegionThatThePolicyCanDoWithoutIsToldOnce() {
    east.unreachable = true;
    west.serving(3, "a");
    Bases bases = bases(RegionPolicy.BEST_EFFORT);
    assertThat(bases.newest(TestTargets.SLUG).orElseThrow().region()).isSameAs(west);
    assertThat(bases.newest(TestTargets.SLUG).orElseThrow().region()).isSameAs(west);
    assertThat(scenario.lines.warnings())
        .hasSize(1)
        .allMatch(line -> line.contains("region east could not be asked: region east failed"));
  }

  @Test
  void allThatCannotBeAskedAreNamedIfTooFewAnswer() {
    FakeRegion north = new FakeRegion("north", events).serving(3, "a");
    scenario.regions(List.<Region>of(east, west, north));
    east.unreachable = true;
    assertThat(bases(RegionPolicy.QUORUM).newest(TestTargets.SLUG)).isPresent();
    west.unreachable = true;
    scenario.lines.clear();
    assertThatThrownBy(() -> bases(RegionPolicy.QUORUM).newest(TestTargets.SLUG))
        .hasMessageContaining("2 regions cannot be asked")
        .hasMessageContaining("region east failed")
        .hasMessageContaining("region west failed");
    assertThat(scenario.lines.warnings()).isEmpty();
  }

  @Test
  void aRegionThatCannotBeAskedMayHaveTheFirstRelease() {
    west.unreachable = true;
    assertThatThrownBy(() -> bases(RegionPolicy.BEST_EFFORT).newest(TestTargets.SLUG))
        .hasMessageContaining("nobody knows whether debian-12-x86_64 was released before")
        .hasMessageContaining("region west failed");
  }

  @Test
  void withoutRegionsThereIsNoBaseWhateverThePolicy() {
    scenario.regions(List.of());
    assertThat(bases(RegionPolicy.QUORUM).newest(TestTargets.SLUG)).isEmpty();
  }
}
