package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Threads;
import io.github.wheelmirror.publish.BucketProcess.Act;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that work on one bucket of a real server at the same time, also while that refuses requests
 * and loses answers. More rounds with {@code -Dlong=true}; {@code -Dseed=NUMBER} chooses other
 * faults.
 */
@Timeout(1800)
class BusyBucketTest {
  private static final String SLUG = TestTree.SLUG;
  private static final String OTHER = "ubuntu-24.04-x86_64";
  private static final int ROUNDS = Boolean.getBoolean("long") ? 20 : 2;

  @TempDir Path folder;
  private MotoServer moto;
  private TestTree tree;

  @BeforeEach
  void start() throws Exception {
    moto = MotoServer.start(folder);
    tree = new TestTree(folder.resolve("inputs"));
  }

  @AfterEach
  void stop() {
    if (moto != null) {
      moto.close();
    }
  }

  /** Neighbours share a wheel. */
  private List<Snapshot> snapshots(String slug) {
    List<Snapshot> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(
          tree.snapshot(
              slug,
              slug + "-" + i,
              Map.of("alpha", List.of(i + ".0"), "beta", List.of(i / 2 + ".0"))));
    }
    return all;
  }

  private String region(String endpoint) {
    return "s3://" + MotoServer.BUCKET + "/" + MotoServer.PREFIX + "?endpoint=" + endpoint;
  }

  private S3Region through(String endpoint) {
    return new S3Region(BucketProcess.settings(region(endpoint), moto.url()));
  }

  private void requireEnd(Snapshot last) throws Exception {
    S3Region region = through(moto.endpoint());
    assertThat(region.current(last.slug()).map(Release::snapshot)).contains(last.id());
    assertThat(region.status()).allSatisfy(status -> assertThat(status.interrupted()).isEmpty());
    BucketLook look = new BucketLook(URI.create(moto.url()));
    List<String> files =
        last.manifest().files().stream().map(ManifestFile::filename).sorted().toList();
    assertThat(look.files(last.slug())).isEqualTo(files);
    assertThat(look.files("@" + last.id())).isEqualTo(files);
  }

  @Test
  void twoChannelsAndAPrunerInOneJvmDisturbNobodyWhileTheServerFails() throws Exception {
    Random random = new Random(Long.getLong("seed", 20260301));
    AtomicInteger faults = new AtomicInteger();
    HttpRelay.Judge judge =
        (number, request) -> {
          HttpRelay.Fate fate = fate(random, request);
          faults.addAndGet(fate == HttpRelay.Fate.PASSED ? 0 : 1);
          return fate;
        };
    CountDownLatch deployers = new CountDownLatch(2);
    List<Snapshot> one = snapshots(SLUG);
    List<Snapshot> two = snapshots(OTHER);
    try (HttpRelay relay = HttpRelay.to(moto.endpoint(), judge)) {
      List<String> told =
          Threads.together(
              List.of(
                  () -> deploy(relay, one, deployers),
                  () -> deploy(relay, two, deployers),
                  () -> prune(relay, one.get(0), deployers)));
      System.out.printf(
          "a bucket's server that fails: %d of %d requests; %s%n",
          faults.get(), relay.requests().size(), told);
    }
    assertThat(faults.get()).isPositive();
    requireEnd(one.get((ROUNDS - 1) % 3));
    requireEnd(two.get((ROUNDS - 1) % 3));
  }

  /** Every thirtieth request or so goes wrong in some way. */
  private static synchronized HttpRelay.Fate fate(Random random, String request) {
    return switch (random.nextInt(120)) {
      case 0 -> HttpRelay.Fate.refused(500);
      case 1 -> HttpRelay.Fate.refused(503);
      case 2 -> request.startsWith("PUT") ? HttpRelay.Fate.refused(412) : HttpRelay.Fate.PASSED;
      case 3 -> HttpRelay.Fate.ANSWER_LOST;
      default -> HttpRelay.Fate.PASSED;
    };
  }

  /** A run that fails is begun again, as an operator does. */
  private String deploy(HttpRelay relay, List<Snapshot> snapshots, CountDownLatch deployers) {
    int failed = 0;
    try {
      for (int i = 0; i < ROUNDS; ) {
        try {
          Act.RELEASE.on(through(relay.url()), tree.wheelhouse(), snapshots.get(i % 3));
          i++;
        } catch (MirrorException e) {
          failed++;
          assertThat(failed).as(e.getMessage()).isLessThan(ROUNDS * 10);
        }
      }
    } finally {
      deployers.countDown();
    }
    return ROUNDS + " releases, " + failed + " failed runs";
  }

  private String prune(HttpRelay relay, Snapshot any, CountDownLatch deployers) {
    int done = 0;
    int failed = 0;
    while (deployers.getCount() > 0) {
      try {
        Act.PRUNE.on(through(relay.url()), tree.wheelhouse(), any);
        done++;
      } catch (MirrorException e) {
        failed++;
      }
    }
    return done + " prunes, " + failed + " failed";
  }

  @Test
  void twoChannelsAndAPrunerInThreeProcessesDisturbNobody() throws Exception {
    List<Snapshot> one = snapshots(SLUG);
    List<Snapshot> two = snapshots(OTHER);
    Path log = folder.resolve("children.log");
    String region = region(moto.endpoint());
    List<Process> all =
        List.of(
            BucketProcess.start(region, moto.url(), Act.RELEASE, tree, one, ROUNDS, log),
            BucketProcess.start(region, moto.url(), Act.RELEASE, tree, two, ROUNDS, log),
            BucketProcess.start(region, moto.url(), Act.PRUNE, tree, one, ROUNDS, log));
    try {
      for (Process process : all) {
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
      }
    } finally {
      all.forEach(Process::destroyForcibly);
    }
    requireEnd(one.get((ROUNDS - 1) % 3));
    requireEnd(two.get((ROUNDS - 1) % 3));
  }

  @Test
  void ofTwoWhoReleaseToOneChannelEachIsToldWhatTheOtherDidAndNoReleaseIsLost() throws Exception {
    List<Snapshot> snapshots = snapshots(SLUG);

    List<Integer> released =
        Threads.together(List.of(() -> contend(snapshots, 0), () -> contend(snapshots, 1)));

    S3Region region = through(moto.endpoint());
    long serial = region.current(SLUG).map(Release::serial).orElse(0L);
    assertThat(region.history(SLUG)).extracting(Release::serial).doesNotHaveDuplicates();
    assertThat(region.history(SLUG)).last().extracting(Release::serial).isEqualTo(serial);
    assertThat(released.get(0) + released.get(1))
        .isPositive()
        .isEqualTo(region.history(SLUG).size());
    assertThat(new BucketLook(URI.create(moto.url())).files(SLUG)).hasSize(2);
  }

  private final Set<Long> counted = ConcurrentHashMap.newKeySet();

  /** How many of its releases happened. */
  private int contend(List<Snapshot> snapshots, int offset) {
    int released = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Snapshot snapshot = snapshots.get((2 * i + offset) % 3);
      S3Region region = through(moto.endpoint());
      Optional<Release> base = region.current(SLUG);
      if (base.filter(now -> now.snapshot().equals(snapshot.id())).isPresent()) {
        continue;
      }
      try {
        StagedRelease staged =
            region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE);
        Release now = region.flip(staged, base, Instant.now());
        released += counted.add(now.serial()) ? 1 : 0;
      } catch (MirrorException e) {
        assertThat(e.getMessage()).contains("changed meanwhile");
      }
    }
    return released;
  }
}
