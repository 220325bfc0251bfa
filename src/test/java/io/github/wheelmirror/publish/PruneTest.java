package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Pruned;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.Retention.Fate;
import io.github.wheelmirror.tree.Retention.Reason;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneTest {
  private static final String SLUG = TestTree.SLUG;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration GRACE = Duration.ofDays(7);

  private final Path folder;
  private final TestTree tree;
  private final Path root;
  private final VisibleTree visible;

  PruneTest(@TempDir Path folder) {
    this.folder = folder;
    tree = new TestTree(folder);
    root = folder.resolve("region");
    visible = new VisibleTree(root);
  }

  private static Instant day(int day) {
    return START.plus(Duration.ofDays(day));
  }

  private static Retention keep(int releases, String... pinned) {
    return new Retention(releases, Duration.ZERO, List.of(pinned), GRACE, 1);
  }

  private static void release(Path to, TestTree tree, Snapshot snapshot, int day) {
    DirectoryRegion region = ReleasingProcess.region(to, Faults.NONE);
    Optional<Release> base = region.current(snapshot.slug());
    StagedRelease staged =
        region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE);
    region.flip(staged, base, day(day));
  }

  /** Releases 1.0, 2.0, … of one project beside one that never changes, one a day. */
  private List<Snapshot> released(Path to, int releases) {
    List<Snapshot> all = new ArrayList<>();
    for (int i = 1; i <= releases; i++) {
      Snapshot snapshot =
          tree.snapshot(
              SLUG, "r" + i, Map.of("alpha", List.of(i + ".0"), "stable", List.of("1.0")));
      all.add(snapshot);
      release(to, tree, snapshot, i);
    }
    return all;
  }

  private Pruned prune(Retention retention, int day) {
    return prune(root, retention, day, Faults.NONE);
  }

  private static Pruned prune(Path in, Retention retention, int day, Faults faults) {
    return ReleasingProcess.region(in, faults).prune(retention, day(day), false);
  }

  private static List<Reason> reasons(Pruned pruned, List<Snapshot> snapshots) {
    return snapshots.stream()
        .map(
            snapshot ->
                pruned.snapshots().stream()
                    .filter(fate -> fate.snapshot().equals(snapshot.id()))
                    .findFirst()
                    .map(Fate::reason)
                    .orElseThrow())
        .toList();
  }

  private boolean holds(Snapshot snapshot, String project) {
    return snapshot.manifest().files().stream()
        .filter(file -> file.project().value().equals(project))
        .allMatch(
            file ->
                Files.isRegularFile(
                    root.resolve(TreeLayout.wheel(file.sha256(), file.filename()))));
  }

  private boolean hasFolder(Snapshot snapshot) {
    return Files.exists(root.resolve(TreeLayout.snapshot(snapshot.id())))
        && Files.exists(
            root.resolve(TreeLayout.pinnedLink(snapshot.id())), LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void everySnapshotStaysForAReasonAndTheFilesOfTheOthersGoAfterTheirGrace() throws IOException {
    List<Snapshot> all = released(root, 6);

    Pruned first = prune(keep(3, all.get(0).id().substring(0, 8)), 100);

    assertThat(reasons(first, all))
        .containsExactly(
            Reason.PINNED, Reason.NONE, Reason.NONE, Reason.LAST, Reason.PREVIOUS, Reason.CURRENT);
    assertThat(hasFolder(all.get(1))).isFalse();
    assertThat(hasFolder(all.get(3))).isTrue();
    assertThat(first.removedWheels().count()).isZero();
    assertThat(first.waiting().count()).isEqualTo(2);
    assertThat(holds(all.get(1), "alpha")).isTrue();

    assertThat(prune(keep(3, all.get(0).id()), 106).removedWheels().count()).isZero();
    Pruned last = prune(keep(3, all.get(0).id()), 107);

    assertThat(last.removedWheels().count()).isEqualTo(2);
    assertThat(last.removedPages().count()).isEqualTo(2);
    assertThat(holds(all.get(1), "alpha")).isFalse();
    assertThat(holds(all.get(0), "alpha")).isTrue();
    assertThat(holds(all.get(1), "stable")).isTrue();
    assertThat(visible.files(SLUG)).contains("alpha-6.0-py3-none-any.whl");
    assertThat(visible.files("@" + all.get(0).id())).contains("alpha-1.0-py3-none-any.whl");
    assertThat(visible.junk()).isEmpty();
    Map<String, String> before = visible.stat();
    prune(keep(3, all.get(0).id()), 200);
    assertThat(visible.stat()).isEqualTo(before);
  }

  @Test
  void nothingGoesBeforeItsGraceIsOverOrWhileItIsYoung() {
    List<Snapshot> all = released(root, 5);

    assertThat(reasons(prune(keep(1), 8), all).subList(0, 3))
        .containsExactly(Reason.GRACE, Reason.GRACE, Reason.GRACE);
    Retention month = new Retention(1, Duration.ofDays(30), List.of(), GRACE, 1);
    assertThat(reasons(prune(month, 20), all).subList(0, 3))
        .containsExactly(Reason.YOUNG, Reason.YOUNG, Reason.YOUNG);
    // a clock that was put back
    assertThat(reasons(prune(keep(1), -50), all).subList(0, 3))
        .containsExactly(Reason.GRACE, Reason.GRACE, Reason.GRACE);
    assertThat(all).allMatch(this::hasFolder);
  }

  @Test
  void aFileThatIsListedAgainLosesItsMark() throws IOException {
    List<Snapshot> all = released(root, 4);
    prune(keep(1), 100);
    assertThat(Files.readString(root.resolve(TreeLayout.GARBAGE)).lines()).hasSize(4);
    release(root, tree, all.get(0), 101);

    prune(keep(1), 105);
    release(root, tree, tree.snapshot(SLUG, "9.0", "alpha"), 106);
    prune(keep(1), 120);

    assertThat(visible.files("@" + all.get(0).id())).contains("alpha-1.0-py3-none-any.whl");
  }

  @Test
  void whatSomebodyIsAboutToReleaseStays() throws IOException {
    released(root, 2);
    Snapshot next = tree.snapshot(SLUG, "3.0", "alpha");
    DirectoryRegion region = ReleasingProcess.region(root, Faults.NONE);
    Optional<Release> base = region.current(SLUG);
    StagedRelease staged = region.stage(TestTree.verified(next), tree.wheelhouse(), Progress.NONE);

    Pruned pruned = prune(keep(1), 36500);

    assertThat(reasons(pruned, List.of(next))).containsExactly(Reason.BEING_RELEASED);
    region.flip(staged, base, day(200));
    assertThat(visible.files(SLUG)).containsExactly("alpha-3.0-py3-none-any.whl");
  }

  @Test
  void whatIsOnlyToldChangesNothingAndIsWhatIsDone() throws IOException {
    released(root, 5);
    Map<String, String> before = visible.stat();

    Pruned told = ReleasingProcess.region(root, Faults.NONE).prune(keep(1), day(100), true);

    assertThat(visible.stat()).isEqualTo(before);
    assertThat(prune(keep(1), 100)).isEqualTo(told);
  }

  @Test
  void tooManyAtOnceAreRefused() throws IOException {
    released(root, 5);
    prune(keep(1), 100);
    Map<String, String> before = visible.stat();

    assertThatThrownBy(() -> prune(new Retention(1, Duration.ZERO, List.of(), GRACE, 0.25), 200))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.why())
                  .isEqualTo("3 of its 6 wheels would go, and maxDeleteRatio allows 0.25 of them");
              assertThat(e.fix()).contains("-Dwheel-mirror.prune.maxDeleteRatio=1");
            });

    assertThat(visible.stat()).isEqualTo(before);
  }

  @Test
  void aManifestThatCannotBeReadKeepsEverything() throws IOException {
    List<Snapshot> all = released(root, 5);
    Path manifest = root.resolve(TreeLayout.manifest(all.get(0).id()));
    Files.delete(manifest);
    Map<String, String> before = visible.stat();
    assertThatThrownBy(() -> prune(keep(1), 100))
        .hasMessageContaining("nothing was removed")
        .hasMessageContaining(all.get(0).id());
    Files.createDirectories(root.resolve("snapshots/backup"));
    assertThat(visible.stat().keySet()).containsAll(before.keySet());
    assertThatThrownBy(() -> prune(keep(1), 100)).hasMessageContaining("nobody knows");
    assertThat(hasFolder(all.get(1))).isTrue();
  }

  @Test
  void marksThatCannotBeReadKeepEverything() throws IOException {
    released(root, 4);
    Files.writeString(root.resolve(TreeLayout.GARBAGE), "{\"path\":");

    assertThatThrownBy(() -> prune(keep(1), 100)).hasMessageContaining("gc.jsonl cannot be read");
  }

  @Test
  void channelsAreKeptEachByItself() throws IOException {
    released(root, 3);
    Snapshot other = tree.snapshot("alpine-3-x86_64", "1.0", "alpha");
    release(root, tree, other, 0);

    prune(keep(1), 100);
    prune(keep(1), 200);

    assertThat(visible.files("alpine-3-x86_64")).containsExactly("alpha-1.0-py3-none-any.whl");
    assertThat(visible.files(SLUG)).contains("alpha-3.0-py3-none-any.whl");
  }

  @Test
  void afterAFailureAtAnyStepEveryVisiblePageIsWholeAndTheNextRunEndsIt() throws Exception {
    Set<String> steps = new LinkedHashSet<>();
    Path undisturbed = folder.resolve("undisturbed");
    released(undisturbed, 5);
    prune(undisturbed, keep(1), 100, steps::add);
    prune(undisturbed, keep(1), 200, steps::add);
    assertThat(steps).contains("prune: pinned link", "prune: content", "prune: marks");
    int number = 0;
    for (String step : steps) {
      for (int days : new int[] {100, 200}) {
        Path root = folder.resolve("failed-" + number++);
        released(root, 5);
        if (days == 200) {
          prune(root, keep(1), 100, Faults.NONE);
        }
        boolean[] failed = {false};
        Faults once =
            at -> {
              if (at.equals(step)) {
                failed[0] = true;
                throw new IOException("made up");
              }
            };
        try {
          prune(root, keep(1), days, once);
        } catch (MirrorException e) {
          assertThat(failed[0]).isTrue();
        }
        VisibleTree seen = new VisibleTree(root);
        assertThat(seen.files(SLUG)).contains("alpha-5.0-py3-none-any.whl");
        try (var links = Files.newDirectoryStream(root, "@*")) {
          for (Path link : links) {
            assertThat(seen.files(String.valueOf(link.getFileName()))).hasSize(2);
          }
        }
        prune(root, keep(1), 100, Faults.NONE);
        prune(root, keep(1), 200, Faults.NONE);
        assertThat(seen.junk()).isEmpty();
        assertThat(seen.stat().keySet()).isEqualTo(new VisibleTree(undisturbed).stat().keySet());
      }
    }
  }
}
