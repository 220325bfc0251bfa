package io.github.wheelmirror.constraints;

import java.util.List;
import java.util.Objects;

/**
 * A pin that the mirror holds beside what the branches ask for, such as setuptools.
 *
 * @param pin the pin
 * @param branches patterns over the branches' short names; empty for all
 * @param pythons the Pythons, {@code cp312}; empty for all
 */
public record ExtraPin(Pin pin, List<String> branches, List<String> pythons) {

  public ExtraPin {
    Objects.requireNonNull(pin);
    branches = List.copyOf(branches);
    pythons = List.copyOf(pythons);
  }

  boolean appliesTo(String branch, TargetId target) {
    return (branches.isEmpty()
            || branches.stream().anyMatch(pattern -> new Glob(pattern).matches(branch)))
        && (pythons.isEmpty() || pythons.contains(target.python()));
  }
}
