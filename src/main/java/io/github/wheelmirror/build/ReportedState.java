package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.TargetId;
import java.util.List;
import java.util.Objects;

/**
 * The one outcome of a pin on a target for the branches that share it.
 *
 * @param branches in the order of the plan's branches; never empty
 */
public record ReportedState(TargetId target, List<String> branches, Outcome outcome) {
  public ReportedState {
    Objects.requireNonNull(target);
    branches = List.copyOf(branches);
    Objects.requireNonNull(outcome);
    if (branches.isEmpty()) {
      throw new IllegalArgumentException("an outcome without a branch on " + target);
    }
  }
}
