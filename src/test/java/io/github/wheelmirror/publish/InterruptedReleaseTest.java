package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release that dies or fails at each of its steps, and the run after it. */
class InterruptedReleaseTest {
  private static final String SLUG = TestTree.SLUG;

  private final Path folder;
  private final TestTree tree;
  private final Snapshot one;
  private final Snapshot two;

  InterruptedReleaseTest(@TempDir Path folder) {
    this.folder = folder;
    tree = new TestTree(folder);
    one = tree.snapshot(SLUG, "1.0", "alpha", "beta");
    two = tree.snapshot(SLUG, "2.0", "alpha", "beta", "gamma");
  }

  private static List<String> filesOf(Snapshot snapshot) {
    return snapshot.manifest().files().stream().map(file -> file.filename()).toList();
  }

  private Release release(Path root, Snapshot snapshot, Faults faults, List<String> told) {
    DirectoryRegion region = ReleasingProcess.region(root, faults);
    Optional<Release> base = region.current(SLUG);
    Progress progress =
        (step, done, total) -> {
          synchronized (told) {
            told.add(step);
          }
        };
    StagedRelease staged = region.stage(TestTree.verified(snapshot), tree.wheelhouse(), progress);
    return region.flip(staged, base, Instant.now());
  }

  private void release(Path root, Snapshot snapshot) {
    release(root, snapshot, Faults.NONE, new ArrayList<>());
  }

  /** The steps of the second release, each named once, in order. */
  private Set<String> steps() {
    Path root = folder.resolve("undisturbed");
    release(root, one);
    Set<String> steps = Collections.synchronizedSet(new LinkedHashSet<>());
    release(root, two, steps::add, new ArrayList<>());
    assertThat(steps).hasSizeGreaterThan(15).contains("flip: current", "copying wheels: rename");
    return steps;
  }

  private void requireWholeRelease(VisibleTree visible) throws IOException {
    assertThat(visible.files(SLUG)).isIn(filesOf(one), filesOf(two));
    assertThat(visible.files("@" + one.id())).isEqualTo(filesOf(one));
  }

  private void requireUndisturbedEnd(Path root) throws IOException {
    VisibleTree visible = new VisibleTree(root);
    assertThat(visible.files(SLUG)).isEqualTo(filesOf(two));
    assertThat(visible.junk()).isEmpty();
    assertThat(paths(visible)).isEqualTo(paths(new VisibleTree(folder.resolve("undisturbed"))));
    assertThat(ReleasingProcess.region(root, Faults.NONE).status())
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.snapshot()).isEqualTo(two.id());
              assertThat(status.previous()).isEqualTo(one.id());
              assertThat(status.interrupted()).isEmpty();
            });
    Map<String, String> before = visible.stat();
    release(root, two);
    assertThat(visible.stat()).isEqualTo(before);
  }

  private static Collection<String> paths(VisibleTree visible) throws IOException {
    return visible.stat().keySet();
  }

  @Test
  void afterAKillAtAnyStepClientsSeeAWholeReleaseAndTheNextRunEndsAsIfNothingHadHappened()
      throws Exception {
    int number = 0;
    for (String step : CrashPoints.sample(steps())) {
      Path root = folder.resolve("killed-" + number++);
      release(root, one);

      ReleasingProcess.await(ReleasingProcess.start(root, tree, two, step), ReleasingProcess.DIED);

      requireWholeRelease(new VisibleTree(root));
      release(root, two);
      requireUndisturbedEnd(root);
    }
  }

  @Test
  void aRunThatIsKilledWhileItTidiesUpAfterAKillIsTidiedUpToo() throws Exception {
    steps();
    for (String step : List.of("flip: current", "finish: current.json")) {
      Path root = folder.resolve(step.replace(": ", "-"));
      release(root, one);
      for (String kill : List.of(step, "tidy", "recover")) {
        ReleasingProcess.await(
            ReleasingProcess.start(root, tree, two, kill), ReleasingProcess.DIED);
        requireWholeRelease(new VisibleTree(root));
      }

      List<String> told = new ArrayList<>();
      release(root, two, Faults.NONE, told);

      assertThat(told)
          .contains(
              step.equals("flip: current")
                  ? "gave up the interrupted release 2 of " + SLUG + ", which never became visible"
                  : "finished the interrupted release 2 of " + SLUG);
      requireUndisturbedEnd(root);
    }
  }

  @Test
  void statusShowsAnInterruptedReleaseUntilTheNextRunEndsIt() throws Exception {
    Path root = folder.resolve("region");
    release(root, one);
    ReleasingProcess.await(
        ReleasingProcess.start(root, tree, two, "flip: current"), ReleasingProcess.DIED);

    assertThat(ReleasingProcess.region(root, Faults.NONE).status())
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.snapshot()).isEqualTo(one.id());
              assertThat(status.interrupted()).isEqualTo(two.id());
            });
  }

  @Test
  void aFailureAtAnyStepIsReportedLeavesNoTemporaryFileAndIsRepairedByTheNextRun()
      throws Exception {
    int number = 0;
    for (String step : steps()) {
      Path root = folder.resolve("failed-" + number++);
      release(root, one);
      AtomicBoolean failed = new AtomicBoolean();
      Faults full =
          reached -> {
            if (reached.equals(step) && failed.compareAndSet(false, true)) {
              throw new IOException("No space left on device");
            }
          };

      MirrorException told =
          catchThrowableOfType(
              MirrorException.class, () -> release(root, two, full, new ArrayList<>()));

      assertThat(told).as(step).isNotNull();
      assertThat(told.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
      assertThat(told.what()).contains("main", SLUG);
      assertThat(told.fix()).contains("make room");
      VisibleTree visible = new VisibleTree(root);
      requireWholeRelease(visible);
      assertThat(root.resolve(".tmp")).as(step).isEmptyDirectory();
      release(root, two);
      requireUndisturbedEnd(root);
    }
  }

  @Test
  void aReleaseThatWasGivenUpLeavesTheWayBackAsItWas() throws Exception {
    Path root = folder.resolve("region");
    release(root, one);
    release(root, two);
    Snapshot three = tree.snapshot(SLUG, "3.0", "alpha");
    ReleasingProcess.await(
        ReleasingProcess.start(root, tree, three, "flip: current"), ReleasingProcess.DIED);
    DirectoryRegion region = ReleasingProcess.region(root, Faults.NONE);

    region.prune(
        new Retention(1, Duration.ZERO, List.of(), Duration.ZERO, 1),
        Instant.now().plus(Duration.ofDays(100)),
        false);
    assertThat(new VisibleTree(root).files("@" + one.id())).isEqualTo(filesOf(one));
    region.stage(TestTree.verified(three), tree.wheelhouse(), Progress.NONE);

    assertThat(region.status())
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.snapshot()).isEqualTo(two.id());
              assertThat(status.previous()).isEqualTo(one.id());
            });
  }
}
