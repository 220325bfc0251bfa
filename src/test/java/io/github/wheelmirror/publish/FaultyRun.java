package io.github.wheelmirror.publish;

import io.github.wheelmirror.ChildJvm;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.disk.Fault;
import io.github.wheelmirror.disk.FaultyDisk;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A scenario in a JVM of its own, whose disk ends it at a given change.
 *
 * <p>Arguments: folder of the disk, scenario, wheelhouse, staged snapshot, number of the change,
 * what happens there.
 */
final class FaultyRun {
  static final String REGION = "srv/region";
  private static final long LIMIT_SECONDS = 120;

  private FaultyRun() {}

  public static void main(String[] args) throws IOException {
    Fault fault = Fault.at(Long.parseLong(args[4]), Fault.Outcome.valueOf(args[5]));
    FaultyDisk disk = new FaultyDisk(Path.of(args[0]), fault);
    try {
      ReleaseScenario.valueOf(args[1])
          .run(
              ReleaseScenario.region(disk.at(REGION)),
              Snapshot.open(Path.of(args[3])),
              new Wheelhouse(Path.of(args[2])));
    } catch (MirrorException e) {
      System.err.println(e.what() + ": " + e.why());
      System.exit(ReleasingProcess.REFUSED);
    }
  }

  /** Runs it; false if it ended by itself before that change. */
  static boolean dies(
      Path disk, ReleaseScenario scenario, TestTree tree, long number, Fault.Outcome outcome)
      throws Exception {
    Process process =
        ChildJvm.of(
                FaultyRun.class,
                List.of(
                    disk.toString(),
                    scenario.name(),
                    tree.wheelhouseRoot().toString(),
                    scenario.wanted(tree).directory().toString(),
                    String.valueOf(number),
                    outcome.name()))
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("a run hangs: " + output);
    }
    if (process.exitValue() != 0 && process.exitValue() != FaultyDisk.DIED) {
      throw new AssertionError("a run ended with " + process.exitValue() + ": " + output);
    }
    return process.exitValue() == FaultyDisk.DIED;
  }
}
