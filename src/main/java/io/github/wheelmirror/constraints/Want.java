package io.github.wheelmirror.constraints;

import java.util.Comparator;
import java.util.Objects;

/**
 * Who wants a pin.
 *
 * @param branch the branch's short name
 * @param target the platform and Python
 * @param active whether the line's marker holds there; otherwise the pin does not apply
 * @param marker the line's marker; empty for none
 * @param where the line, {@code upper-constraints.txt:12}; for an extra pin {@code extraPins}
 * @param extra whether the mirror's configuration asks for it, not the branch
 */
public record Want(
    String branch, TargetId target, boolean active, String marker, String where, boolean extra)
    implements Comparable<Want> {

  private static final Comparator<Want> ORDER =
      Comparator.comparing(Want::branch)
          .thenComparing(Want::target)
          .thenComparing(Want::where)
          .thenComparing(Want::marker)
          .thenComparing(Want::extra)
          .thenComparing(Want::active);

  public Want {
    Objects.requireNonNull(branch);
    Objects.requireNonNull(target);
    Objects.requireNonNull(marker);
    Objects.requireNonNull(where);
  }

  @Override
  public int compareTo(Want other) {
    return ORDER.compare(this, other);
  }
}
