package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import java.util.Objects;

/**
 * What the builds of a pin have that others have not; the whole of it, so that any host can build.
 */
public record PlannedOverride(Pin pin, BuildOverride override) {
  public PlannedOverride {
    Objects.requireNonNull(pin);
    Objects.requireNonNull(override);
  }
}
