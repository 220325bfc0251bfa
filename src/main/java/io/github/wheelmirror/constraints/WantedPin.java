package io.github.wheelmirror.constraints;

import java.util.List;
import java.util.Objects;

/**
 * A pin and all who want it; at most one want for each branch and target.
 *
 * @param pin the pin
 * @param wants by branch and target
 */
public record WantedPin(Pin pin, List<Want> wants) implements Comparable<WantedPin> {

  public WantedPin {
    Objects.requireNonNull(pin);
    wants = wants.stream().sorted().toList();
  }

  @Override
  public int compareTo(WantedPin other) {
    return pin.compareTo(other.pin);
  }
}
