package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Glob;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Constraints on the build requirements of sdists that the branches want.
 *
 * @param branches globs of branch names; none means all
 * @param asOf the day as of which the branches' build requirements are resolved, as in {@link
 *     BuildRequirementsAsOf}; {@code ""} for that of all branches
 * @param lines as in a pip constraints file, for example {@code setuptools<82}; in file order
 */
public record BuildConstraints(List<String> branches, String asOf, List<String> lines) {
  public BuildConstraints {
    branches = List.copyOf(branches);
    Objects.requireNonNull(asOf);
    lines = lines.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** Lines without a day of their own. */
  public BuildConstraints(List<String> branches, List<String> lines) {
    this(branches, "", lines);
  }

  /** The day of these branches, if they have one of their own. */
  Optional<BuildRequirementsAsOf> ownAsOf() {
    return asOf.isEmpty() ? Optional.empty() : Optional.of(BuildRequirementsAsOf.parse(asOf));
  }

  /** Whether they hold for the branch. */
  public boolean covers(String branch) {
    return Glob.anyMatches(branches, branch);
  }
}
