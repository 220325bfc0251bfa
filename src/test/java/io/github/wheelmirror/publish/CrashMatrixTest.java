package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.disk.Fault;
import io.github.wheelmirror.disk.FaultyDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A release, a rollback and a prune whose process is killed before a change of the disk, in the
 * middle of a write, or whose machine loses its power there. A sample of the changes by default,
 * each with {@code -Dlong=true}; {@code -Dseed=NUMBER} chooses other ones.
 */
@Timeout(3600)
class CrashMatrixTest {

  private final Path folder;
  private final TestTree tree;

  CrashMatrixTest(@TempDir Path folder) {
    this.folder = folder;
    tree = new TestTree(folder.resolve("inputs"));
  }

  @ParameterizedTest
  @EnumSource(ReleaseScenario.class)
  void clientsSeeAWholeReleaseAndTheNextRunEndsAsIfNothingHadHappened(ReleaseScenario scenario)
      throws Exception {
    CrashPoints points = new CrashPoints(folder, scenario, tree);
    AtomicInteger died = new AtomicInteger();
    AtomicInteger installs = new AtomicInteger();
    AtomicBoolean piped = new AtomicBoolean();
    RealPip pip = RealPip.need();
    List<Callable<List<String>>> work = new ArrayList<>();
    for (Fault.Outcome outcome :
        List.of(
            Fault.Outcome.KILLED,
            Fault.Outcome.TORN,
            Fault.Outcome.POWER_LOST,
            Fault.Outcome.BYTES_LOST)) {
      for (long number : outcome == Fault.Outcome.TORN ? points.someWrites(2) : points.some(2)) {
        work.add(
            () -> {
              String words = scenario + ", " + outcome + " at change " + points.words(number);
              Path base = points.copy();
              if (FaultyRun.dies(base, scenario, tree, number, outcome)) {
                died.incrementAndGet();
              }
              if (CrashPoints.LONG ? isInstalledFrom(outcome, number) : !piped.getAndSet(true)) {
                installs.addAndGet(points.install(base, pip));
              }
              List<String> failures =
                  points.after(base, new FaultyDisk(base, Fault.NONE), words, true);
              if (failures.isEmpty()) {
                WorkFolder.delete(base);
              }
              return failures;
            });
      }
    }
    List<String> failures = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      for (Future<List<String>> one : pool.invokeAll(work)) {
        failures.addAll(one.get());
      }
    } finally {
      pool.shutdownNow();
    }
    System.out.printf(
        "%s: %d changes, %d runs, %d of them died, %d installs by pip, %d failures%n",
        scenario, points.count(), work.size(), died.get(), installs.get(), failures.size());
    assertThat(failures).isEmpty();
    assertThat(died.get()).isGreaterThanOrEqualTo(work.size() / 2);
  }

  /** After each kill, and after every tenth of the other ends. */
  private static boolean isInstalledFrom(Fault.Outcome outcome, long number) {
    return outcome == Fault.Outcome.KILLED || number % 10 == 0;
  }
}
