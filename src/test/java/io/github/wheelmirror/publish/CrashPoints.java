package io.github.wheelmirror.publish;

import io.github.wheelmirror.disk.Fault;
import io.github.wheelmirror.disk.FaultyDisk;
import io.github.wheelmirror.disk.Operation;
import io.github.wheelmirror.disk.TreeAudit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The changes of the disk in one scenario, and what has to be true after a failure at any. */
final class CrashPoints {
  private static final long SEED = Long.getLong("seed", 20260301);
  static final boolean LONG = Boolean.getBoolean("long");

  private final Path folder;
  private final ReleaseScenario scenario;
  private final TestTree tree;
  private final Path prepared;
  private final List<Operation> operations;
  private final Set<String> paths;
  private final Random random = new Random(SEED);
  private final AtomicInteger installs = new AtomicInteger();
  private int copies;

  /** Prepares the region and runs the scenario once on a healthy disk. */
  CrashPoints(Path folder, ReleaseScenario scenario, TestTree tree) throws IOException {
    this.folder = folder;
    this.scenario = scenario;
    this.tree = tree;
    this.prepared = Files.createDirectories(folder.resolve("prepared"));
    Files.createDirectories(prepared.resolve(FaultyRun.REGION).getParent());
    scenario.prepare(prepared.resolve(FaultyRun.REGION), tree);
    Path healthy = copy();
    FaultyDisk disk = new FaultyDisk(healthy, Fault.NONE);
    run(disk.at(FaultyRun.REGION));
    this.operations = disk.operations();
    this.paths = new VisibleTree(healthy.resolve(FaultyRun.REGION)).stat().keySet();
  }

  private void run(Path region) {
    scenario.run(ReleaseScenario.region(region), scenario.wanted(tree), tree.wheelhouse());
  }

  /**
   * All of the steps with {@code -Dlong=true}; without it every third, from one the seed chooses.
   */
  static List<String> sample(Collection<String> steps) {
    List<String> all = List.copyOf(steps);
    return IntStream.range(0, all.size()).filter(CrashPoints::isTried).mapToObj(all::get).toList();
  }

  /** As in {@link #sample}, by the number. */
  static boolean isTried(int number) {
    return LONG || number % 3 == new Random(SEED).nextInt(3);
  }

  /** A fresh disk in the state before. */
  synchronized Path copy() throws IOException {
    Path copy = folder.resolve("disk-" + copies++);
    ReleaseScenario.copy(prepared, copy);
    return copy.toRealPath();
  }

  int count() {
    return operations.size();
  }

  /** That change as it was on the healthy disk; threads may swap some. */
  String words(long number) {
    if (number > operations.size()) {
      return number + " (after the last)";
    }
    Operation operation = operations.get((int) number - 1);
    Path region =
        operation.path().subpath(folder.getNameCount() + 1, operation.path().getNameCount());
    return number + " (" + operation.kind() + " " + region + ")";
  }

  /** Some numbers of changes, or all in a long run; one more stands for the end of the run. */
  List<Long> some(int sample) {
    return some(LongStream.rangeClosed(1, count() + 1L).boxed().toList(), sample);
  }

  /** The same of writes alone. */
  List<Long> someWrites(int sample) {
    return some(
        operations.stream()
            .filter(operation -> operation.kind() == Operation.Kind.WRITE)
            .map(Operation::number)
            .toList(),
        sample);
  }

  private List<Long> some(List<Long> of, int sample) {
    List<Long> all = new ArrayList<>(of);
    if (LONG) {
      return all;
    }
    Collections.shuffle(all, random);
    return all.subList(0, Math.min(sample, all.size()));
  }

