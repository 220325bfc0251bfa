package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.clients.Nginx;
import io.github.wheelmirror.clients.NginxBlocks;
import io.github.wheelmirror.clients.Programs;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients install 24 projects in loops from a real nginx while two releases take turns every 150
 * ms. Beside it two usual ways of publishing, which show that the loop finds what it looks for. A
 * few seconds each by default, a minute with {@code -Dlong=true}.
 */
@Timeout(1800)
class InstallsUnderReleasesTest {
  private static final String SLUG = TestTree.SLUG;
  private static final long PERIOD_MILLIS = 150;
  private static final long MILLIS = CrashPoints.LONG ? 60_000 : 4_000;
  private static final int PIPS = CrashPoints.LONG ? 12 : 2;
  private static final int CLIENTS = 4;
  private static final List<String> PROJECTS =
      IntStream.range(0, 24).mapToObj(i -> "project" + (char) ('a' + i)).toList();

  @TempDir Path folder;
  private TestTree tree;
  private List<Snapshot> snapshots;
  private InstallLoop loop;

  @BeforeEach
  void twoReleases() {
    tree = new TestTree(folder.resolve("inputs"));
    String[] projects = PROJECTS.toArray(String[]::new);
    snapshots = List.of(tree.snapshot(SLUG, "1.0", projects), tree.snapshot(SLUG, "2.0", projects));
    loop = new InstallLoop(PROJECTS);
  }

  /** Publishes one of the two. */
  @FunctionalInterface
  private interface Publisher {
    void publish(int which) throws Exception;
  }

