package io.github.wheelmirror.publish;

import io.github.wheelmirror.ChildJvm;
import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Secret;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.Signing;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Works on a region in a bucket, in this JVM or in one of its own, which may be killed.
 *
 * <p>Arguments of a JVM: the region's URL, the URL for clients, what to do, the wheelhouse, how
 * often to do it, and staged snapshots to do it with in turn.
 */
final class BucketProcess {
  static final int REFUSED = 3;

  /** What may be done. */
  enum Act {
    /** Releases the snapshot. */
    RELEASE,
    /** Releases it again. */
    ROLL_BACK,
    /** Removes what need not be kept. */
    PRUNE,
    /** Takes its first wheel out. */
    TAKE_OUT;

    void on(S3Region region, Wheelhouse wheels, Snapshot snapshot) {
      switch (this) {
        case RELEASE -> {
          Optional<Release> base = region.current(snapshot.slug());
          StagedRelease staged = region.stage(TestTree.verified(snapshot), wheels, Progress.NONE);
          region.flip(staged, base, Instant.now());
        }
        case ROLL_BACK -> {
          Optional<Release> base = region.current(snapshot.slug());
          region.flip(region.recall(snapshot.slug(), snapshot.id()), base, Instant.now());
        }
        case PRUNE -> {
          // long after everything, so that nothing is young or in its grace
          Instant late = Instant.now().plus(Duration.ofDays(100));
          Retention none = new Retention(1, Duration.ZERO, List.of(), Duration.ofDays(7), 1);
          region.prune(none, late, false);
          region.prune(none, late.plus(Duration.ofDays(8)), false);
        }
        case TAKE_OUT -> {
          ManifestFile file = snapshot.manifest().files().get(0);
          region.quarantine(
              Quarantine.NONE.plus(
                  new QuarantineEntry(
                      "", List.of(Quarantine.file(file)), "bad", "2026-01-01T00:00:00Z")));
        }
      }
    }
  }

  private BucketProcess() {}

  public static void main(String[] args) {
    S3Region region = new S3Region(settings(args[0], args[1]));
    Wheelhouse wheels = new Wheelhouse(Path.of(args[3]));
    List<Snapshot> snapshots = new ArrayList<>();
    for (String folder : List.of(args).subList(5, args.length)) {
      snapshots.add(Snapshot.open(Path.of(folder)));
    }
    try {
      for (int i = 0; i < Integer.parseInt(args[4]); i++) {
        Act.valueOf(args[2]).on(region, wheels, snapshots.get(i % snapshots.size()));
      }
    } catch (MirrorException e) {
      System.err.println(e.what() + ": " + e.why());
      System.exit(REFUSED);
    }
  }

  static S3Settings settings(String region, String url) {
    return S3Settings.parse(
        "cloud",
        region,
        new Credentials("moto", "access", new Secret("secret")),
        url,
        Duration.ofMinutes(2),
        RegionCommands.NONE,
        Signing.NONE);
  }

  /** Starts a JVM; its output goes to the file. */
  static Process start(
      String region,
      String url,
      Act act,
      TestTree tree,
      List<Snapshot> snapshots,
      int times,
      Path log)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                region,
                url,
                act.name(),
                tree.wheelhouseRoot().toString(),
                String.format(Locale.ROOT, "%d", times)));
    snapshots.forEach(snapshot -> arguments.add(snapshot.directory().toString()));
    return ChildJvm.of(BucketProcess.class, arguments)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }
}
