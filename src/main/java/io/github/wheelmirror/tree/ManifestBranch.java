package io.github.wheelmirror.tree;

import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.BranchStatus;
import java.util.Objects;

/**
 * A branch that a release serves. The commit is not here: a commit that changes no pin must not
 * make another release.
 *
 * @param name such as {@code stable/2025.1}
 * @param ref such as {@code refs/heads/stable/2025.1}
 * @param status where it is in its life
 * @param state what came of it; a held branch carries its last good pins
 */
public record ManifestBranch(String name, String ref, BranchStatus status, BranchState state)
    implements Comparable<ManifestBranch> {

  public ManifestBranch {
    Require.notBlank(name, "the name of a branch");
    Require.notBlank(ref, "the ref of a branch");
    Objects.requireNonNull(status);
    Objects.requireNonNull(state);
  }

  @Override
  public int compareTo(ManifestBranch other) {
    return name.compareTo(other.name);
  }
}
