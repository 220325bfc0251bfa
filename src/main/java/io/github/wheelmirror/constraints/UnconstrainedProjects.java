package io.github.wheelmirror.constraints;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Projects that a branch pins, but not on this target: there pip takes the newest version.
 *
 * @param branch the branch's short name
 * @param target the platform and Python
 * @param projects their normalised names, sorted
 */
public record UnconstrainedProjects(String branch, TargetId target, List<String> projects)
    implements Comparable<UnconstrainedProjects> {

  private static final Comparator<UnconstrainedProjects> ORDER =
      Comparator.comparing(UnconstrainedProjects::branch)
          .thenComparing(UnconstrainedProjects::target)
          .thenComparing(projects -> String.join(",", projects.projects));

  public UnconstrainedProjects {
    Objects.requireNonNull(branch);
    Objects.requireNonNull(target);
    projects = projects.stream().sorted().toList();
  }

  @Override
  public int compareTo(UnconstrainedProjects other) {
    return ORDER.compare(this, other);
  }
}
