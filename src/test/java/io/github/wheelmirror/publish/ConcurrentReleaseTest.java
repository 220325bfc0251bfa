package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.ChannelStatus;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several releases and readers at once. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ConcurrentReleaseTest {
  private static final String SLUG = TestTree.SLUG;
  private static final String OTHER = "ubuntu-24.04-x86_64";

  private final Path folder;
  private final TestTree tree;
  private final Path root;
  private final VisibleTree visible;

  ConcurrentReleaseTest(@TempDir Path folder) {
    this.folder = folder;
    tree = new TestTree(folder);
    root = folder.resolve("region");
    visible = new VisibleTree(root);
  }

  private DirectoryRegion region() {
    return ReleasingProcess.region(root, Faults.NONE);
  }

  private Release release(Snapshot snapshot, Optional<Release> base) {
    DirectoryRegion region = region();
    StagedRelease staged =
        region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE);
    return region.flip(staged, base, Instant.now());
  }

  private Release release(Snapshot snapshot) {
    return release(snapshot, region().current(snapshot.slug()));
  }

  /** Begins all at the same moment; a refusal is a result too. */
  private static List<Object> together(List<Callable<Object>> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(work.size());
    CyclicBarrier start = new CyclicBarrier(work.size());
    try {
      List<Future<Object>> running = new ArrayList<>();
      for (Callable<Object> one : work) {
        running.add(
            pool.submit(
                () -> {
                  start.await();
                  try {
                    return one.call();
                  } catch (MirrorException e) {
                    return e;
                  }
                }));
      }
      List<Object> results = new ArrayList<>();
      for (Future<Object> one : running) {
        results.add(one.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void threadsReleaseDifferentChannelsAtTheSameTime() throws Exception {
    List<Snapshot> debian = new ArrayList<>();
    List<Snapshot> ubuntu = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      debian.add(tree.snapshot(SLUG, i + ".0", "alpha", "beta"));
      ubuntu.add(tree.snapshot(OTHER, i + ".0", "alpha", "beta"));
    }

    List<Object> results =
        together(
            List.of(
                () -> debian.stream().map(this::release).toList(),
                () -> ubuntu.stream().map(this::release).toList()));

    assertThat(results).allSatisfy(result -> assertThat((List<?>) result).hasSize(5));
    assertThat(region().status())
        .allSatisfy(
            status -> {
              assertThat(status.serial()).isEqualTo(5);
              assertThat(status.interrupted()).isEmpty();
            })
        .hasSize(2);
    assertThat(visible.files(SLUG)).hasSize(2).isEqualTo(visible.files(OTHER));
    assertThat(visible.junk()).isEmpty();
  }

  @Test
  void oneOfTwoThreadsThatReleaseOnTheSameBaseIsRefused() throws Exception {
    release(tree.snapshot(SLUG, "1.0", "alpha"));
    Optional<Release> base = region().current(SLUG);
    Snapshot left = tree.snapshot(SLUG, "2.0", "alpha");
    Snapshot right = tree.snapshot(SLUG, "3.0", "alpha");

    List<Object> results = together(List.of(() -> release(left, base), () -> release(right, base)));

    assertThat(results).filteredOn(result -> result instanceof Release).hasSize(1);
    assertThat(results).filteredOn(result -> result instanceof MirrorException).hasSize(1);
    assertThat(region().status().get(0).serial()).isEqualTo(2);
    assertThat(visible.junk()).isEmpty();
  }

  @Test
  void twoThreadsMayReleaseTheSameSnapshot() throws Exception {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha", "beta");

    List<Object> results =
        together(
            List.of(
                () -> release(snapshot, Optional.empty()),
                () -> release(snapshot, Optional.empty())));

    assertThat(results.get(0)).isInstanceOf(Release.class).isEqualTo(results.get(1));
    assertThat(visible.files(SLUG)).hasSize(2);
    assertThat(visible.junk()).isEmpty();
  }

  @Test
  void twoProcessesMayReleaseTheSameSnapshotAndDifferentChannels() throws Exception {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha", "beta");
    Snapshot other = tree.snapshot(OTHER, "1.0", "alpha", "beta");

    awaitAll(List.of(snapshot, snapshot, other), 0);

    assertThat(region().status())
        .extracting(ChannelStatus::slug, ChannelStatus::serial)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(SLUG, 1L),
            org.assertj.core.groups.Tuple.tuple(OTHER, 1L));
    assertThat(visible.files(SLUG)).hasSize(2);
    assertThat(visible.junk()).isEmpty();
  }

  @Test
  void oneOfTwoProcessesThatReleaseOnTheSameBaseIsRefused() throws Exception {
    release(tree.snapshot(SLUG, "1.0", "alpha"));

    List<Integer> ends =
        awaitAll(
            List.of(tree.snapshot(SLUG, "2.0", "alpha"), tree.snapshot(SLUG, "3.0", "alpha")),
            0,
            ReleasingProcess.REFUSED);

    assertThat(ends).containsExactlyInAnyOrder(0, ReleasingProcess.REFUSED);
    assertThat(region().status().get(0).serial()).isEqualTo(2);
    assertThat(visible.junk()).isEmpty();
  }

  /** Starts a process for each snapshot, all of them at the same moment. */
  private List<Integer> awaitAll(List<Snapshot> snapshots, Integer... expected) throws Exception {
    Path go = folder.resolve("go");
    List<Process> processes = new ArrayList<>();
    for (Snapshot snapshot : snapshots) {
      Path ready = folder.resolve("ready-" + processes.size());
      processes.add(
          ReleasingProcess.start(root, tree, snapshot, "-", ready.toString(), go.toString()));
    }
    for (int i = 0; i < processes.size(); i++) {
      while (!Files.exists(folder.resolve("ready-" + i))) {
        assertThat(processes.get(i).isAlive()).isTrue();
        Thread.sleep(5);
      }
    }
    Files.createFile(go);
    List<Integer> ends = new ArrayList<>();
    for (Process process : processes) {
      ReleasingProcess.await(process, expected);
      ends.add(process.exitValue());
    }
    return ends;
  }

  @Test
  void readersNeverMissAFileAndNeverSeeAMixtureThroughThePinnedUrl() throws Exception {
    DirectoryRegion region = region();
    List<StagedRelease> staged = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      Snapshot snapshot = tree.snapshot(SLUG, i + ".0", "alpha", "beta", "gamma", "delta");
      staged.add(region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE));
    }
    Release current = region.flip(staged.get(0), Optional.empty(), Instant.now());
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> reader = pool.submit(() -> read(stop));
      for (int i = 1; i <= 200; i++) {
        current = region.flip(staged.get(i % 4), Optional.of(current), Instant.now());
      }
      stop.set(true);

      assertThat(reader.get()).isGreaterThan(10);
      assertThat(current.serial()).isEqualTo(201);
    } finally {
      stop.set(true);
      pool.shutdownNow();
    }
  }

  private int read(AtomicBoolean stop) throws Exception {
    int rounds = 0;
    while (!stop.get()) {
      assertThat(visible.files(SLUG)).hasSize(4);
      Path told = root.resolve(TreeLayout.currentJson(SLUG));
      CurrentRelease current =
          Json.read(Files.readAllBytes(told), CurrentRelease.class, told.toString());
      assertThat(visible.files("@" + current.snapshot()))
          .hasSize(4)
          .extracting(file -> file.split("-", -1)[1])
          .allMatch(version -> version.equals(versionOf(current.snapshot())));
      rounds++;
    }
    return rounds;
  }

  private String versionOf(String snapshot) {
    return region().manifest(SLUG, snapshot).files().get(0).version().toString();
  }
}
