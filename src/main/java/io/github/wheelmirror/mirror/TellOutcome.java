package io.github.wheelmirror.mirror;

import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.ResolvedBranch;
import io.github.wheelmirror.tree.ReleaseOutcome;
import io.github.wheelmirror.tree.ReleaseOutcome.ChannelOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Tells CI what came of a run, by a file and by a last line. Where a run breaks off, no earlier
 * run's outcome is left to be taken for its own.
 */
final class TellOutcome {

  private final Outside outside;
  private final Workspace workspace;
  private boolean told;

  TellOutcome(Outside outside, Workspace workspace) {
    this.outside = outside;
    this.workspace = workspace;
  }

  /** The goal failed: unless that is what came of it, nothing did. */
  void failed() {
    if (!told) {
      workspace.discardOutcome(outside.log());
    }
  }

  /**
   * Writes and tells it.
   *
   * @param released slugs of what every region serves since this run
   */
  void tell(VerifySnapshot.Result result, Resolution resolution, Set<String> released) {
    List<ChannelOutcome> channels = new ArrayList<>();
    result
        .channels()
        .forEach(
            each ->
                channels.add(
                    ChannelOutcome.of(
                        each.channel(),
                        released.contains(each.channel().slug())
                            || result.served().contains(each.channel().slug()))));
    ReleaseOutcome outcome =
        ReleaseOutcome.of(
            channels,
            resolution.branches().stream()
                .filter(branch -> branch.state() == BranchState.HELD)
                .map(ResolvedBranch::name)
                .toList());
    workspace.write(workspace.outcome(), outcome);
    outside.log().ended(outcome);
    told = true;
  }
}
