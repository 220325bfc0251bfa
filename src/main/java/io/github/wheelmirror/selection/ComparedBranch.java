package io.github.wheelmirror.selection;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The projects of a branch inside and outside the gate, for one target and tool.
 *
 * @param branch its short name
 * @param target {@code <slug>/<python>}
 * @param projects by name
 */
public record ComparedBranch(
    String branch, String target, Tool tool, List<Count> counts, List<ComparedProject> projects) {

  /** How many projects are alike in this way. */
  public record Count(Likeness likeness, int projects) {}

  /** Copies. */
  public ComparedBranch {
    Objects.requireNonNull(branch);
    Objects.requireNonNull(target);
    Objects.requireNonNull(tool);
    counts = List.copyOf(counts);
    projects = List.copyOf(projects);
  }

  /** Counts what there is. */
  public static ComparedBranch of(
      String branch, String target, Tool tool, List<ComparedProject> projects) {
    List<Count> counts =
        Arrays.stream(Likeness.values())
            .map(
                likeness ->
                    new Count(
                        likeness,
                        (int)
                            projects.stream()
                                .filter(project -> project.likeness() == likeness)
                                .count()))
            .toList();
    return new ComparedBranch(branch, target, tool, counts, projects);
  }

  /** How many projects are alike in this way. */
  public int count(Likeness likeness) {
    return counts.stream()
        .filter(count -> count.likeness() == likeness)
        .mapToInt(Count::projects)
        .sum();
  }

  /** Those that the branch leaves unconstrained here. */
  public List<ComparedProject> unconstrained() {
    return projects.stream().filter(ComparedProject::unconstrained).toList();
  }
}
