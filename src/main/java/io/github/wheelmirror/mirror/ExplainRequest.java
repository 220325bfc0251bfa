package io.github.wheelmirror.mirror;

import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.selection.SelectionOptions;
import io.github.wheelmirror.selection.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code explain} is asked.
 *
 * @param wanted what is installed; null for all projects of a branch, inside and outside the gate
 * @param branch whose constraints apply; "" for none, or with no requirement for all branches
 * @param tools which installers
 * @param places in the order in which a tool is told of them; empty for what the mirror's clients
 *     have
 * @param options of the tool
 * @param outsideConstrained whether the branch's constraints apply outside the gate too
 * @param everyFile whether each candidate has a line of its own
 * @param file where the JSON goes; null for the workspace
 */
public record ExplainRequest(
    @Nullable Requirement wanted,
    String branch,
    List<Tool> tools,
    List<NamedPlace> places,
    SelectionOptions options,
    boolean outsideConstrained,
    boolean everyFile,
    @Nullable Path file) {

  /** Copies and checks. */
  public ExplainRequest {
    Objects.requireNonNull(branch);
    Objects.requireNonNull(options);
    tools = List.copyOf(tools);
    places = List.copyOf(places);
    if (tools.isEmpty()) {
      throw new IllegalArgumentException("no tool is asked");
    }
  }

  /** One requirement, or nothing for the whole branch. */
  Optional<Requirement> requirement() {
    return Optional.ofNullable(wanted);
  }

  /** Whether a branch's constraints are needed. */
  boolean needsBranches() {
    return wanted == null || !branch.isEmpty();
  }
}
