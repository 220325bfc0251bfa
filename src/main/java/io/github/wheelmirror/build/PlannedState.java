package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.TargetId;
import java.util.List;
import java.util.Objects;

/**
 * The one state of a pin on a target for the branches that share it.
 *
 * @param branches in the order of the plan's branches; never empty
 */
public record PlannedState(TargetId target, List<String> branches, PlanState state) {
  public PlannedState {
    Objects.requireNonNull(target);
    branches = List.copyOf(branches);
    Objects.requireNonNull(state);
    if (branches.isEmpty()) {
      throw new IllegalArgumentException("a state without a branch on " + target);
    }
  }
}
