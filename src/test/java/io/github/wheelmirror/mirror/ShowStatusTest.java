package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
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

  private static final Quarantine BAD = of("bad===1", "2026-01-01T00:00:00Z");
  private static final QuarantineEntry WORSE =
      of("worse===1", "2026-01-02T00:00:00Z").entries().get(0);

  private static Quarantine of(String pin, String when) {
    return Quarantine.NONE.plus(new QuarantineEntry(pin, List.of(), "malware", when));
  }

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
  void aRegionThatIsBehindIsTold() {
    show(west.serving(2, "b"), east.serving(3, "a"));
    assertThat(lines.warnings())
        .containsExactly(
            RecordedLines.WARNING
                + "drift: west serves release 2 of "
                + TestTargets.SLUG
                + " and is behind east, which serves release 3; the next deploy brings it up");
  }

  @Test
  void aRegionWithWhatIsLeftOfAnOldReleaseIsBehindWhateverItsSerial() {
    east.serving(1, "a", "2026-01-01T00:00:00Z").serving(2, "b", "2026-01-01T12:00:00Z");
    west.serving(1, "a", "2026-01-01T00:00:00Z").left(3, "c", "a", "2026-01-02T00:00:00Z");
    show(west, east);
    assertThat(lines.warnings())
        .singleElement()
        .asString()
        .contains(
            "drift: west serves release 3 of ", " and is behind east, which serves release 2");
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
  void aCommandThatIsDueIsTold() {
    west.afterPruneDue = true;
    show(east.serving(3, "a"), west.serving(3, "a"));
    assertThat(lines.warnings())
        .containsExactly(
            RecordedLines.WARNING
                + "west: something was removed, and <afterPrune> has not succeeded since; the next"
                + " prune, quarantine or deploy that has the command runs it");
  }

  @Test
  void whatIsInQuarantineIsCounted() {
    east.quarantined = BAD.plus(WORSE);
    west.quarantined = BAD.plus(WORSE);
    show(east.serving(3, "a"), west.serving(3, "a"));
    assertThat(lines.warnings()).isEmpty();
    assertThat(lines.all())
        .contains("east: 2 entries in quarantine", "west: 2 entries in quarantine");
  }

  @Test
  void aRegionWhoseQuarantineIsBehindIsTold() {
    east.quarantined = BAD;
    FakeRegion north = new FakeRegion("north", new ArrayList<>());
    north.quarantined = BAD.plus(WORSE);
    show(east.serving(3, "a"), west.serving(3, "a"), north.serving(3, "a"));
    assertThat(lines.all())
        .contains("east: 1 entry in quarantine", "north: 2 entries in quarantine")
        .noneMatch(line -> line.startsWith("west: "));
    assertThat(lines.warnings())
        .containsExactly(
            RecordedLines.WARNING
                + "east: its quarantine lacks 1 of 2 entries (worse===1); the next deploy or"
                + " quarantine applies it",
            RecordedLines.WARNING
                + "west: its quarantine lacks 2 of 2 entries (bad===1, worse===1); the next deploy or"
                + " quarantine applies it");
  }

  @Test
  void aQuarantineThatCannotBeReadHidesNothingElse() {
    east.quarantineUnreadable = true;
    west.quarantined = BAD;
    assertThatThrownBy(() -> show(east.serving(3, "a"), west.serving(3, "a")))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("region east failed: its quarantine was changed");
    assertThat(lines.all()).hasSize(3).contains("west: 1 entry in quarantine");
    assertThat(lines.warnings()).isEmpty();
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
