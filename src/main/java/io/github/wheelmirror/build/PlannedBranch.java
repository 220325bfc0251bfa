package io.github.wheelmirror.build;

import java.util.List;

/**
 * A branch in the plan.
 *
 * @param state as in the resolution
 * @param reasons as in the resolution; for a held branch also what happens to its pins
 */
public record PlannedBranch(String name, String state, List<String> reasons) {
  public PlannedBranch {
    Check.notBlank(name, "the name of a branch");
    Check.notBlank(state, "the state of a branch");
    reasons = List.copyOf(reasons);
  }
}
