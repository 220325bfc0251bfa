package io.github.wheelmirror.publish;

import io.github.wheelmirror.ChildJvm;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What runs on a region of another host, in this JVM or in one of its own, which may be killed.
 *
 * <p>Arguments of a JVM: the region's URL, its replica, the ssh command, what to do, the
 * wheelhouse, the staged snapshot, and a file to which it writes its process id.
 */
enum SshWork {
  FIRST_RELEASE(ReleaseScenario.FIRST_RELEASE),
  SECOND_RELEASE(ReleaseScenario.SECOND_RELEASE),
  ROLLBACK(ReleaseScenario.ROLLBACK),
  PRUNE_SNAPSHOTS(ReleaseScenario.PRUNE_SNAPSHOTS),
  PRUNE_FILES(ReleaseScenario.PRUNE_FILES),
  /** The first wheel of what is served goes. */
  QUARANTINE(ReleaseScenario.PRUNE_SNAPSHOTS);

  private final ReleaseScenario scenario;

  SshWork(ReleaseScenario scenario) {
    this.scenario = scenario;
  }

  /** What was there before, and what clients may see. */
  ReleaseScenario scenario() {
    return scenario;
  }

  static ManifestFile takenOut(Snapshot wanted) {
    return wanted.manifest().files().get(0);
  }

  void run(Region region, Snapshot wanted, Wheelhouse wheels) {
    if (this == QUARANTINE) {
      region.quarantine(
          Quarantine.NONE.plus(
              new QuarantineEntry(
                  "", List.of(Quarantine.file(takenOut(wanted))), "bad", "2026-01-01T00:00:00Z")));
    } else {
      scenario.run(region, wanted, wheels);
    }
  }

  static RsyncRegion region(String url, Path replica, String ssh) {
    return new RsyncRegion(
        new RegionSettings("far", replica, "", Duration.ofSeconds(60)),
        SshPlace.parse("far", url),
        ssh);
  }

  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[6]), String.valueOf(ProcessHandle.current().pid()));
    valueOf(args[3])
        .run(
            region(args[0], Path.of(args[1]), args[2]),
            Snapshot.open(Path.of(args[5])),
            new Wheelhouse(Path.of(args[4])));
  }

  /** Starts a JVM whose output goes to the file. */
  Process start(
      String url, Path replica, String ssh, TestTree tree, Snapshot wanted, Path pid, Path log)
      throws IOException {
    return ChildJvm.of(
            SshWork.class,
            List.of(
                url,
                replica.toString(),
                ssh,
                name(),
                tree.wheelhouseRoot().toString(),
                wanted.directory().toString(),
                pid.toString()))
        .redirectOutput(log.toFile())
        .start();
  }
}
