package io.github.wheelmirror.tree;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the pins of a branch fare on one Python.
 *
 * @param counts number of pins by {@link io.github.wheelmirror.build.Outcome#label}; states without
 *     a pin are not there
 */
public record CoverageSummary(String branch, String python, Map<String, Integer> counts)
    implements Comparable<CoverageSummary> {

  private static final Comparator<CoverageSummary> ORDER =
      Comparator.comparing(CoverageSummary::branch)
          .thenComparing(CoverageSummary::python, Manifest.PYTHON_ORDER);

  public CoverageSummary {
    Require.notBlank(branch, "the branch of a summary");
    Require.notBlank(python, "the Python of a summary");
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
  }

  /** The number of pins in a state. */
  public int count(String label) {
    return counts.getOrDefault(label, 0);
  }

  @Override
  public int compareTo(CoverageSummary other) {
    return ORDER.compare(this, other);
  }
}
