package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Threads;
import io.github.wheelmirror.disk.Fault;
import io.github.wheelmirror.disk.FaultyDisk;
import io.github.wheelmirror.disk.TreeAudit;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that work on one region at the same time, for a while; slow disks, clocks that go back, and
 * a region that dies while the other one is switched. More rounds with {@code -Dlong=true}.
 */
@Timeout(1800)
class BusyRegionTest {
  private static final String SLUG = TestTree.SLUG;
  private static final String OTHER = "ubuntu-24.04-x86_64";
  private static final int ROUNDS = CrashPoints.LONG ? 150 : 12;

  private final Path folder;
  private final TestTree tree;
  private final Path root;

  BusyRegionTest(@TempDir Path folder) {
    this.folder = folder;
    tree = new TestTree(folder.resolve("inputs"));
    root = folder.resolve("region");
  }

  /** Goes round through five snapshots, of which neighbours share a wheel. */
  private List<Snapshot> rounds(String slug, int rounds) {
    List<Snapshot> all = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      int number = i % 5;
      all.add(
          tree.snapshot(
              slug,
              slug + "-" + number,
              Map.of(
                  "alpha", List.of(number + ".0"),
                  "beta", List.of(number / 2 + ".0"),
                  "stable", List.of("1.0"))));
    }
    return all;
  }

  private void requireEnd(String slug, List<Snapshot> released) throws IOException {
    Snapshot last = released.get(released.size() - 1);
    TreeAudit audit = new TreeAudit(root);
    assertThat(audit.problems()).isEmpty();
    assertThat(audit.current(slug)).isEqualTo(last.id());
    assertThat(ReleasingProcess.region(root, Faults.NONE).current(slug))
        .map(Release::serial)
        .contains((long) released.size());
    // the pruners left notes of locks if they were just about to end; a run takes them away
    BusyProcess.deploy(root, tree.wheelhouse(), List.of(last));
    assertThat(new VisibleTree(root).junk()).isEmpty();
  }

  @Test
  void threadsThatReleaseTwoChannelsAndPruneTwiceDisturbNobody() throws Exception {
    List<Snapshot> one = rounds(SLUG, ROUNDS);
    List<Snapshot> two = rounds(OTHER, ROUNDS);
    Path until = folder.resolve("until");
    CountDownLatch deployers = new CountDownLatch(2);

    List<Integer> counts =
        Threads.together(
            List.of(
                () -> deploy(one, deployers, until),
                () -> deploy(two, deployers, until),
                () -> BusyProcess.prune(root, until),
                () -> BusyProcess.prune(root, until)));

    System.out.printf("threads: %s releases, releases, prunes, prunes%n", counts);
    requireEnd(SLUG, one);
    requireEnd(OTHER, two);
  }

  private int deploy(List<Snapshot> snapshots, CountDownLatch deployers, Path until)
      throws IOException {
    try {
      return BusyProcess.deploy(root, tree.wheelhouse(), snapshots);
    } finally {
      deployers.countDown();
      if (deployers.getCount() == 0 && !Files.exists(until)) {
        Files.createFile(until);
      }
    }
  }

  @Test
  void processesThatReleaseTwoChannelsAndPruneTwiceDisturbNobody() throws Exception {
    List<Snapshot> one = rounds(SLUG, ROUNDS);
    List<Snapshot> two = rounds(OTHER, ROUNDS);
    Path go = folder.resolve("go");
    Path until = folder.resolve("until");
    List<Process> deployers =
        List.of(
            BusyProcess.start(root, go, until, tree, one),
            BusyProcess.start(root, go, until, tree, two));
    List<Process> pruners =
        List.of(
            BusyProcess.start(root, go, until, tree, List.of()),
            BusyProcess.start(root, go, until, tree, List.of()));
    Files.createFile(go);
    try {
      for (Process deployer : deployers) {
        BusyProcess.await(deployer);
      }
    } finally {
      Files.createFile(until);
    }
    for (Process pruner : pruners) {
      System.out.print("processes: " + BusyProcess.await(pruner));
    }
    requireEnd(SLUG, one);
    requireEnd(OTHER, two);
  }

  @Test
  void ofTwoWhoReleaseToOneChannelEachIsToldWhatTheOtherDidAndNoReleaseIsLost() throws Exception {
    List<Snapshot> snapshots = rounds(SLUG, 5);

    List<Integer> released =
        Threads.together(List.of(() -> contend(snapshots, 0), () -> contend(snapshots, 2)));

    TreeAudit audit = new TreeAudit(root);
    assertThat(audit.problems()).isEmpty();
    DirectoryRegion region = ReleasingProcess.region(root, Faults.NONE);
    assertThat(region.current(SLUG))
        .map(Release::serial)
        .contains((long) released.get(0) + released.get(1));
    assertThat(region.history(SLUG)).hasSize(released.get(0) + released.get(1));
    assertThat(new VisibleTree(root).junk()).isEmpty();
  }

  private final Set<Long> counted = ConcurrentHashMap.newKeySet();

  /** How many of its releases happened; a refused one is given up. */
  private int contend(List<Snapshot> snapshots, int offset) {
    int released = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Snapshot snapshot = snapshots.get((i * 2 + offset) % snapshots.size());
      DirectoryRegion region = ReleasingProcess.region(root, Faults.NONE);
      Optional<Release> base = region.current(SLUG);
      if (base.filter(now -> now.snapshot().equals(snapshot.id())).isPresent()) {
        continue;
      }
      try {
        Release now =
            region.flip(
                region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE),
                base,
                Instant.now());
        // the other one may have released the same meanwhile: then this is no release more; or
        // something else and the base again: then it is one, with a later number
        released += now.serial() > base.map(Release::serial).orElse(0L) && own(now) ? 1 : 0;
      } catch (MirrorException e) {
        assertThat(e.what()).contains("changed meanwhile");
      }
    }
    return released;
  }

  private boolean own(Release release) {
    return counted.add(release.serial());
  }

  @Test
  void onASlowDiskAnotherRunIsToldWhoWorksThereAndTheSlowOneEnds() throws Exception {
    Path base = Files.createDirectories(folder.resolve("slow"));
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    FaultyDisk disk =
        new FaultyDisk(
            base,
            operation -> {
              if (operation.path().endsWith("current")) {
                reached.countDown();
                try {
                  goOn.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }
              return Fault.Outcome.DONE;
            });
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    Snapshot next = tree.snapshot(SLUG, "2.0", "alpha");
    Path slow = base.toRealPath().resolve("region");
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> running =
          pool.submit(
              () -> BusyProcess.deploy(disk.at("region"), tree.wheelhouse(), List.of(snapshot)));
      reached.await();
      DirectoryRegion hasty =
          new DirectoryRegion(
              new RegionSettings("main", slow, "", Duration.ofMillis(300)),
              Faults.NONE,
              Clock.systemUTC());

      assertThatThrownBy(
              () -> hasty.stage(TestTree.verified(next), tree.wheelhouse(), Progress.NONE))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("is in use")
          .hasMessageContaining("process " + ProcessHandle.current().pid());
      assertThat(new TreeAudit(slow).problems()).isEmpty();

      goOn.countDown();
      assertThat(running.get()).isEqualTo(1);
    } finally {
      goOn.countDown();
      pool.shutdownNow();
    }
    BusyProcess.deploy(slow, tree.wheelhouse(), List.of(next));
    TreeAudit audit = new TreeAudit(slow);
    assertThat(audit.problems()).isEmpty();
    assertThat(audit.current(SLUG)).isEqualTo(next.id());
  }

  @Test
  void timesOfPagesAndNumbersOfReleasesGrowThoughTheClockGoesBack() throws Exception {
    TreeAudit audit = new TreeAudit(root);
    List<Snapshot> snapshots = rounds(SLUG, 5);
    Instant start = Instant.parse("2030-01-01T00:00:00Z");
    for (int i = 0; i < snapshots.size(); i++) {
      // each run's clock is a day behind the one before
      Instant now = start.minus(Duration.ofDays(i));
      DirectoryRegion region =
          new DirectoryRegion(
              new RegionSettings("main", root), Faults.NONE, Clock.fixed(now, ZoneOffset.UTC));
      StagedRelease staged =
          region.stage(TestTree.verified(snapshots.get(i)), tree.wheelhouse(), Progress.NONE);
      Release release = region.flip(staged, region.current(SLUG), now);

      assertThat(release.serial()).isEqualTo(i + 1);
      assertThat(audit.problems()).isEmpty();
      Path page = root.resolve(SLUG + "/simple/alpha/index.html");
      assertThat(Files.getLastModifiedTime(page).toInstant())
          .isEqualTo(start.plus(Duration.ofSeconds(i)));
    }
    assertThat(ReleasingProcess.region(root, Faults.NONE).history(SLUG))
        .extracting(Release::serial)
        .containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void aRegionThatDiesBetweenTheFlipsStaysWholeAndIsMovedOnLater() throws Exception {
    Path base = Files.createDirectories(folder.resolve("second"));
    FaultyDisk disk = new FaultyDisk(base, Fault.NONE);
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha", "beta");
    Snapshot two = tree.snapshot(SLUG, "2.0", "alpha", "beta");
    List<DirectoryRegion> regions =
        List.of(
            ReleasingProcess.region(root, Faults.NONE),
            ReleasingProcess.region(disk.at("region"), Faults.NONE));
    toAll(regions, one);
    List<StagedRelease> staged = new ArrayList<>();
    for (DirectoryRegion region : regions) {
      staged.add(region.stage(TestTree.verified(two), tree.wheelhouse(), Progress.NONE));
    }
    disk.behave(Fault.deadFrom(disk.operations().size() + 1L));

    regions.get(0).flip(staged.get(0), regions.get(0).current(SLUG), Instant.now());
    assertThatThrownBy(
            () -> regions.get(1).flip(staged.get(1), regions.get(1).current(SLUG), Instant.now()))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("Input/output error");

    TreeAudit first = new TreeAudit(root);
    TreeAudit second = new TreeAudit(base.toRealPath().resolve("region"));
    assertThat(first.problems()).isEmpty();
    assertThat(second.problems()).isEmpty();
    assertThat(first.current(SLUG)).isEqualTo(two.id());
    assertThat(second.current(SLUG)).isEqualTo(one.id());
    // whoever hops from one region to the other finds the wheels of both releases in both
    assertThat(new VisibleTree(base.resolve("region")).files("@" + two.id())).hasSize(2);

    disk.losePower();
    disk.behave(Fault.NONE);
    toAll(regions, two);
    assertThat(first.problems()).isEmpty();
    assertThat(second.problems()).isEmpty();
    assertThat(second.current(SLUG)).isEqualTo(two.id());
    assertThat(second.previous(SLUG)).isEqualTo(one.id());
  }

  private void toAll(List<DirectoryRegion> regions, Snapshot snapshot) {
    for (DirectoryRegion region : regions) {
      Optional<Release> base = region.current(SLUG);
      region.flip(
          region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE),
          base,
          Instant.now());
    }
  }
}
