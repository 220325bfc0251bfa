package io.github.wheelmirror.constraints;

import java.util.List;

/** One branch of the resolution. */
public record ResolvedBranch(
    String name,
    String ref,
    String series,
    BranchStatus status,
    String commit,
    BranchState state,
    List<String> reasons,
    List<String> constraints,
    List<RefusedLine> refused) {}
