package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.ProjectName;
import java.util.Objects;

/**
 * A project inside and outside the gate.
 *
 * @param unconstrained whether the branch has lines for it, none of which applies on this target
 */
public record ComparedProject(
    ProjectName project, Likeness likeness, Choice inside, Choice outside, boolean unconstrained) {

  /** Checks. */
  public ComparedProject {
    Objects.requireNonNull(project);
    Objects.requireNonNull(likeness);
    Objects.requireNonNull(inside);
    Objects.requireNonNull(outside);
  }

  /** Asks the tool twice. */
  public static ComparedProject of(
      Selector selector, SelectionRequest inside, SelectionRequest outside) {
    Explanation explained = selector.explain(inside);
    Choice gate = Choice.of(explained, inside);
    Choice free = Choice.of(selector.explain(outside), outside);
    return new ComparedProject(
        inside.requirement().projectName(),
        gate.to(free),
        gate,
        free,
        explained.notes().contains(Note.UNCONSTRAINED));
  }
}
