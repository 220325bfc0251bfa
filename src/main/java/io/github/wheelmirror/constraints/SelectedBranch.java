package io.github.wheelmirror.constraints;

import java.util.Objects;

/**
 * A branch that is mirrored, at a commit.
 *
 * @param branch the branch
 * @param commit its commit
 */
public record SelectedBranch(Branch branch, String commit) implements Comparable<SelectedBranch> {

  public SelectedBranch {
    Objects.requireNonNull(branch);
    Objects.requireNonNull(commit);
  }

  /** The ref to fetch. */
  public GitRef toRef() {
    return new GitRef(branch.ref(), commit);
  }

  /** In the branches' order. */
  @Override
  public int compareTo(SelectedBranch other) {
    return branch.compareTo(other.branch);
  }
}
