package io.github.wheelmirror.constraints;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.github.wheelmirror.Json;
import java.util.List;
import java.util.Objects;

/**
 * A chosen branch and what came of it.
 *
 * @param name the short name
 * @param ref the full name
 * @param series its series; empty if it has none
 * @param status where it is in its life
 * @param commit the commit that was read
 * @param state what came of it
 * @param reasons why it is held, or what to know about it; in words for a person
 * @param constraints the lines to publish for its clients, in the file's order; empty unless it is
 *     resolved or has no pins
 * @param refused its lines that are not pins
 * @param hashed the constraints as the file has them, each on one line; empty if none of them has
 *     hashes
 */
public record ResolvedBranch(
    String name,
    String ref,
    String series,
    BranchStatus status,
    String commit,
    BranchState state,
    List<String> reasons,
    List<String> constraints,
    List<RefusedLine> refused,
    @JacksonInject(value = Json.NO_LIST, useInput = OptBoolean.TRUE)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> hashed)
    implements Comparable<ResolvedBranch> {

  public ResolvedBranch {
    Objects.requireNonNull(commit);
    Objects.requireNonNull(state);
    reasons = List.copyOf(reasons);
    constraints = List.copyOf(constraints);
    refused = List.copyOf(refused);
    hashed = List.copyOf(hashed);
  }

  /** A branch whose constraints have no hashes. */
  public ResolvedBranch(
      String name,
      String ref,
      String series,
      BranchStatus status,
      String commit,
      BranchState state,
      List<String> reasons,
      List<String> constraints,
      List<RefusedLine> refused) {
    this(name, ref, series, status, commit, state, reasons, constraints, refused, List.of());
  }

  /**
   * The constraints as the file has them, with hashes. Those that are published have none, for a
   * wheel that the mirror built has another one.
   */
  public List<String> constraintsWithHashes() {
    return hashed.isEmpty() ? constraints : hashed;
  }

  /** The branch by itself. */
  public Branch toBranch() {
    return new Branch(name, ref, series, status);
  }

  /** In the branches' order. */
  @Override
  public int compareTo(ResolvedBranch other) {
    return toBranch().compareTo(other.toBranch());
  }
}
