package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import java.util.List;
import java.util.Objects;

/**
 * A pin and its outcomes.
 *
 * @param states sorted as in the plan
 */
public record ReportedPin(Pin pin, List<ReportedState> states) {
  public ReportedPin {
    Objects.requireNonNull(pin);
    states = List.copyOf(states);
  }
}
