package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import java.util.List;
import java.util.Objects;

/**
 * What the builds of a pin had that others have not.
 *
 * @param words each part in a few words, such as {@code patch pkg-resources.patch}
 */
public record AppliedOverride(Pin pin, List<String> words) {
  public AppliedOverride {
    Objects.requireNonNull(pin);
    words = List.copyOf(words);
  }

  static AppliedOverride of(PlannedOverride planned) {
    return new AppliedOverride(planned.pin(), planned.override().words());
  }
}
