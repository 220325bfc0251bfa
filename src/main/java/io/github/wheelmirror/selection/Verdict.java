package io.github.wheelmirror.selection;

import java.util.Objects;

/**
 * What became of one file.
 *
 * @param place the name of the place that lists it
 * @param file its name
 * @param reason why
 * @param detail what the reason is about, such as the specifier; may be empty
 */
public record Verdict(String place, String file, Reason reason, String detail) {

  /** Checks. */
  public Verdict {
    Objects.requireNonNull(place);
    Objects.requireNonNull(file);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(detail);
  }

  /** The reason and its detail. */
  public String words() {
    return detail.isEmpty() ? reason.sentence() : reason.sentence() + ": " + detail;
  }
}
