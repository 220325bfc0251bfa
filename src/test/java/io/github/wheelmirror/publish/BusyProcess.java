package io.github.wheelmirror.publish;

import io.github.wheelmirror.ChildJvm;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who works on a region for a while: releases snapshots one after another, or prunes until
 * a file appears. Also the main class of a process that does.
 *
 * <p>Arguments: region root, a file to wait for, the file that ends a prune, wheelhouse, staged
 * snapshots; without any it prunes.
 */
final class BusyProcess {

  private BusyProcess() {}

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    while (!Files.exists(Path.of(args[1]))) {
      Thread.sleep(5);
    }
    if (args.length == 4) {
      System.out.println(prune(root, Path.of(args[2])) + " prunes");
      return;
    }
    List<Snapshot> snapshots = new ArrayList<>();
    for (String staged : List.of(args).subList(4, args.length)) {
      snapshots.add(Snapshot.open(Path.of(staged)));
    }
    deploy(root, new Wheelhouse(Path.of(args[3])), snapshots);
  }

  /** Releases one after another; nobody else may release to that channel. */
  static int deploy(Path root, Wheelhouse wheels, List<Snapshot> snapshots) {
    for (Snapshot snapshot : snapshots) {
      DirectoryRegion region = ReleasingProcess.region(root, Faults.NONE);
      Optional<Release> base = region.current(snapshot.slug());
      StagedRelease staged = region.stage(TestTree.verified(snapshot), wheels, Progress.NONE);
      region.flip(staged, base, Instant.now());
    }
    return snapshots.size();
  }

  /** Keeps nothing that it need not keep, and that without any grace. */
  static int prune(Path root, Path until) {
    Retention strict = new Retention(1, Duration.ZERO, List.of(), Duration.ZERO, 1);
    int prunes = 0;
    while (!Files.exists(until)) {
      ReleasingProcess.region(root, Faults.NONE)
          .prune(strict, Instant.now().plus(Duration.ofDays(1000)), false);
      prunes++;
    }
    return prunes;
  }

  static Process start(Path root, Path go, Path until, TestTree tree, List<Snapshot> snapshots)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                root.toString(),
                go.toString(),
                until.toString(),
                tree.wheelhouseRoot().toString()));
    snapshots.forEach(snapshot -> arguments.add(snapshot.directory().toString()));
    return ChildJvm.of(BusyProcess.class, arguments).start();
  }

  /** Its output; fails unless it ended well. */
  static String await(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(output);
    }
    return output;
  }
}
