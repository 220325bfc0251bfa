package io.github.wheelmirror.tree;

import io.github.wheelmirror.constraints.Target;
import java.util.List;

/**
 * What a release must satisfy.
 *
 * @param minCoverage how much of each branch must be served on each Python
 * @param retired branches that may vanish, see {@link RegressionRule}
 * @param targets all targets of the resolution: what their tags and Pythons accept is checked
 */
public record VerificationSettings(
    MinCoverage minCoverage, List<String> retired, List<Target> targets) {

  public VerificationSettings {
    retired = List.copyOf(retired);
    targets = List.copyOf(targets);
  }
}
