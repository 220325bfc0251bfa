package io.github.wheelmirror.report;

import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.selection.ComparedBranch;
import io.github.wheelmirror.selection.ExplainedTarget;
import io.github.wheelmirror.tree.Pruned;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.ReleaseOutcome;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.SnapshotDifference;
import io.github.wheelmirror.tree.Store;
import io.github.wheelmirror.tree.VerifiedChannel;
import java.time.Duration;
import java.util.List;

/** What a run has to tell, one method a fact; the words are made by the implementation. */
public interface MirrorLog {

  /** A stage begins. */
  void begins(String stage);

  /** A stage's file was made in this run or is still right. */
  void unchanged(String stage, String why);

  /** Every ref with its decision, every branch with its state. */
  void resolved(Resolution resolution);

  /** What will be done. {@code pages} is how many project pages were asked. */
  void planned(BuildPlan plan, int pages);

  /** One download or build ended. */
  void finished(int done, int total, String item, String result, Duration took);

  /** Nothing ended for a while. {@code left} is an estimate, zero if there is none. */
  void waiting(int done, int total, List<String> running, Duration left);

  /** Whether {@link #running} is worth calling several times a second. */
  boolean isLive();

  /** What runs now; nothing does any more where everything is done. */
  void running(WorkState state);

  /** What a run that downloaded and built did. {@code next} is the command to go on with, or "". */
  void did(WorkTally tally, String next);

  /** How everything ended; failures in full. */
  void built(BuildReport report, String nextCommand);

  /** A snapshot is staged. */
  void staged(Snapshot snapshot);

  /** A channel was verified: its coverage, and what blocks it. */
  void verified(VerifiedChannel channel);

  /** What came of a run that verifies or releases: its last line. */
  void ended(ReleaseOutcome outcome);

  /** A region has a new release. */
  void released(String region, Release release);

  /** A region serves this snapshot already. */
  void nothingToRelease(String region, Release release);

  /** What clients see change from one snapshot to another. */
  void differs(SnapshotDifference difference);

  /** What was removed from a region, or would be. */
  void pruned(Pruned pruned, boolean dryRun);

  /** What was removed from the cache, or would be. */
  void collected(String cache, List<Store.Collected> kinds, boolean dryRun);

  /**
   * What a tool chooses on a target, and why.
   *
   * @param everyFile whether each candidate is told, or those of one reason together
   */
  void explained(ExplainedTarget explained, boolean everyFile);

  /** What tools choose for branches inside and outside the gate. */
  void compared(List<ComparedBranch> branches);

  /**
   * How many project pages the index has answered so far, where {@link #isLive}; all of them where
   * nothing is asked any more.
   */
  void asking(int answered, int total);

  /** As {@link #asking}, where nothing was told for a while. */
  void stillAsking(int answered, int total);

  /** Something a person should know. */
  void warning(String words);

  /** Something a person may like to know. */
  void note(String words);
}
