package io.github.wheelmirror.publish;

import io.github.wheelmirror.ChildJvm;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A release in a JVM of its own, which may die at a given step without any chance to clean up.
 *
 * <p>Arguments: region root, wheelhouse, staged snapshot, step to die at or {@code -}, a file that
 * it makes when it is ready, a file that it then waits for, both or none {@code -}, and whether a
 * snapshot that was released before is released again.
 */
final class ReleasingProcess {
  static final int DIED = 137;
  static final int REFUSED = 3;
  private static final long LIMIT_SECONDS = 120;

  private ReleasingProcess() {}

  public static void main(String[] args) throws Exception {
    Faults faults =
        step -> {
          if (step.equals(args[3])) {
            Runtime.getRuntime().halt(DIED);
          }
        };
    DirectoryRegion region = region(Path.of(args[0]), faults);
    Snapshot snapshot = Snapshot.open(Path.of(args[2]));
    Optional<Release> base = region.current(snapshot.slug());
    if (!args[4].equals("-")) {
      Files.createFile(Path.of(args[4]));
      while (!Files.exists(Path.of(args[5]))) {
        Thread.sleep(5);
      }
    }
    try {
      StagedRelease staged =
          Boolean.parseBoolean(args[6])
              ? region.recall(snapshot.slug(), snapshot.id())
              : region.stage(
                  TestTree.verified(snapshot), new Wheelhouse(Path.of(args[1])), Progress.NONE);
      region.flip(staged, base, Instant.now());
    } catch (MirrorException e) {
      System.err.println(e.what() + ": " + e.why());
      System.exit(REFUSED);
    }
  }

  static DirectoryRegion region(Path root, Faults faults) {
    return new DirectoryRegion(
        new RegionSettings("main", root, "https://mirror.example/wheel", Duration.ofMinutes(1)),
        faults,
        Clock.systemUTC());
  }

  /** Starts one; its output goes to a file beside the region. */
  static Process start(Path root, TestTree tree, Snapshot snapshot, String step, String... wait)
      throws IOException {
    return start(root, tree, snapshot, step, false, wait);
  }

  /** The same for a rollback. */
  static Process startRollback(Path root, TestTree tree, Snapshot snapshot, String step)
      throws IOException {
    return start(root, tree, snapshot, step, true);
  }

  private static Process start(
      Path root, TestTree tree, Snapshot snapshot, String step, boolean again, String... wait)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                root.toString(),
                tree.wheelhouseRoot().toString(),
                snapshot.directory().toString(),
                step));
    arguments.addAll(wait.length == 0 ? List.of("-", "-") : List.of(wait));
    arguments.add(String.valueOf(again));
    return ChildJvm.of(ReleasingProcess.class, arguments).start();
  }

  /** Waits for its end; fails with its output if it ends otherwise than expected. */
  static String await(Process process, Integer... expected) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("a release hangs: " + output);
    }
    if (!List.of(expected).contains(process.exitValue())) {
      throw new AssertionError("a release ended with " + process.exitValue() + ": " + output);
    }
    return output;
  }
}
