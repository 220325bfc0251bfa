package io.github.wheelmirror.build;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Objects;

/**
 * The day as of which build requirements are resolved: {@code sdist}, {@code now} or an ISO date.
 *
 * @param text one of the three, as written
 */
public record BuildRequirementsAsOf(String text) {

  /** Some time after the sdist was uploaded, see {@link CutOff}. */
  public static final BuildRequirementsAsOf SDIST = new BuildRequirementsAsOf("sdist");

  /** Whatever the index has. */
  public static final BuildRequirementsAsOf NOW = new BuildRequirementsAsOf("now");

  public BuildRequirementsAsOf {
    Objects.requireNonNull(text);
    if (!text.equals("sdist") && !text.equals("now")) {
      try {
        LocalDate unused = LocalDate.parse(text);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "neither sdist nor now nor a date like 2025-12-31: '" + text + "'", e);
      }
    }
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if it is none of the three
   */
  public static BuildRequirementsAsOf parse(String text) {
    return new BuildRequirementsAsOf(text.strip());
  }

  @Override
  public String toString() {
    return text;
  }
}
