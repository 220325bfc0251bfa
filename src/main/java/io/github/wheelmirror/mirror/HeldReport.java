package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.ResolvedBranch;
import java.util.List;

/** Ends a run as failed when a branch was held, after everything else was done. */
final class HeldReport {

  private HeldReport() {}

  static void refuse(Resolution resolution) {
    List<ResolvedBranch> held =
        resolution.branches().stream()
            .filter(branch -> branch.state() == BranchState.HELD)
            .toList();
    if (held.isEmpty()) {
      return;
    }
    StringBuilder why = new StringBuilder();
    for (ResolvedBranch branch : held) {
      for (String reason : branch.reasons()) {
        why.append(branch.name()).append(": ").append(reason).append('\n');
      }
    }
    throw MirrorException.input(
        held.size() == 1
            ? "branch " + held.get(0).name() + " is held; everything else is released"
            : held.size() + " branches are held; everything else is released",
        why.toString().strip(),
        HeldFix.of(held));
  }
}
