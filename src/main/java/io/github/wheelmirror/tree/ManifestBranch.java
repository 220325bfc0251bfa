package io.github.wheelmirror.tree;

import java.util.Objects;

/**
 * A branch that a release serves. The commit is not here: a commit that changes no pin must not
 * make another release.
 *
 * @param name such as {@code stable/2025.1}
 * @param status development, stable, unmaintained or end of life, as in the resolution
 * @param state as in the resolution; a held branch carries its last good pins
 */
public record ManifestBranch(String name, String status, String state)
    implements Comparable<ManifestBranch> {

  public ManifestBranch {
    Require.notBlank(name, "the name of a branch");
    Objects.requireNonNull(status);
    Objects.requireNonNull(state);
  }

  @Override
  public int compareTo(ManifestBranch other) {
    return name.compareTo(other.name);
  }
}
