package io.github.wheelmirror.constraints;

import java.util.Objects;

/**
 * Whether a ref is mirrored, and why.
 *
 * @param ref the full name
 * @param commit what it stands for
 * @param selected whether it is mirrored
 * @param reason in words for a person
 */
public record RefDecision(String ref, String commit, boolean selected, String reason)
    implements Comparable<RefDecision> {

  public RefDecision {
    Objects.requireNonNull(ref);
    Objects.requireNonNull(commit);
    Objects.requireNonNull(reason);
  }

  /** By the ref's name. */
  @Override
  public int compareTo(RefDecision other) {
    return ref.compareTo(other.ref);
  }
}
