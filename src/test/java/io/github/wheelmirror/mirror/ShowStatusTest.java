package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Staleness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShowStatusTest {
  private final RecordedLines lines = new RecordedLines();
  private final FakeRegion east = new FakeRegion("east", new ArrayList<>());
  private final FakeRegion west = new FakeRegion("west", new ArrayList<>());

  private void show(Region... regions) {
    new ShowStatus(
            lines.log(), new Staleness(Duration.ofDays(9), Instant.parse("2026-01-02T00:00:00Z")))
        .run(List.of(regions));
  }

  @Test
  void regionsThatServeTheSameAreNoDrift() {
    show(east.serving(3, "a"), west.serving(2, "a"));
    assertThat(lines.warnings()).isEmpty();
    assertThat(lines.all()).hasSize(2).allMatch(line -> line.contains("a".repeat(64)));
  }

  @Test
  void regionsThatServeDifferentSnapshotsAreTold() {
    show(east.serving(3, "a"), west.serving(2, "b"));
    assertThat(lines.warnings())
        .containsExactly(
            RecordedLines.WARNING + "drift: regions serve 2 snapshots of " + TestTargets.SLUG);
  }

  @Test
  void aRegionThatHasNothingOfAChannelIsTold() {
    show(east.serving(3, "a"), west);
    assertThat(lines.warnings())
        .containsExactly(
            RecordedLines.WARNING + "drift: west serves nothing of " + TestTargets.SLUG);
  }

  @Test
  void aRegionThatCannotBeReadHidesNoOther() {
    east.unreachable = true;
    assertThatThrownBy(() -> show(east, west.serving(2, "b")))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("not every region could be asked")
        .hasMessageContaining("east");
    assertThat(lines.all()).singleElement().asString().startsWith("west ");
  }

  @Test
  void nothingReleasedIsSaid() {
    show(east);
    assertThat(lines.all()).containsExactly("no region has a release yet");
  }

  @Test
  void noRegionIsRefused() {
    assertThatThrownBy(() -> show())
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("there is no region to ask");
  }
}
