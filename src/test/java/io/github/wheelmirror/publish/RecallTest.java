package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot that was released before is released again. */
class RecallTest {
  private static final String SLUG = TestTree.SLUG;

  private final Path folder;
  private final TestTree tree;
  private final Snapshot one;
  private final Snapshot two;
  private final Path root;
  private final VisibleTree visible;

  RecallTest(@TempDir Path folder) {
    this.folder = folder;
    tree = new TestTree(folder);
    one = tree.snapshot(SLUG, "1.0", "alpha", "beta");
    two = tree.snapshot(SLUG, "2.0", "alpha", "beta", "gamma");
    root = folder.resolve("region");
    visible = new VisibleTree(root);
  }

  @BeforeEach
  void twoReleases() {
    release(root, one);
    release(root, two);
  }

  private void release(Path to, Snapshot snapshot) {
    DirectoryRegion region = ReleasingProcess.region(to, Faults.NONE);
    Optional<Release> base = region.current(snapshot.slug());
    StagedRelease staged =
        region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE);
    region.flip(staged, base, Instant.now());
  }

  private static Release rollBack(Path in, Snapshot snapshot, Faults faults) {
    DirectoryRegion region = ReleasingProcess.region(in, faults);
    Optional<Release> base = region.current(SLUG);
    return region.flip(region.recall(SLUG, snapshot.id()), base, Instant.now());
  }

  private static List<String> filesOf(Snapshot snapshot) {
    return snapshot.manifest().files().stream().map(file -> file.filename()).toList();
  }

  /** Inode, time and content of all that is not a pointer, a note or the journal. */
  private Map<String, String> content() throws IOException {
    Map<String, String> stat = visible.stat();
    stat.keySet()
        .removeIf(
            path -> path.startsWith(TreeLayout.STATE) || path.startsWith(TreeLayout.CHANNELS));
    stat.keySet().removeIf(path -> path.isEmpty() || path.startsWith(TreeLayout.TEMPORARY));
    return stat;
  }

  @Test
  void onlyThePointerMovesAndTheReleasesCountOn() throws IOException {
    Map<String, String> before = content();

    Release back = rollBack(root, one, Faults.NONE);

    assertThat(back.serial()).isEqualTo(3);
    assertThat(visible.files(SLUG)).isEqualTo(filesOf(one));
    assertThat(content()).isEqualTo(before);
    DirectoryRegion region = ReleasingProcess.region(root, Faults.NONE);
    assertThat(region.history(SLUG))
        .extracting(Release::snapshot)
        .containsExactly(one.id(), two.id(), one.id());
    assertThat(region.channels()).containsExactly(SLUG);
    assertThat(visible.junk()).isEmpty();
    Map<String, String> all = visible.stat();
    assertThat(rollBack(root, one, Faults.NONE)).isEqualTo(back);
    assertThat(visible.stat()).isEqualTo(all);
  }

  @Test
  void aSnapshotThatLacksAFileIsRefusedAndNothingChanges() throws IOException {
    var wheel = one.manifest().files().get(0);
    var page = one.manifest().pages().get(1);
    for (String path :
        List.of(
            TreeLayout.wheel(wheel.sha256(), wheel.filename()),
            TreeLayout.metadata(wheel.sha256(), wheel.filename()),
            TreeLayout.htmlPage(page.sha256()),
            TreeLayout.document(one.id(), TreeLayout.rootJson()),
            TreeLayout.projectLink(one.id(), page.project()),
            TreeLayout.manifest(one.id()))) {
      Path file = root.resolve(path);
      Path aside = folder.resolve("aside");
      Files.move(file, aside);
      Map<String, String> before = content();

      assertThatThrownBy(() -> rollBack(root, one, Faults.NONE))
          .as(path)
          .hasMessageContaining("does not hold")
          .hasMessageContaining(one.id());

      assertThat(visible.files(SLUG)).isEqualTo(filesOf(two));
      assertThat(content()).isEqualTo(before);
      assertThat(visible.junk()).isEmpty();
      Files.move(aside, file);
    }
    rollBack(root, one, Faults.NONE);
    assertThat(visible.files(SLUG)).isEqualTo(filesOf(one));
  }

  @Test
  void theFileNamesOfWhatWasRolledBackStayPublished() {
    DirectoryRegion region = ReleasingProcess.region(root, Faults.NONE);
    assertThat(region.rolledBack(SLUG)).isEmpty();
    rollBack(root, one, Faults.NONE);

    assertThat(region.rolledBack(SLUG)).containsExactly(two.manifest());
    assertThatThrownBy(() -> release(root, tree.withOtherBytes(SLUG, "gamma", "2.0")))
        .hasMessageContaining("gamma-2.0-py3-none-any.whl would get another content")
        .hasMessageContaining("a release that was rolled back");
    release(root, tree.snapshot(SLUG, "3.0", "alpha"));
    assertThat(region.rolledBack(SLUG)).isEmpty();
  }

  @Test
  void aSnapshotOfAnotherChannelIsRefused() {
    Snapshot other = tree.snapshot("alpine-3-x86_64", "1.0", "alpha");
    release(root, other);

    assertThatThrownBy(() -> rollBack(root, other, Faults.NONE))
        .hasMessageContaining("belongs to alpine-3-x86_64");
  }

  @Test
  void afterAKillAtAnyStepClientsSeeAWholeReleaseAndTheNextRunEndsIt() throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    release(undisturbed, one);
    release(undisturbed, two);
    Set<String> steps = Collections.synchronizedSet(new LinkedHashSet<>());
    rollBack(undisturbed, one, steps::add);
    assertThat(steps).contains("recall: check", "flip: current", "finish: journal");
    int number = 0;
    for (String step : CrashPoints.sample(steps)) {
      Path killed = folder.resolve("killed-" + number++);
      release(killed, one);
      release(killed, two);

      ReleasingProcess.await(
          ReleasingProcess.startRollback(killed, tree, one, step), ReleasingProcess.DIED);

      VisibleTree seen = new VisibleTree(killed);
      assertThat(seen.files(SLUG)).isIn(filesOf(one), filesOf(two));
      rollBack(killed, one, Faults.NONE);
      assertThat(seen.files(SLUG)).isEqualTo(filesOf(one));
      assertThat(seen.junk()).isEmpty();
      assertThat(ReleasingProcess.region(killed, Faults.NONE).status())
          .singleElement()
          .satisfies(
              status -> {
                assertThat(status.snapshot()).isEqualTo(one.id());
                assertThat(status.previous()).isEqualTo(two.id());
                assertThat(status.interrupted()).isEmpty();
              });
    }
  }
}
