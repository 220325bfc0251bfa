package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Glob;
import java.util.List;

/**
 * Constraints on the build requirements of sdists that the branches want.
 *
 * @param branches globs of branch names; none means all
 * @param lines as in a pip constraints file, for example {@code setuptools<82}; in file order
 */
public record BuildConstraints(List<String> branches, List<String> lines) {
  public BuildConstraints {
    branches = List.copyOf(branches);
    lines = lines.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** Whether they hold for the branch. */
  public boolean covers(String branch) {
    return Glob.anyMatches(branches, branch);
  }
}
