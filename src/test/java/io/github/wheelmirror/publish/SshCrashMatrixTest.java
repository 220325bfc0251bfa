package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.disk.TreeAudit;
import io.github.wheelmirror.publish.SshGate.How;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Work on a region of another host whose process is killed (-9) before, in the middle of or after
 * one of its connections. One of them for some works by default, all with {@code -Dlong=true};
 * {@code -Dseed=NUMBER} chooses other ones.
 */
@Timeout(7200)
class SshCrashMatrixTest {
  private static final boolean LONG = Boolean.getBoolean("long");
  private static final List<SshWork> SAMPLE =
      List.of(SshWork.SECOND_RELEASE, SshWork.PRUNE_SNAPSHOTS, SshWork.QUARANTINE);
  private static final int KILLED = 128 + 9;

  private static SshServer server;

  private final Random random = new Random(Long.getLong("seed", 20260301));
  private final AtomicInteger died = new AtomicInteger();
  private final AtomicInteger installs = new AtomicInteger();
  private final Path folder;
  private final TestTree tree;
  private int places;

  SshCrashMatrixTest(@TempDir Path folder) {
    this.folder = folder;
    this.tree = new TestTree(folder.resolve("inputs"));
  }

  @BeforeAll
  static void startServer(@TempDir Path keys) throws IOException, InterruptedException {
    server = SshServer.start(keys);
  }

  @AfterAll
  static void stopServer() throws InterruptedException {
    if (server != null) {
      server.close();
    }
  }

  /** A kill. */
  private record Point(int at, How how, int bytes) {
    @Override
    public String toString() {
      return how + " connection " + at + (how == How.CUT ? " after " + bytes + " bytes" : "");
    }
  }

  /** The state before, how the work connects, and what is there in the end. */
  private record Calm(
      SshWork work,
      Snapshot wanted,
      List<String> allowed,
      String previous,
      Path prepared,
      List<String> connections,
      Set<String> paths) {}

  /** A fresh copy of the state before. */
  private synchronized Path place(Path prepared) throws IOException {
    Path place = folder.resolve("place-" + places++);
    Files.createDirectories(place);
    if (Files.isDirectory(prepared)) {
      ReleaseScenario.copy(prepared, place.resolve("there it's"));
    }
    return place;
  }

  private static Path there(Path place) {
    return place.resolve("there it's");
  }

  private void run(SshWork work, Snapshot wanted, Path place, String machine, String ssh) {
    work.run(
        SshWork.region(server.url(there(place)), place.resolve(machine), ssh),
        wanted,
        tree.wheelhouse());
  }

  private Calm calm(SshWork work) throws IOException {
    Path prepared = folder.resolve("prepared-" + work);
    work.scenario().prepare(prepared, tree);
    Snapshot wanted = work.scenario().wanted(tree);
    Path place = place(prepared);
    SshGate gate = SshGate.make(place.resolve("gate"), server.ssh(), 0, How.BEFORE, 0);
    run(work, wanted, place, "a", gate.command());
    return new Calm(
        work,
        wanted,
        work.scenario().allowed(tree),
        work.scenario().previous(tree),
        prepared,
        gate.commands(),
        paths(there(place)));
  }

  /** All but locks and the folders of temporary files. */
  private static Set<String> paths(Path there) throws IOException {
    Set<String> paths = new TreeSet<>(new VisibleTree(there).stat().keySet());
    paths.removeIf(
        path ->
            path.startsWith("state/locks")
                || path.endsWith(".lock")
                || path.equals(".tmp")
                || path.equals("pool/.tmp"));
    return paths;
  }

  private List<Point> points(Calm calm) {
    List<Point> points = new ArrayList<>();
    for (int at = 1; at <= calm.connections().size(); at++) {
      for (How how : How.values()) {
        // what is sent is some hundred bytes to some ten thousand
        int bytes = how == How.CUT ? (int) Math.pow(10, 1 + 3.2 * random.nextDouble()) : 0;
        points.add(new Point(at, how, bytes));
      }
    }
    if (!LONG) {
      Collections.shuffle(points, random);
      List<Point> sample = new ArrayList<>(points.subList(0, 1));
      if (calm.work() == SshWork.SECOND_RELEASE) {
        // the pointer has moved, and only the state does not say so
        sample.add(new Point(calm.connections().size() - 1, How.AFTER, 0));
      }
      return sample;
    }
    return points;
  }

