package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import java.util.List;
import java.util.Objects;

/**
 * A pin and its states.
 *
 * @param states sorted by target, then by their first branch
 */
public record PlannedPin(Pin pin, List<PlannedState> states) {
  public PlannedPin {
    Objects.requireNonNull(pin);
    states = List.copyOf(states);
  }
}
