package io.github.wheelmirror.mirror;

import io.github.wheelmirror.selection.ComparedBranch;
import java.util.List;

/**
 * What {@code explain} found for branches: {@code gate-and-outside.json}.
 *
 * @param schemaVersion {@link Workspace#SCHEMA_VERSION}
 * @param inside the places of the gate, in the order in which a tool is told of them
 * @param outside those outside
 * @param outsideConstrained whether the branch's constraints apply outside too
 */
public record GateAndOutside(
    int schemaVersion,
    List<NamedPlace> inside,
    List<NamedPlace> outside,
    boolean outsideConstrained,
    List<ComparedBranch> branches) {

  /** Copies. */
  public GateAndOutside {
    inside = List.copyOf(inside);
    outside = List.copyOf(outside);
    branches = List.copyOf(branches);
  }
}
