package io.github.wheelmirror.publish;

import static io.github.wheelmirror.publish.TestTree.SLUG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.ChildJvm;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Signing;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What was removed reaches the clients of AFS by the command alone: it is run until it succeeds.
 */
class AfterPruneTest extends AfterPruneCases {
  private Path root;

  @BeforeEach
  void threeReleases() {
    begin("region");
  }

  @Override
  final void begin(String name) {
    TestTree tree = new TestTree(folder.resolve("tree of " + name));
    root = folder.resolve(name);
    DirectoryRegion region = region(RegionCommands.NONE);
    for (int i = 0; i < RELEASES.size(); i++) {
      Snapshot snapshot = tree.snapshot(SLUG, name + i, RELEASES.get(i));
      Optional<Release> base = region.current(SLUG);
      region.flip(
          region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE), base, NOW);
    }
  }

  private static DirectoryRegion region(Path root, RegionCommands commands, Faults faults) {
    return new DirectoryRegion(
        new RegionSettings("afs", root, "", Duration.ofSeconds(20), commands, Signing.NONE),
        faults,
        Clock.systemUTC());
  }

  private DirectoryRegion region(RegionCommands commands, Faults faults) {
    return region(root, commands, faults);
  }

  @Override
  DirectoryRegion region(RegionCommands commands) {
    return region(commands, Faults.NONE);
  }

  @Override
  String name() {
    return "afs";
  }

  @Override
  Optional<String> read(String path) throws IOException {
    Path file = root.resolve(path);
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  @Override
  Object state() throws IOException {
    return new VisibleTree(root).stat();
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void afterAnEndAtAnyStepTheNextRunRunsIt(Work work) throws IOException {
    Set<String> steps = new LinkedHashSet<>();
    work.on(region(commands(), steps::add));
    assertThat(steps).contains("afterPrune: announce", "afterPrune", "afterPrune: done");
    requireSettled(work);
    int number = 0;
    for (String step : steps) {
      begin("failed-" + number++);
      Faults once =
          at -> {
            if (at.equals(step)) {
              throw new IOException("made up at " + step);
            }
          };
      assertThatThrownBy(() -> work.on(region(commands(), once)))
          .hasMessageContaining("made up at " + step);
      int before = runs();
      work.on(region(commands()));
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
    Work.valueOf(args[0])
        .on(region(Path.of(args[1]), new RegionCommands("", "", killed), Faults.NONE));
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void aRunThatIsKilledInTheCommandLeavesItDue(Work work) throws Exception {
    Process process =
        ChildJvm.of(AfterPruneTest.class, List.of(work.name(), root.toString())).start();
    assertThat(process.waitFor()).isEqualTo(128 + 9);
    assertThat(root.resolve(TreeLayout.AFTER_PRUNE)).exists();
    assertThat(work.on(region(commands()))).as("all of that was removed before").isFalse();
    assertThat(runs()).isEqualTo(1);
    requireSettled(work);
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void withoutACommandNothingIsNoted(Work work) throws IOException {
    Set<String> steps = new LinkedHashSet<>();
    assertThat(work.on(region(RegionCommands.NONE, steps::add))).isTrue();
    assertThat(root.resolve(TreeLayout.AFTER_PRUNE)).doesNotExist();
    assertThat(steps).isNotEmpty().noneMatch(step -> step.startsWith("afterPrune"));
  }
}
