package io.github.wheelmirror.constraints;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.python.PreReleases;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Requirement;

/**
 * Which pins a part of the configuration is for: a project's name for all its versions, {@code
 * name===version} for one pin, or a name with version specifiers (PEP 440) such as {@code lxml<5}.
 *
 * @param text one of the three, as written
 */
public record PinPattern(String text) {

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if it is none of the three
   */
  public PinPattern {
    text = text.strip();
    if (isExact(text)) {
      Pin unused = Pin.parse(text);
    } else {
      Requirement requirement = Requirement.parse(text);
      if (requirement.url().isPresent()
          || requirement.marker().isPresent()
          || !requirement.extras().isEmpty()) {
        throw new IllegalArgumentException(
            "a URL, extras or a marker cannot choose pins: '" + text + "'");
      }
    }
  }

  /** Reads what {@link #toString} writes. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static PinPattern parse(String text) {
    return new PinPattern(text);
  }

  private static boolean isExact(String text) {
    return text.contains("===");
  }

  /** Whether it is for the pin. */
  public boolean matches(Pin pin) {
    if (isExact(text)) {
      return Pin.parse(text).equals(pin);
    }
    Requirement requirement = Requirement.parse(text);
    return requirement.projectName().equals(pin.name())
        && requirement.specifiers().contains(pin.version(), PreReleases.ALLOW);
  }

  /** Whether it is for all versions of the project. */
  public boolean isFor(String project) {
    if (isExact(text)) {
      return false;
    }
    Requirement requirement = Requirement.parse(text);
    return requirement.specifiers().isEmpty()
        && requirement.projectName().value().equals(ProjectName.normalize(project));
  }

  @Override
  @JsonValue
  public String toString() {
    return text;
  }
}
