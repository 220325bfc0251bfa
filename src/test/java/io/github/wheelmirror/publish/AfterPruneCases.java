package io.github.wheelmirror.publish;

import static io.github.wheelmirror.publish.TestTree.SLUG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of the command {@code afterPrune} whatever the region is. */
abstract class AfterPruneCases {
  static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  /** What the releases of a region list. */
  static final List<Map<String, List<String>>> RELEASES =
      List.of(
          Map.of("alpha", List.of("1.0")),
          Map.of("alpha", List.of("1.0"), "beta", List.of("1.0")),
          Map.of("alpha", List.of("1.0"), "beta", List.of("1.0"), "gamma", List.of("1.0")));

  @TempDir Path folder;
  private Path ran;
  private Path broken;

  /** What removes something of a region whose oldest snapshot nobody is led to. */
  enum Work {
    /** A wheel that only the oldest snapshot and the one served before list. */
    QUARANTINE,
    /** The oldest snapshot, whose files later ones list too. */
    PRUNE;

    /** Whether anything was removed. */
    boolean on(Region region) {
      if (this == PRUNE) {
        Retention one = new Retention(1, Duration.ZERO, List.of(), Duration.ofHours(1), 1);
        return !region
            .prune(one, NOW.plus(Duration.ofDays(900)), false)
            .removedSnapshots()
            .isEmpty();
      }
      String old = region.history(SLUG).get(0).snapshot();
      Quarantine all =
          Quarantine.NONE.plus(
              new QuarantineEntry(
                  "",
                  List.of(Quarantine.file(region.manifest(SLUG, old).files().get(0))),
                  "bad",
                  NOW.toString()));
      return !region.quarantine(all).isEmpty();
    }
  }

  @BeforeEach
  void noCommandRan() {
    ran = folder.resolve("ran");
    broken = folder.resolve("broken");
  }

  /** Goes on with a new region that has all releases. */
  abstract void begin(String name);

  /** The region, run with these commands. */
  abstract Region region(RegionCommands commands);

  /** The name it has in messages. */
  abstract String name();

  /** What a file of the region says. */
  abstract Optional<String> read(String path) throws IOException;

  /** Differs after anything was written. */
  abstract Object state() throws IOException;

  final RegionCommands commands() {
    return new RegionCommands("", "", "echo once >> '" + ran + "' && [ ! -e '" + broken + "' ]");
  }

  private Region region() {
    return region(commands());
  }

  final int runs() throws IOException {
    return Files.exists(ran) ? Files.readAllLines(ran).size() : 0;
  }

  private void requireFailure(Work work) {
    assertThatThrownBy(() -> work.on(region()))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("<afterPrune> of region " + name() + " failed");
  }

  /** Leaves the command due. */
  private void fail(Work work) throws IOException {
    Files.createFile(broken);
    requireFailure(work);
    Files.delete(broken);
  }

  final void requireSettled(Work work) throws IOException {
    assertThat(read(TreeLayout.AFTER_PRUNE)).isEmpty();
    int before = runs();
    Object state = state();
    assertThat(work.on(region())).isFalse();
    assertThat(state()).isEqualTo(state);
    assertThat(runs()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void aCommandThatFailedIsRunByTheNextRunWhichHasNothingElseToDo(Work work) throws IOException {
    Files.createFile(broken);
    for (int i = 1; i < 4; i++) {
      requireFailure(work);
      assertThat(runs()).isEqualTo(i);
    }
    Files.delete(broken);
    assertThat(work.on(region())).as("all of that was removed before").isFalse();
    assertThat(runs()).isEqualTo(4);
    requireSettled(work);
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void eachOfThemRunsWhatTheOtherLeftDue(Work work) throws IOException {
    fail(work);
    if (work == Work.PRUNE) {
      // as each deploy does, with nothing in quarantine
      assertThat(region().quarantine(Quarantine.NONE)).isEmpty();
      assertThat(read(TreeLayout.QUARANTINE)).isEmpty();
    } else {
      Retention all = new Retention(9, Duration.ofDays(900), List.of(), Duration.ofDays(900), 0);
      region().prune(all, NOW, false);
    }
    assertThat(runs()).isEqualTo(2);
    requireSettled(work);
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void whatIsDueStaysSoForARunWithoutTheCommand(Work work) throws IOException {
    fail(work);
    assertThat(work.on(region(RegionCommands.NONE))).isFalse();
    int before = runs();
    work.on(region());
    assertThat(runs()).isEqualTo(before + 1);
    requireSettled(work);
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void whoAsksIsToldThatItIsDueWithAndWithoutTheCommand(Work work) throws IOException {
    assertThat(region().isAfterPruneDue()).isFalse();
    fail(work);
    Object state = state();
    assertThat(region().isAfterPruneDue()).isTrue();
    assertThat(region(RegionCommands.NONE).isAfterPruneDue()).isTrue();
    assertThat(state()).isEqualTo(state);
    work.on(region());
    assertThat(region().isAfterPruneDue()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void whoLooksIntoTheNoteIsToldWhatItIs(Work work) throws IOException {
    fail(work);
    assertThat(read(TreeLayout.AFTER_PRUNE))
        .hasValueSatisfying(words -> assertThat(words).contains("<afterPrune>"));
  }
}
