package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.PinPattern;
import java.util.Objects;

/** What the configuration says of the builds of some pins. */
public record PinOverride(PinPattern pin, BuildOverride override) {
  public PinOverride {
    Objects.requireNonNull(pin);
    Objects.requireNonNull(override);
  }
}
