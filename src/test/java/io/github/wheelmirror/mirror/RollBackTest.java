package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollBackTest {

  @TempDir Path folder;
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final FakeRegion east = new FakeRegion("east", events);
  private final FakeRegion west = new FakeRegion("west", events);
  private MirrorScenario scenario;

  @BeforeEach
  void twoRegions() {
    scenario = MirrorScenario.quick(folder).regions(List.<Region>of(east, west));
    east.serving(1, "a").serving(2, "b");
    west.serving(1, "a").serving(2, "b");
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private void rollBack(String to, String channel) {
    new RollBack(scenario.outside(), true).run(new RollBack.Settings(to, channel, false));
  }

  private static String served(FakeRegion region) {
    return Objects.requireNonNull(region.release).snapshot().substring(0, 1);
  }

  @Test
  void everyRegionIsLookedAtBeforeTheFirstIsSwitched() {
    rollBack("previous", "");

    assertThat(events)
        .containsExactly(
            "recall east", "recall west", "flip east", "look at east", "flip west", "look at west");
    assertThat(east.release).isEqualTo(new Release(TestTargets.SLUG, "a".repeat(64), 3, at(east)));
    assertThat(served(west)).isEqualTo("a");
  }

  private static String at(FakeRegion region) {
    return Objects.requireNonNull(region.release).released();
  }

  @Test
  void previousLeadsBackWhenDoneTwice() {
    rollBack("previous", "");
    rollBack("previous", TestTargets.SLUG);

    assertThat(served(east)).isEqualTo("b");
    assertThat(served(west)).isEqualTo("b");
  }

  @Test
  void regionsThatDifferAllServeWhatTheNewestServedBefore() {
    west.release = null;
    west.past.clear();
    west.serving(1, "a");

    rollBack("previous", "");

    assertThat(served(east)).isEqualTo("a");
    assertThat(served(west)).isEqualTo("a");
    assertThat(scenario.lines.all())
        .anyMatch(line -> line.contains("west: ") && line.contains("nothing to release"));
  }

  @Test
  void theBeginningOfAnIdIsEnough() {
    rollBack("aaaaaaaa", "");

    assertThat(served(west)).isEqualTo("a");
  }

  @Test
  void aRegionThatDoesNotHoldItKeepsAllFromBeingSwitched() {
    west.lacking = true;

    assertThatThrownBy(() -> rollBack("previous", "")).hasMessageContaining("region west failed");
    assertThat(events).containsExactly("recall east");
    assertThat(served(east)).isEqualTo("b");
  }

  @Test
  void allRegionsThatDoNotHoldItAreNamed() {
    east.lacking = true;
    west.lacking = true;

    assertThatThrownBy(() -> rollBack("previous", ""))
        .hasMessageContaining("2 regions")
        .hasMessageContaining("region east failed")
        .hasMessageContaining("region west failed");
  }

  @Test
  void theFirstRegionGoesBackIfItsClientsDoNotSeeIt() {
    east.cachesOld = true;

    assertThatThrownBy(() -> rollBack("previous", ""))
        .hasMessageContaining("region east does not show its clients what was released");
    assertThat(served(east)).isEqualTo("b");
    assertThat(served(west)).isEqualTo("b");
    assertThat(events).doesNotContain("flip west");
  }

  @Test
  void aRegionThatFailsLaterKeepsNoOtherFromBeingSwitched() {
    FakeRegion north = new FakeRegion("north", events).serving(1, "a").serving(2, "b");
    scenario.regions(List.<Region>of(east, west, north));
    west.failsToFlip = true;

    assertThatThrownBy(() -> rollBack("previous", "")).hasMessageContaining("region west failed");
    assertThat(served(north)).isEqualTo("a");
    west.failsToFlip = false;
    rollBack("aaaaaaaa", "");
    assertThat(served(west)).isEqualTo("a");
  }

  @Test
  void withoutALookNobodyAsks() {
    new RollBack(scenario.outside(), false)
        .run(new RollBack.Settings("previous", TestTargets.SLUG, false));

    assertThat(events).doesNotContain("look at east").contains("flip west");
  }

  @Test
  void whatIsOnlyToldChangesNothing() {
    new RollBack(scenario.outside(), true).run(new RollBack.Settings("previous", "", true));

    assertThat(events).isEmpty();
    assertThat(scenario.lines.all())
        .anyMatch(line -> line.contains("east") && line.contains("would serve snapshot aaaa"));
  }

  @Test
  void refusalsSayWhatThereIs() {
    assertThatThrownBy(() -> rollBack("last", "")).hasMessageContaining("no release last");
    assertThatThrownBy(() -> rollBack("aaaaaaa", "")).hasMessageContaining("eight or more digits");
    assertThatThrownBy(() -> rollBack("cccccccc", ""))
        .hasMessageContaining("no release has the snapshot cccccccc");
    assertThatThrownBy(() -> rollBack("previous", "alpine-3-x86_64"))
        .hasMessageContaining("no channel alpine-3-x86_64")
        .hasMessageContaining(TestTargets.SLUG);
    east.past.clear();
    west.past.clear();
    east.serving(2, "b");
    west.serving(2, "b");
    assertThatThrownBy(() -> rollBack("previous", ""))
        .hasMessageContaining("never served another snapshot");
    assertThat(events).isEmpty();
  }
}
