package io.github.wheelmirror.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.DownloadWork;
import io.github.wheelmirror.build.PlanSummary;
import io.github.wheelmirror.build.PlannedPin;
import io.github.wheelmirror.build.PlannedState;
import io.github.wheelmirror.clients.MirrorRun;
import io.github.wheelmirror.constraints.ConstraintLine.PinLine;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.CompatibleTags;
import io.github.wheelmirror.python.Interpreter;
import io.github.wheelmirror.python.MarkerEnvironment;
import io.github.wheelmirror.python.Platform;
import io.github.wheelmirror.python.TagRules;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All branches of the real constraints on five Pythons; what it prints are figures to compare, the
 * limit only stops a hang.
 */
class PlanAtScaleTest {

  private static final String SLUG = "debian-12-x86_64";

  /** CPython 3.9 to 3.13 on Debian 12, whatever is installed here. */
  private static final List<Target> TARGETS =
      IntStream.rangeClosed(9, 13).mapToObj(PlanAtScaleTest::target).toList();

  @TempDir Path folder;
  private RealConstraints constraints;
  private SyntheticIndex index;
  private MirrorRun run;

  @BeforeEach
  void start() throws IOException {
    constraints = RealConstraints.need(folder.resolve("git"));
    index = SyntheticIndex.start(constraints.pins());
    run =
        new MirrorRun(
            folder, constraints.bundle(), RealConstraints.ALL, index.url(), () -> TARGETS);
  }

  @AfterEach
  void stop() {
    if (index != null) {
      index.close();
    }
  }

  @Test
  @Timeout(600)
  void everyPinOfEveryBranchHasOneStateOnEveryPythonAndEveryProjectIsAskedOnce()
      throws IOException {
    plan("first");

    assertThat(index.requests()).doesNotHaveDuplicates();
    assertThat(index.requests())
        .containsExactlyInAnyOrderElementsOf(
            wantedProjects().stream().map(name -> "/simple/" + name + "/").toList());
    BuildPlan plan = run.workspace().read(run.workspace().plan(), BuildPlan.class).get().value();
    assertThat(statesOf(plan)).isEqualTo(wantedStates());
    assertThat(plan.downloads()).extracting(DownloadWork::id).doesNotHaveDuplicates();
    assertThat(plan.builds()).extracting(work -> work.id()).doesNotHaveDuplicates();
    PlanSummary summary = PlanSummary.of(plan);
    for (String label : List.of("mirror", "build", "unsatisfiable", "not-applicable")) {
      assertThat(summary.total(label)).as(label).isPositive();
    }

    byte[] before = Files.readAllBytes(run.workspace().plan());
    index.forgetRequests();
    plan("again");

    assertThat(index.requests()).doesNotHaveDuplicates();
    assertThat(index.bytes()).as("page bodies sent again").isZero();
    assertThat(Files.readAllBytes(run.workspace().plan())).isEqualTo(before);
  }

  private void plan(String what) throws IOException {
    List<MemoryPoolMXBean> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    long start = System.nanoTime();
    run.goals().plan();
    long took = (System.nanoTime() - start) / 1_000_000;
    long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    System.out.printf(
        "plan at scale, %s: %d ms, peak heap %d MB of %d MB, %d requests, %d kB of pages,"
            + " resolution.json %d kB, plan.json %d kB%n",
        what,
        took,
        peak >> 20,
        Runtime.getRuntime().maxMemory() >> 20,
        index.requests().size(),
        index.bytes() >> 10,
        Files.size(run.workspace().resolution()) >> 10,
        Files.size(run.workspace().plan()) >> 10);
    run.lines().stream()
        .filter(line -> line.contains("project pages"))
        .forEach(System.out::println);
  }

  /** How often each (branch, pin, target) has a state. */
  private static Map<String, Integer> statesOf(BuildPlan plan) {
    Map<String, Integer> states = new TreeMap<>();
    for (PlannedPin pin : plan.pins()) {
      for (PlannedState state : pin.states()) {
        for (String branch : state.branches()) {
          states.merge(branch + " " + pin.pin() + " " + state.target(), 1, Integer::sum);
        }
      }
    }
    return states;
  }

  /** Once each; two lines of one pin with different markers count as one. */
  private Map<String, Integer> wantedStates() {
    Map<String, Integer> wanted = new TreeMap<>();
    constraints
        .lines()
        .forEach(
            (branch, lines) -> {
              for (PinLine line : lines) {
                TARGETS.forEach(t -> wanted.put(branch + " " + line.pin() + " " + t.id(), 1));
              }
            });
    return wanted;
  }

  /** Without those that are pinned for other Pythons only. */
  private Set<String> wantedProjects() {
    Set<String> names = new TreeSet<>();
    constraints
        .lines()
        .forEach(
            (branch, lines) -> {
              for (PinLine line : lines) {
                if (TARGETS.stream().anyMatch(t -> line.activeOn(t.environment()))) {
                  names.add(line.pin().name().toString());
                }
              }
            });
    return names;
  }

  private static Target target(int minor) {
    String python = "cp3" + minor;
    Map<String, String> markers = new HashMap<>();
    markers.put("implementation_name", "cpython");
    markers.put("implementation_version", "3." + minor + ".1");
    markers.put("os_name", "posix");
    markers.put("platform_machine", "x86_64");
    markers.put("platform_python_implementation", "CPython");
    markers.put("platform_release", "6.1.0");
    markers.put("platform_system", "Linux");
    markers.put("platform_version", "#1 SMP");
    markers.put("python_full_version", "3." + minor + ".1");
    markers.put("python_version", "3." + minor);
    markers.put("sys_platform", "linux");
    CompatibleTags tags =
        CompatibleTags.of(
            Interpreter.cpython(3, minor),
            new Platform.Glibc(2, 36, "x86_64"),
            TagRules.PACKAGING_26_3);
    return new Target(
        new TargetId(SLUG, python),
        "cpython",
        "3." + minor + ".1",
        python,
        "glibc 2.36",
        MarkerEnvironment.of(markers),
        tags.tags());
  }
}