  /**
   * Looks at what a failure left, lets the next run end it, and looks again when the power was lost
   * after that.
   *
   * @param disk what the next run works on
   * @param killed whether the process is gone, so that nothing of it may be left then
   * @return what is wrong
   */
  List<String> after(Path base, FaultyDisk disk, String words, boolean killed) throws IOException {
    Path root = base.resolve(FaultyRun.REGION);
    List<String> failures = new ArrayList<>();
    TreeAudit audit = new TreeAudit(root);
    failures.addAll(audit.problems());
    String current = audit.current(ReleaseScenario.SLUG);
    if (!scenario.allowed(tree).contains(current)) {
      failures.add("current is " + current);
    }
    try {
      run(disk.at(FaultyRun.REGION));
    } catch (RuntimeException e) {
      failures.add("the next run failed: " + e);
      return told(failures, words);
    }
    failures.addAll(ended(audit, "the next run"));
    VisibleTree visible = new VisibleTree(root);
    if (killed) {
      failures.addAll(leftovers(visible));
    }
    Map<String, String> before = visible.stat();
    run(root);
    if (!visible.stat().equals(before)) {
      failures.add("one more run changed something");
    }
    disk.losePower();
    failures.addAll(ended(audit, "the loss of power after the next run"));
    return told(failures, words);
  }

  /**
   * Installs what is served right after the failure, from the moving and from the pinned URL by
   * turns; an error if pip cannot.
   *
   * @return how often pip ran: not if nothing is served yet
   */
  int install(Path base, RealPip pip) throws IOException, InterruptedException {
    Path root = base.resolve(FaultyRun.REGION);
    String current = new TreeAudit(root).current(ReleaseScenario.SLUG);
    if (current.isEmpty()) {
      return 0;
    }
    List<String> projects =
        ReleaseScenario.region(root).manifest(ReleaseScenario.SLUG, current).files().stream()
            .map(file -> file.project().toString())
            .toList();
    try (StaticServer server =
        StaticServer.start(new RegionTree(new RegionSettings("main", root)), 0)) {
      boolean pinned = installs.incrementAndGet() % 2 == 0;
      String mount = pinned ? "@" + current : ReleaseScenario.SLUG;
      Path target = base.resolveSibling(base.getFileName() + "-pip");
      pip.install(server.url().resolve(mount + "/simple/"), projects, target);
      WorkFolder.delete(target);
    }
    return 1;
  }

  private List<String> ended(TreeAudit audit, String what) throws IOException {
    List<String> failures = new ArrayList<>(audit.problems());
    String current = audit.current(ReleaseScenario.SLUG);
    if (!current.equals(scenario.wanted(tree).id())) {
      failures.add("current is '" + current + "'");
    }
    String previous = audit.previous(ReleaseScenario.SLUG);
    if (!previous.equals(scenario.previous(tree))) {
      failures.add("previous is '" + previous + "'");
    }
    String told = audit.lastRelease(ReleaseScenario.SLUG);
    if (!told.equals(current)) {
      failures.add("the journal says that '" + told + "' was released");
    }
    return named(failures, what);
  }

  private List<String> leftovers(VisibleTree visible) throws IOException {
    List<String> failures = new ArrayList<>();
    if (!visible.junk().isEmpty()) {
      failures.add("junk: " + visible.junk());
    }
    Set<String> more = new TreeSet<>(visible.stat().keySet());
    more.removeAll(paths);
    Set<String> less = new TreeSet<>(paths);
    less.removeAll(visible.stat().keySet());
    // empty: a run that has nothing to do makes none again whose name a loss of power took
    less.removeIf(path -> path.endsWith(".lock"));
    if (!more.isEmpty() || !less.isEmpty()) {
      failures.add("the tree has more: " + more + ", and less: " + less);
    }
    return failures;
  }

  private static List<String> named(List<String> failures, String words) {
    return failures.stream().map(failure -> words + ": " + failure).toList();
  }

  /** Told at once: a long run ends much later. */
  private static List<String> told(List<String> failures, String words) {
    List<String> named = named(failures, words);
    named.forEach(System.out::println);
    return named;
  }
}
