package io.github.wheelmirror.build;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.Glob;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.PinPattern;
import io.github.wheelmirror.constraints.TargetId;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * A pin that the mirror leaves out on purpose.
 *
 * @param pin a {@link PinPattern}
 * @param reason why, for the report; never empty
 * @param expires the last day on which it holds, as an ISO date; {@code ""} for never
 * @param branches globs ({@code *} and {@code ?}) of branch names; none means all
 * @param pythons globs of Pythons such as {@code cp312}; none means all
 */
public record Exclude(
    String pin, String reason, String expires, List<String> branches, List<String> pythons) {

  /**
   * Checks the parts.
   *
   * @throws MirrorException (input) without a reason, for a name or pin that is none and for a date
   *     that is none
   */
  public Exclude {
    pin = pin.strip();
    reason = reason.strip();
    expires = expires.strip();
    branches = List.copyOf(branches);
    pythons = List.copyOf(pythons);
    if (reason.isEmpty()) {
      throw MirrorException.input(
          "The exclude of '" + pin + "' has no reason",
          "whoever reads the report must know why a pin is missing",
          "add a <reason> to the <exclude>");
    }
    checkPin(pin);
    checkDate(pin, expires);
  }

  private static void checkPin(String pin) {
    try {
      PinPattern unused = PinPattern.parse(pin);
    } catch (IllegalArgumentException e) {
      throw MirrorException.input(
          "The exclude of '" + pin + "' names no pin",
          String.valueOf(e.getMessage()),
          "write a project's name, name===version for one version of it, or a name with a"
              + " specifier like name<5");
    }
  }

  private static void checkDate(String pin, String expires) {
    try {
      if (!expires.isEmpty()) {
        LocalDate.parse(expires);
      }
    } catch (DateTimeParseException e) {
      throw MirrorException.input(
          "The exclude of '" + pin + "' expires on '" + expires + "'",
          "that is not a date",
          "write it as year-month-day, for example 2027-01-31, or leave it out");
    }
  }

  /** Whether it no longer holds on the day. */
  public boolean expired(LocalDate today) {
    return !expires.isEmpty() && LocalDate.parse(expires).isBefore(today);
  }

  /** Whether it names the pin, whatever the branch and the Python. */
  public boolean names(Pin wanted) {
    return PinPattern.parse(pin).matches(wanted);
  }

  /** Whether it covers the branch and the target. */
  public boolean covers(String branch, TargetId target) {
    return Glob.anyMatches(branches, branch) && Glob.anyMatches(pythons, target.python());
  }
}
