package io.github.wheelmirror.tree;

import io.github.wheelmirror.constraints.Target;
import java.util.List;

/**
 * What a release must satisfy.
 *
 * @param minCoverage percent of the wanted pins of a channel that must be served, 0 to 100
 * @param retired branches that may vanish, see {@link RegressionRule}
 * @param targets all targets of the resolution: what their tags and Pythons accept is checked
 */
public record VerificationSettings(double minCoverage, List<String> retired, List<Target> targets) {

  public VerificationSettings {
    if (!(minCoverage >= 0 && minCoverage <= 100)) {
      throw new IllegalArgumentException("a coverage is 0 to 100 percent, not " + minCoverage);
    }
    retired = List.copyOf(retired);
    targets = List.copyOf(targets);
  }
}
