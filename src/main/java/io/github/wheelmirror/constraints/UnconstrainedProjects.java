package io.github.wheelmirror.constraints;

import io.github.wheelmirror.python.ProjectName;
import java.util.List;

/** Projects that no active line constrains. */
public record UnconstrainedProjects(String branch, TargetId target, List<ProjectName> projects) {}
