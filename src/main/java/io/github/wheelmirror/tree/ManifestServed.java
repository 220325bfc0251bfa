package io.github.wheelmirror.tree;

import io.github.wheelmirror.constraints.Pin;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A pin of a branch and the wheel that serves it; what the next release must not lose.
 *
 * @param pythons such as {@code cp39} and {@code cp312}, in that order
 * @param kept whether the branch meanwhile wants another version, which could not be made
 */
public record ManifestServed(
    String branch, Pin pin, String filename, List<String> pythons, boolean kept)
    implements Comparable<ManifestServed> {

  private static final Comparator<ManifestServed> ORDER =
      Comparator.comparing(ManifestServed::branch)
          .thenComparing(ManifestServed::pin)
          .thenComparing(ManifestServed::filename)
          .thenComparing(ManifestServed::kept);

  public ManifestServed {
    Require.notBlank(branch, "the branch of a served pin");
    Objects.requireNonNull(pin);
    Require.notBlank(filename, "the file of a served pin");
    pythons = pythons.stream().sorted(Manifest.PYTHON_ORDER).toList();
    if (pythons.isEmpty()) {
      throw new IllegalArgumentException(pin + " is served to no Python");
    }
  }

  @Override
  public int compareTo(ManifestServed other) {
    return ORDER.compare(this, other);
  }
}
