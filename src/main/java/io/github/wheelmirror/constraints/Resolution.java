package io.github.wheelmirror.constraints;

import java.util.List;

/** Every distinct pin once, with the branches and targets that want it. */
public record Resolution(
    int schemaVersion,
    String source,
    String file,
    List<Target> targets,
    List<RefDecision> refs,
    List<ResolvedBranch> branches,
    List<WantedPin> pins,
    List<UnconstrainedProjects> unconstrained) {}
