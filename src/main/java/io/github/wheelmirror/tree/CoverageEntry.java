package io.github.wheelmirror.tree;

import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.constraints.Pin;
import java.util.Comparator;
import java.util.Objects;

/**
 * What happened to a pin of a branch on one Python.
 *
 * @param python such as {@code cp312}
 */
public record CoverageEntry(String branch, String python, Pin pin, Outcome outcome)
    implements Comparable<CoverageEntry> {

  private static final Comparator<CoverageEntry> ORDER =
      Comparator.comparing(CoverageEntry::branch)
          .thenComparing(CoverageEntry::python, Manifest.PYTHON_ORDER)
          .thenComparing(CoverageEntry::pin);

  public CoverageEntry {
    Require.notBlank(branch, "the branch of a pin");
    Require.notBlank(python, "the Python of a pin");
    Objects.requireNonNull(pin);
    Objects.requireNonNull(outcome);
  }

  @Override
  public int compareTo(CoverageEntry other) {
    return ORDER.compare(this, other);
  }
}
