package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.BranchState;
import java.util.List;
import java.util.Objects;

/**
 * A branch in the plan.
 *
 * @param state as in the resolution
 * @param reasons as in the resolution; for a held branch also what happens to its pins
 */
public record PlannedBranch(String name, BranchState state, List<String> reasons) {
  public PlannedBranch {
    Check.notBlank(name, "the name of a branch");
    Objects.requireNonNull(state);
    reasons = List.copyOf(reasons);
  }
}
