package io.github.wheelmirror.tree;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.PinPattern;
import io.github.wheelmirror.python.InvalidWheelFilenameException;
import io.github.wheelmirror.python.WheelFilename;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/**
 * What a person accepts of what is found: one check of one pin or one file, why, and until when.
 *
 * @param pin a {@link PinPattern}; {@code ""} if it is for a file
 * @param file a wheel's file name; {@code ""} if it is for a pin
 * @param check one of {@link Checks}
 * @param reason why, for the report; never empty
 * @param expires the last day on which it holds, as an ISO date
 */
public record AcceptedFinding(
    String pin, String file, String check, String reason, String expires) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException without a pin or a file, or with both; without a check, a
   *     reason or a date; for what is no pin, no wheel's name or no date; for a check whose
   *     findings cannot be accepted
   */
  public AcceptedFinding {
    pin = pin.strip();
    file = file.strip();
    check = check.strip();
    reason = reason.strip();
    expires = expires.strip();
    if (pin.isEmpty() == file.isEmpty()) {
      throw new IllegalArgumentException(
          "it must name what it is for, either by a \"pin\" (a name, name===version, or like"
              + " name<5) or by a \"file\"");
    }
    if (check.isEmpty()) {
      throw new IllegalArgumentException("it has no \"check\", such as wheel-license-file");
    }
    if (reason.isEmpty()) {
      throw new IllegalArgumentException(
          "it has no \"reason\": whoever reads the report must know why it is accepted");
    }
    checkSubject(pin, file);
    checkDate(expires);
    if (Checks.isKnown(check) && Checks.refusal(check).isPresent()) {
      throw new IllegalArgumentException(
          check + " cannot be accepted: " + Checks.refusal(check).get());
    }
  }

  private static void checkSubject(String pin, String file) {
    try {
      if (pin.isEmpty()) {
        WheelFilename unused = WheelFilename.parse(file);
      } else {
        PinPattern unused = PinPattern.parse(pin);
      }
    } catch (InvalidWheelFilenameException e) {
      throw new IllegalArgumentException("the \"file\" is no wheel's: " + e.getMessage(), e);
    }
  }

  private static void checkDate(String expires) {
    try {
      LocalDate unused = LocalDate.parse(expires);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          expires.isEmpty()
              ? "it has no \"expires\": nothing is accepted for ever; write a date like 2027-01-31"
              : "it expires on '" + expires + "', which is not a date like 2027-01-31",
          e);
    }
  }

  /** Whether it no longer holds on the day. */
  boolean expired(LocalDate today) {
    return LocalDate.parse(expires).isBefore(today);
  }

  /** Whether it is for this problem, be it expired or not. */
  boolean covers(Problem problem) {
    if (!problem.code().equals(check)) {
      return false;
    }
    if (pin.isEmpty()) {
      return problem.where().equals(file);
    }
    if (problem.where().endsWith(".whl")) {
      return coversWheel(problem.where());
    }
    // the findings about what wheels require are of projects, those of installed samples of pins
    return Checks.isOfSamples(check)
        ? PinPattern.parse(pin).matches(Pin.parse(problem.where()))
        : PinPattern.parse(pin).isFor(problem.where());
  }

  private boolean coversWheel(String filename) {
    try {
      WheelFilename name = WheelFilename.parse(filename);
      return PinPattern.parse(pin).matches(new Pin(name.name(), name.version()));
    } catch (InvalidWheelFilenameException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return check + " of " + pin + file;
  }
}
