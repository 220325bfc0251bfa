package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import java.util.Objects;

/**
 * A pin that a release served.
 *
 * @param python such as {@code cp312}
 * @param filename the wheel that served it
 */
public record Served(String branch, String python, Pin pin, String filename) {
  public Served {
    Check.notBlank(branch, "the branch of a served pin");
    Check.notBlank(python, "the Python of a served pin");
    Objects.requireNonNull(pin);
    Check.filename(filename);
  }
}