  @Test
  void clientsSeeAWholeReleaseAndTheNextRunEndsAsIfNothingHadHappened() throws Exception {
    RealPip pip = RealPip.need();
    List<Callable<List<String>>> all = new ArrayList<>();
    for (SshWork work : LONG ? List.of(SshWork.values()) : SAMPLE) {
      Calm calm = calm(work);
      List<Point> points = points(calm);
      System.out.printf(
          "%s by ssh: %d connections, %d kills%n", work, calm.connections().size(), points.size());
      for (Point point : points) {
        all.add(() -> failures(calm, point, pip));
      }
    }
    List<String> failures = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      for (Future<List<String>> one : pool.invokeAll(all)) {
        failures.addAll(one.get());
      }
    } finally {
      pool.shutdownNow();
    }
    System.out.printf(
        "ssh: %d runs, %d of them killed, %d installs by pip, %d failures%n",
        all.size(), died.get(), installs.get(), failures.size());
    assertThat(failures).isEmpty();
    assertThat(died.get()).isEqualTo(all.size());
  }

  private List<String> failures(Calm calm, Point point, RealPip pip) throws Exception {
    Path place = place(calm.prepared());
    List<String> failures = new ArrayList<>();
    TreeAudit audit = new TreeAudit(there(place));
    if (calm.work() != SshWork.QUARANTINE) {
      failures.addAll(audit.problems());
    }
    SshGate gate =
        SshGate.make(place.resolve("gate"), server.ssh(), point.at(), point.how(), point.bytes());
    int end = killed(calm, place, gate);
    died.addAndGet(end == KILLED ? 1 : 0);
    if (end != KILLED) {
      failures.add("it ended with " + end + ": " + Files.readString(place.resolve("log")));
    }
    String current = audit.current(ReleaseScenario.SLUG);
    if (!calm.allowed().contains(current)) {
      failures.add("current is " + current);
    }
    if (calm.work() != SshWork.QUARANTINE) {
      // there the bytes go before the pages that list them, on purpose
      failures.addAll(audit.problems());
      if (!current.isEmpty() && (!LONG || point.how() == How.AFTER)) {
        install(current, place, pip);
      }
    }
    // the same machine, or one that has seen nothing of this
    String machine = point.at() % 2 == 0 ? "a" : "b";
    try {
      run(calm.work(), calm.wanted(), place, machine, server.ssh());
      failures.addAll(ended(calm, audit, there(place)));
      if (LONG) {
        Map<String, String> before = files(there(place));
        run(calm.work(), calm.wanted(), place, "c", server.ssh());
        if (!files(there(place)).equals(before)) {
          failures.add("one more run changed something");
        }
      }
    } catch (RuntimeException e) {
      failures.add("the next run failed: " + e);
    }
    if (failures.isEmpty()) {
      WorkFolder.delete(place);
    }
    List<String> told =
        failures.stream()
            .map(failure -> calm.work() + ", killed " + point + " (" + place + "): " + failure)
            .toList();
    told.forEach(System.out::println);
    return told;
  }

  private int killed(Calm calm, Path place, SshGate gate) throws Exception {
    Process process =
        calm.work()
            .start(
                server.url(there(place)),
                place.resolve("a"),
                gate.command(),
                tree,
                calm.wanted(),
                gate.pid(),
                place.resolve("log"));
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(
          "the run hangs: " + place + gate.commands() + Files.readString(place.resolve("log")));
    }
    return process.exitValue();
  }

  private void install(String current, Path place, RealPip pip) throws Exception {
    RegionSettings settings = new RegionSettings("main", there(place));
    List<String> projects =
        new DirectoryRegion(settings)
            .manifest(ReleaseScenario.SLUG, current).files().stream()
                .map(file -> file.project().toString())
                .toList();
    try (StaticServer http = StaticServer.start(new RegionTree(settings), 0)) {
      String mount = installs.incrementAndGet() % 2 == 0 ? "@" + current : ReleaseScenario.SLUG;
      pip.install(http.url().resolve(mount + "/simple/"), projects, place.resolve("pip"));
    }
  }

  private List<String> ended(Calm calm, TreeAudit audit, Path there) throws IOException {
    List<String> failures = new ArrayList<>();
    Snapshot wanted = calm.wanted();
    if (!audit.current(ReleaseScenario.SLUG).equals(wanted.id())) {
      failures.add("in the end, current is " + audit.current(ReleaseScenario.SLUG));
    }
    if (calm.work() == SshWork.QUARANTINE) {
      ManifestFile out = SshWork.takenOut(wanted);
      if (!Files.isDirectory(there.resolve("pool/.quarantine").resolve(out.sha256()))) {
        failures.add("in the end, " + out.filename() + " is not out of the pool");
      }
    } else {
      failures.addAll(audit.problems());
      String previous = audit.previous(ReleaseScenario.SLUG);
      if (!previous.equals(calm.previous())) {
        failures.add("in the end, previous is '" + previous + "'");
      }
      if (!audit.lastRelease(ReleaseScenario.SLUG).equals(wanted.id())) {
        failures.add("in the end, the journal says another release");
      }
      String told =
          Files.readString(there.resolve("channels/" + ReleaseScenario.SLUG + "/current.json"));
      if (!told.contains(wanted.id())) {
        failures.add("in the end, current.json says " + told);
      }
    }
    Set<String> more = paths(there);
    more.removeAll(calm.paths());
    Set<String> less = new TreeSet<>(calm.paths());
    less.removeAll(paths(there));
    List<String> junk = new VisibleTree(there).junk();
    if (!more.isEmpty() || !less.isEmpty() || !junk.isEmpty()) {
      failures.add("in the end, more: " + more + ", less: " + less + ", junk: " + junk);
    }
    return failures;
  }

  /** All but folders, whose times rsync sets, and locks. */
  private static Map<String, String> files(Path there) throws IOException {
    Map<String, String> files = new VisibleTree(there).stat();
    files
        .keySet()
        .removeIf(
            path ->
                Files.isDirectory(there.resolve(path), LinkOption.NOFOLLOW_LINKS)
                    || path.startsWith("state/locks"));
    return files;
  }
}
