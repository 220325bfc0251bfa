package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.disk.Fault;
import io.github.wheelmirror.disk.FaultyDisk;
import io.github.wheelmirror.disk.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A release, a rollback and a prune on a disk that fails at one change, or from one change on:
 * full, broken or read-only. A sample of the changes by default, each with {@code -Dlong=true};
 * {@code -Dseed=NUMBER} chooses other ones.
 */
class FailingDiskTest {
  private static final Map<String, LongFunction<Fault>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("broken once", number -> Fault.onceAt(number, "Input/output error"));
    KINDS.put("full once", number -> Fault.onceAt(number, "No space left on device"));
    KINDS.put("full from there on", Fault::fullFrom);
    KINDS.put("read-only from there on", Fault::readOnlyFrom);
    KINDS.put("dead from there on", Fault::deadFrom);
  }

  private final Path folder;
  private final TestTree tree;

  FailingDiskTest(@TempDir Path folder) {
    this.folder = folder;
    tree = new TestTree(folder.resolve("inputs"));
  }

  @ParameterizedTest
  @EnumSource(ReleaseScenario.class)
  void clientsSeeAWholeReleaseAndTheNextRunOnAHealthyDiskEndsWhatWasBegun(ReleaseScenario scenario)
      throws IOException {
    CrashPoints points = new CrashPoints(folder, scenario, tree);
    List<String> failures = new ArrayList<>();
    int runs = 0;
    for (Map.Entry<String, LongFunction<Fault>> kind : KINDS.entrySet()) {
      for (long number : points.some(6)) {
        String words = scenario + ", " + kind.getKey() + " at change " + points.words(number);
        Path base = points.copy();
        FaultyDisk disk = new FaultyDisk(base, kind.getValue().apply(number));
        boolean told = false;
        try {
          scenario.run(
              ReleaseScenario.region(disk.at(FaultyRun.REGION)),
              scenario.wanted(tree),
              tree.wheelhouse());
        } catch (MirrorException e) {
          told = true;
          if (e.kind() != MirrorException.Kind.MACHINERY || e.fix().isBlank()) {
            failures.add(words + ": " + e);
          }
        }
        runs++;
        if (!told && !isOvercome(disk.refused())) {
          failures.add(words + " was not told");
        }
        disk.behave(Fault.NONE);
        failures.addAll(points.after(base, disk, words, false));
        if (failures.isEmpty()) {
          WorkFolder.delete(base);
        }
      }
    }
    System.out.printf(
        "%s: %d changes, %d runs on a failing disk, %d failures%n",
        scenario, points.count(), runs, failures.size());
    assertThat(failures).isEmpty();
  }

  /** Nothing was refused, or once a folder, which Java tries to make again from its parents on. */
  private static boolean isOvercome(List<Operation> refused) {
    return refused.isEmpty()
        || (refused.size() == 1 && refused.get(0).kind() == Operation.Kind.MKDIR);
  }
}
