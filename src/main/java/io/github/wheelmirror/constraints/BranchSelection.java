package io.github.wheelmirror.constraints;

import java.util.List;

/**
 * What was chosen from a repository's refs.
 *
 * @param branches the chosen ones, in the branches' order
 * @param decisions one for each ref, by name
 */
public record BranchSelection(List<SelectedBranch> branches, List<RefDecision> decisions) {

  public BranchSelection {
    branches = branches.stream().sorted().toList();
    decisions = decisions.stream().sorted().toList();
  }
}