  /** Does the work while the releases take turns; says how many times they did. */
  private static <T> T whileSwitching(Publisher publisher, Callable<T> work, AtomicInteger switches)
      throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Callable<Integer> turns =
        () -> {
          while (!stop.get()) {
            publisher.publish(switches.incrementAndGet() % 2);
            Thread.sleep(PERIOD_MILLIS);
          }
          return switches.get();
        };
    try {
      Future<Integer> switching = pool.submit(turns);
      try {
        return work.call();
      } finally {
        stop.set(true);
        switching.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private InstallLoop.Tally installs(String name, Publisher publisher, InstallLoop.Index index)
      throws Exception {
    AtomicInteger switches = new AtomicInteger();
    InstallLoop.Tally tally =
        whileSwitching(publisher, () -> loop.run(index, CLIENTS, MILLIS), switches);
    System.out.printf(
        "%s: %d installs of %d projects, %d failed, %d mixed, %d switches%s%n",
        name,
        tally.installs(),
        PROJECTS.size(),
        tally.failed(),
        tally.mixed(),
        switches.get(),
        tally.firstFailure().isEmpty() ? "" : "; " + tally.firstFailure());
    assertThat(tally.installs()).isGreaterThanOrEqualTo(CLIENTS);
    return tally;
  }

  /** A region that serves the first of the two, with both staged. */
  private Publisher region(Path root) {
    DirectoryRegion region = ReleasingProcess.region(root, Faults.NONE);
    List<StagedRelease> staged = new ArrayList<>();
    for (Snapshot snapshot : snapshots) {
      staged.add(region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE));
    }
    Publisher publisher =
        which -> {
          Optional<Release> base = region.current(SLUG);
          region.flip(staged.get(which), base, Instant.now());
        };
    region.flip(staged.get(0), Optional.empty(), Instant.now());
    return publisher;
  }

  private Nginx nginx(Path root) throws IOException, InterruptedException {
    NginxBlocks blocks = new NginxBlocks(root);
    return Nginx.start(folder.resolve("nginx"), blocks.recommendedHttp(), blocks.recommended());
  }

  @Test
  void aPinnedUrlIsNeverMixedAndNoUrlEverFails() throws Exception {
    Path root = folder.resolve("region");
    Publisher publisher = region(root);
    try (Nginx nginx = nginx(root)) {
      URI served = nginx.url().resolve("wheel/");

      InstallLoop.Tally pinned = installs("pinned URL", publisher, () -> loop.pinned(served, SLUG));
      InstallLoop.Tally moving =
          installs("moving URL", publisher, () -> served.resolve(SLUG + "/simple/"));

      assertThat(pinned.failed()).as(pinned.firstFailure()).isZero();
      assertThat(pinned.mixed()).isZero();
      assertThat(moving.failed()).as(moving.firstFailure()).isZero();
      // what the pinned URL is for; and a sign that the releases do come in the middle
      assertThat(moving.mixed()).isPositive();
    }
  }

  @Test
  void realPipNeverFailsAndIsNeverMixedFromAPinnedUrl() throws Exception {
    Path root = folder.resolve("region");
    Publisher publisher = region(root);
    RealPip pip = RealPip.need();
    try (Nginx nginx = nginx(root)) {
      URI served = nginx.url().resolve("wheel/");
      AtomicInteger switches = new AtomicInteger();
      List<Set<String>> pinned = new ArrayList<>();
      List<Set<String>> moving = new ArrayList<>();

      whileSwitching(
          publisher,
          () -> {
            for (int i = 0; i < PIPS; i++) {
              Path target = folder.resolve("pip-" + i);
              pinned.add(
                  pip.install(loop.pinned(served, SLUG), PROJECTS, target.resolve("pinned")));
              moving.add(
                  pip.install(
                      served.resolve(SLUG + "/simple/"), PROJECTS, target.resolve("moving")));
            }
            return true;
          },
          switches);

      System.out.printf(
          "real pip: %d installs from each URL, 0 failed, %d mixed from the pinned, %d from the"
              + " moving URL, %d switches%n",
          PIPS, mixed(pinned), mixed(moving), switches.get());
      assertThat(mixed(pinned)).isZero();
      assertThat(switches.get()).isGreaterThan(PIPS);
    }
  }

  private static long mixed(List<Set<String>> installs) {
    return installs.stream().filter(versions -> versions.size() > 1).count();
  }

  /** A release as most tools lay it out: pages and the files that they link, nothing else. */
  private Path plainTree(int which) throws IOException {
    Path plain = folder.resolve("plain-" + which);
    Manifest manifest = snapshots.get(which).manifest();
    for (ManifestFile file : manifest.files()) {
      Path wheel = Files.createDirectories(plain.resolve("packages")).resolve(file.filename());
      Files.copy(
          tree.wheelhouse().path(file.sha256(), file.filename()).orElseThrow(),
          wheel,
          StandardCopyOption.REPLACE_EXISTING);
      Path page = Files.createDirectories(plain.resolve("simple/" + file.project()));
      Files.writeString(
          page.resolve("index.html"),
          "<!DOCTYPE html><html><body><a href=\"../../packages/%1$s#sha256=%2$s\">%1$s</a></body>"
              .formatted(file.filename(), file.sha256()),
          StandardCharsets.UTF_8);
    }
    return plain;
  }

  private Nginx plainNginx(Path root) throws IOException, InterruptedException {
    return Nginx.start(
        folder.resolve("nginx"), "", "location / { root %s; }".formatted(root.toAbsolutePath()));
  }

  @Test
  void theLoopFindsTheFailuresOfATreeThatIsReplacedByALink() throws Exception {
    List<Path> plain = List.of(plainTree(0), plainTree(1));
    Path site = folder.resolve("site");
    Publisher publisher =
        which -> {
          Path link = folder.resolve("site.new");
          Files.createSymbolicLink(link, plain.get(which));
          Files.move(link, site, StandardCopyOption.ATOMIC_MOVE);
        };
    publisher.publish(0);
    try (Nginx nginx = plainNginx(site)) {
      InstallLoop.Tally tally =
          installs("tree behind a link", publisher, () -> nginx.url().resolve("simple/"));

      assertThat(tally.failed() + tally.mixed()).isPositive();
    }
  }

  @Test
  void theLoopFindsTheFailuresOfATreeThatRsyncReplacesInPlace() throws Exception {
    Path rsync = Programs.need("rsync");
    List<Path> plain = List.of(plainTree(0), plainTree(1));
    Path site = Files.createDirectories(folder.resolve("site"));
    Publisher publisher =
        which -> {
          Process process =
              new ProcessBuilder(
                      rsync.toString(), "-ac", "--delete", plain.get(which) + "/", site + "/")
                  .redirectErrorStream(true)
                  .start();
          String output =
              new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
          assertThat(process.waitFor()).as(output).isZero();
        };
    publisher.publish(0);
    try (Nginx nginx = plainNginx(site)) {
      InstallLoop.Tally tally =
          installs("rsync in place", publisher, () -> nginx.url().resolve("simple/"));

      assertThat(tally.failed()).isPositive();
    }
  }

  @Test
  void thePlainTreesAreSoundIfNobodyReplacesThem() throws Exception {
    Path plain = plainTree(0);
    try (Stream<Path> wheels = Files.list(plain.resolve("packages"));
        Nginx nginx = plainNginx(plain)) {
      assertThat(wheels).hasSize(PROJECTS.size());

      InstallLoop.Tally tally = loop.run(() -> nginx.url().resolve("simple/"), 2, 300);

      assertThat(tally.failed()).as(tally.firstFailure()).isZero();
      assertThat(tally.mixed()).isZero();
      assertThat(new TreeSet<>(PROJECTS)).hasSize(24);
    }
  }
}
