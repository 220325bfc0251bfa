package io.github.wheelmirror.mirror;

import io.github.wheelmirror.selection.ExplainedTarget;
import java.util.List;

/**
 * What {@code explain} found for one requirement: {@code explanation.json}.
 *
 * @param schemaVersion {@link Workspace#SCHEMA_VERSION}
 * @param branch whose constraints apply, "" for none
 * @param explanations by target and tool
 */
public record Explained(int schemaVersion, String branch, List<ExplainedTarget> explanations) {

  /** Copies. */
  public Explained {
    explanations = List.copyOf(explanations);
  }
}
