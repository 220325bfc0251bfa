package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.mirror.ReleasedSnapshots.Found;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.SnapshotDifference;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Tells what clients of a channel see change from one snapshot to another. */
public final class ShowDifference {

  /** What a run staged and did not release yet. */
  public static final String STAGED = "staged";

  private final Outside outside;
  private final Workspace workspace;

  /** Of these regions, and of what is staged in this workspace. */
  public ShowDifference(Outside outside, Path workspace) {
    this.outside = outside;
    this.workspace = new Workspace(workspace);
  }

  /**
   * What is compared: {@code current}, {@code previous}, {@link #STAGED} or at least eight first
   * digits of a snapshot's id.
   *
   * @param channel a slug; empty for the only channel, or the one of the snapshots
   */
  public record Settings(String from, String to, String channel) {}

  /** The two snapshots and what differs: {@code diff.json}. */
  public record Difference(int schemaVersion, SnapshotDifference difference) {}

  /** Tells it, and writes {@code diff.json}. */
  public void run(Settings settings) {
    Manifest to = manifest(settings.to(), settings.channel());
    // the other one is of the same channel, whichever name it has
    Manifest from =
        manifest(settings.from(), settings.channel().isEmpty() ? to.slug() : settings.channel());
    SnapshotDifference difference = SnapshotDifference.of(from, to);
    outside.log().differs(difference);
    workspace.write(workspace.difference(), new Difference(Workspace.SCHEMA_VERSION, difference));
    outside.log().note("all of it is in " + workspace.difference());
  }

  private Manifest manifest(String name, String channel) {
    return name.equals(STAGED) ? staged(channel) : released(name, channel);
  }

  private Manifest staged(String channel) {
    List<Snapshot> staged = StagedSnapshots.in(workspace.staged());
    List<Snapshot> fitting =
        staged.stream()
            .filter(snapshot -> channel.isEmpty() || snapshot.slug().equals(channel))
            .toList();
    if (fitting.size() == 1) {
      return fitting.get(0).manifest();
    }
    throw MirrorException.input(
        fitting.isEmpty() ? "nothing is staged for " + channel : "it is not said of which channel",
        "what is staged is "
            + staged.stream().map(Snapshot::slug).collect(Collectors.joining(", ")),
        "name one of these with -Dwheel-mirror.diff.channel");
  }

  /** From the first region that has it. */
  private Manifest released(String name, String channel) {
    Found found =
        new ReleasedSnapshots(outside.regions(), "wheel-mirror.diff.channel").find(name, channel);
    MirrorException missing = null;
    for (Region region : outside.regions()) {
      try {
        return region.manifest(found.slug(), found.snapshot());
      } catch (MirrorException e) {
        missing = missing == null ? e : missing;
      }
    }
    throw missing == null ? new IllegalStateException("there is a region") : missing;
  }
}
