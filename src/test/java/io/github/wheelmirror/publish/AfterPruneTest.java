package io.github.wheelmirror.publish;

import static io.github.wheelmirror.publish.TestTree.SLUG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.ChildJvm;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.Signing;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What was removed reaches the clients of AFS by the command alone: it is run until it succeeds.
 */
class AfterPruneTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  @TempDir Path folder;
  private TestTree tree;
  private Path root;
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
  void threeReleases() {
    tree = new TestTree(folder.resolve("tree"));
    ran = folder.resolve("ran");
    broken = folder.resolve("broken");
    root = released("region");
  }

  private Path released(String name) {
    Path at = folder.resolve(name);
    DirectoryRegion region = region(at, "", Faults.NONE);
    List<Map<String, List<String>>> all =
        List.of(
            Map.of("alpha", List.of("1.0")),
            Map.of("alpha", List.of("1.0"), "beta", List.of("1.0")),
            Map.of("alpha", List.of("1.0"), "beta", List.of("1.0"), "gamma", List.of("1.0")));
    for (int i = 0; i < all.size(); i++) {
      Snapshot snapshot = tree.snapshot(SLUG, name + i, all.get(i));
      Optional<Release> base = region.current(SLUG);
      region.flip(
          region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE), base, NOW);
    }
    return at;
  }

  private static DirectoryRegion region(Path root, String afterPrune, Faults faults) {
    return new DirectoryRegion(
        new RegionSettings(
            "afs",
            root,
            "",
            Duration.ofSeconds(20),
            new RegionCommands("", "", afterPrune),
            Signing.NONE),
        faults,
        Clock.systemUTC());
  }

  private String command() {
    return "echo once >> '" + ran + "' && [ ! -e '" + broken + "' ]";
  }

  private DirectoryRegion region() {
    return region(root, command(), Faults.NONE);
  }

  private int runs() throws IOException {
    return Files.exists(ran) ? Files.readAllLines(ran).size() : 0;
  }

  private void requireSettled(Work work) throws IOException {
    assertThat(root.resolve(TreeLayout.AFTER_PRUNE)).doesNotExist();
    int before = runs();
    Map<String, String> state = new VisibleTree(root).stat();
    assertThat(work.on(region())).isFalse();
    assertThat(new VisibleTree(root).stat()).isEqualTo(state);
    assertThat(runs()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void aCommandThatFailedIsRunByTheNextRunWhichHasNothingElseToDo(Work work) throws IOException {
    Files.createFile(broken);
    for (int i = 1; i < 4; i++) {
      assertThatThrownBy(() -> work.on(region()))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("<afterPrune> of region afs failed");
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
    Files.createFile(broken);
    assertThatThrownBy(() -> work.on(region())).hasMessageContaining("<afterPrune>");
    Files.delete(broken);
    if (work == Work.PRUNE) {
      // as each deploy does, with nothing in quarantine
      assertThat(region().quarantine(Quarantine.NONE)).isEmpty();
      assertThat(root.resolve(TreeLayout.QUARANTINE)).doesNotExist();
    } else {
      Retention all = new Retention(9, Duration.ofDays(900), List.of(), Duration.ofDays(900), 0);
      region().prune(all, NOW, false);
    }
    assertThat(runs()).isEqualTo(2);
    requireSettled(work);
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void afterAnEndAtAnyStepTheNextRunRunsIt(Work work) throws IOException {
    Set<String> steps = new LinkedHashSet<>();
    work.on(region(root, command(), steps::add));
    assertThat(steps).contains("afterPrune: announce", "afterPrune", "afterPrune: done");
    requireSettled(work);
    int number = 0;
    for (String step : steps) {
      root = released("failed-" + number++);
      Faults once =
          at -> {
            if (at.equals(step)) {
              throw new IOException("made up at " + step);
            }
          };
      assertThatThrownBy(() -> work.on(region(root, command(), once)))
          .hasMessageContaining("made up at " + step);
      int before = runs();
      work.on(region());
      // the marks come after the command: it has succeeded by then, and nothing is left to do
      int due = work == Work.PRUNE && step.matches("prune: (marks|delete)") ? 0 : 1;
      assertThat(runs()).as(step).isEqualTo(before + due);
      requireSettled(work);
    }
  }

  /**
   * Arguments: what to do, and the region; its command kills this JVM, and what it sees is left.
   */
  public static void main(String[] args) {
    String killed = "kill -9 " + ProcessHandle.current().pid() + "; sleep 60";
    Work.valueOf(args[0]).on(region(Path.of(args[1]), killed, Faults.NONE));
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void aRunThatIsKilledInTheCommandLeavesItDue(Work work) throws Exception {
    Process process =
        ChildJvm.of(AfterPruneTest.class, List.of(work.name(), root.toString())).start();
    assertThat(process.waitFor()).isEqualTo(128 + 9);
    assertThat(root.resolve(TreeLayout.AFTER_PRUNE)).exists();
    assertThat(work.on(region())).as("all of that was removed before").isFalse();
    assertThat(runs()).isEqualTo(1);
    requireSettled(work);
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void withoutACommandNothingIsNotedAndWhatIsDueStaysSo(Work work) throws IOException {
    Set<String> steps = new LinkedHashSet<>();
    assertThat(work.on(region(root, "", steps::add))).isTrue();
    assertThat(root.resolve(TreeLayout.AFTER_PRUNE)).doesNotExist();
    assertThat(steps).isNotEmpty().noneMatch(step -> step.startsWith("afterPrune"));
    root = released("other");
    Files.createFile(broken);
    assertThatThrownBy(() -> work.on(region())).hasMessageContaining("<afterPrune>");
    Files.delete(broken);
    assertThat(work.on(region(root, "", Faults.NONE))).isFalse();
    int before = runs();
    work.on(region());
    assertThat(runs()).isEqualTo(before + 1);
    requireSettled(work);
  }

  @Test
  void whoLooksIntoTheNoteIsToldWhatItIs() throws IOException {
    Files.createFile(broken);
    assertThatThrownBy(() -> Work.PRUNE.on(region())).hasMessageContaining("<afterPrune>");
    assertThat(root.resolve(TreeLayout.AFTER_PRUNE)).content().contains("<afterPrune>");
  }
}
