package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.mirror.SmallDisk;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A region on a real small file system; needs the right to mount one. */
class FullDiskTest {
  private static final String SLUG = TestTree.SLUG;

  private final Path disk;
  private final SmallDisk mounted;
  private final TestTree tree;
  private final Path root;

  FullDiskTest(@TempDir Path folder) throws Exception {
    disk = folder.resolve("disk");
    mounted = SmallDisk.mount(disk, "1m");
    tree = new TestTree(folder.resolve("elsewhere"));
    root = disk.resolve("region");
  }

  @AfterEach
  void unmount() throws InterruptedException {
    mounted.close();
  }

  private Release release(Snapshot snapshot, Faults faults) {
    DirectoryRegion region = ReleasingProcess.region(root, faults);
    Optional<Release> base = region.current(SLUG);
    StagedRelease staged =
        region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE);
    return region.flip(staged, base, Instant.now());
  }

  private void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private void requireOnlyFirstRelease(Map<String, String> before, Snapshot one)
      throws IOException {
    VisibleTree visible = new VisibleTree(root);
    assertThat(visible.files(SLUG)).containsExactly("alpha-1.0-py3-none-any.whl");
    assertThat(visible.junk()).isEmpty();
    assertThat(visible.stat().keySet())
        .filteredOn(path -> !path.startsWith("state/"))
        .isSubsetOf(before.keySet());
    assertThat(ReleasingProcess.region(root, Faults.NONE).current(SLUG).map(Release::snapshot))
        .contains(one.id());
  }

  @Test
  void aReleaseThatDoesNotFitIsRefusedBeforeAnythingIsWritten() throws IOException {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    release(one, Faults.NONE);
    Map<String, String> before = new VisibleTree(root).stat();
    Snapshot big = tree.snapshot(SLUG, "2.0", projects(400));

    assertThatThrownBy(() -> release(big, Faults.NONE))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.what()).contains("no room");
              assertThat(e.why()).containsPattern("needs \\d+ bytes");
            });

    requireOnlyFirstRelease(before, one);
  }

  @Test
  void aDiskThatFillsUpMeanwhileChangesNothingVisibleAndLeavesNoTemporaryFiles()
      throws IOException {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    release(one, Faults.NONE);
    Map<String, String> before = new VisibleTree(root).stat();
    Snapshot two = tree.snapshot(SLUG, "2.0", projects(20));
    Faults filling =
        step -> {
          if (step.equals("copying wheels: copy") && !Files.exists(disk.resolve("filler"))) {
            fill();
          }
        };

    assertThatThrownBy(() -> release(two, filling))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
              assertThat(e.why()).contains("No space left");
              assertThat(e.fix()).contains("make room");
            });
    requireOnlyFirstRelease(before, one);

    Files.delete(disk.resolve("filler"));
    release(two, Faults.NONE);
    assertThat(new VisibleTree(root).files(SLUG)).hasSize(20);
  }

  @Test
  void aReadOnlyFileSystemIsNamed() throws Exception {
    release(tree.snapshot(SLUG, "1.0", "alpha"), Faults.NONE);
    Snapshot two = tree.snapshot(SLUG, "2.0", "alpha");
    assumeTrue(mounted.isRemounted("ro"), "no right to remount");

    assertThatThrownBy(() -> release(two, Faults.NONE))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.why()).contains("Read-only file system");
              assertThat(e.fix()).contains("mount it writable");
            });
    assertThat(new VisibleTree(root).files(SLUG)).containsExactly("alpha-1.0-py3-none-any.whl");
  }

  private static String[] projects(int count) {
    String[] names = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = "project" + i;
    }
    return names;
  }
}
