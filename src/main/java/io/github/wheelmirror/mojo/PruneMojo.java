package io.github.wheelmirror.mojo;

import io.github.wheelmirror.tree.Retention;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Removes from every region the snapshots that need not be kept, and the files that no snapshot
 * lists any more. What is served, what was served before it, and what a run is about to release
 * always stays. A file goes at the earliest in the run after the one that removed the last snapshot
 * which lists it, when its grace is over.
 */
@Mojo(name = "prune", threadSafe = true, requiresProject = false)
public class PruneMojo extends AbstractMirrorMojo {

  /** How many different snapshots of each channel stay, counted from the one that is served. */
  @Parameter(property = "wheel-mirror.prune.keepReleases", defaultValue = "5", required = true)
  int keepReleases = 5;

  /** For how many days a snapshot stays after it was served last. */
  @Parameter(property = "wheel-mirror.prune.keepDays", defaultValue = "30", required = true)
  int keepDays = 30;

  /**
   * Ids of snapshots, or their first eight or more digits, that stay for as long as named here. If
   * no region has one of them, nothing is removed.
   */
  @Parameter(property = "wheel-mirror.prune.pinned")
  List<String> pinned = List.of();

  /**
   * For how many hours a snapshot stays after it was served last, whatever else is said, and a file
   * after the last snapshot with it is gone. It must be longer than the longest job of a client and
   * the time for which a proxy keeps pages; 168 is a week.
   */
  @Parameter(property = "wheel-mirror.prune.graceHours", defaultValue = "168", required = true)
  int graceHours = 168;

  /**
   * How much of all wheels of a region may go in one run, from 0 to 1. If it would be more, nothing
   * is removed.
   */
  @Parameter(property = "wheel-mirror.prune.maxDeleteRatio", defaultValue = "0.25", required = true)
  double maxDeleteRatio = 0.25;

  /**
   * For how many days a file stays listed, as yanked, after the last branch pinned another version
   * of it; at least {@link #graceHours}. Then {@code prune} releases the channel without it. -1 for
   * ever: what was built once can be installed for as long as the mirror lives. It takes effect as
   * far back as snapshots are kept, so it should not be more than {@link #keepDays}.
   */
  @Parameter(property = "wheel-mirror.prune.supersededDays", defaultValue = "-1", required = true)
  int supersededDays = -1;

  /** Whether it is only told what would be removed. */
  @Parameter(property = "wheel-mirror.prune.dryRun", defaultValue = "false", required = true)
  boolean dryRun;

  @Inject
  PruneMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  boolean needsConstraints() {
    return false;
  }

  @Override
  void checkOwnParameters() {
    retention();
  }

  private Retention retention() {
    return new Retention(
        keepReleases,
        Duration.ofDays(keepDays),
        pinned,
        Duration.ofHours(graceHours),
        maxDeleteRatio);
  }

  @Override
  void run(Session session) {
    session.prune(
        retention(),
        supersededDays < 0 ? Optional.empty() : Optional.of(Duration.ofDays(supersededDays)),
        dryRun);
  }
}
