package io.github.wheelmirror.python;

import java.math.BigInteger;
import java.util.Comparator;

/**
 * The build tag of a wheel file name, a tie-breaker between files of one version (PEP 427).
 *
 * @param number the leading digits, not negative
 * @param suffix what follows them, perhaps empty; sorts as text
 */
public record BuildTag(BigInteger number, String suffix) implements Comparable<BuildTag> {

  private static final Comparator<BuildTag> ORDER =
      Comparator.comparing(BuildTag::number).thenComparing(BuildTag::suffix);

  /**
   * Checks that number and suffix can be told apart again.
   *
   * @throws InvalidBuildTagException if they cannot, or the suffix has a dash or a line end
   */
  public BuildTag {
    if (number.signum() < 0) {
      throw new InvalidBuildTagException(number + suffix, "the number is negative");
    }
    if ((!suffix.isEmpty() && isDigit(suffix.charAt(0)))
        || suffix.indexOf('-') >= 0
        || suffix.indexOf('\n') >= 0) {
      throw new InvalidBuildTagException(
          number + suffix, "the suffix starts with a digit or has a dash or a line end");
    }
  }

  /** A build tag that is only a number. */
  public static BuildTag of(long number) {
    return new BuildTag(BigInteger.valueOf(number), "");
  }

  /**
   * Reads a build tag such as {@code 1}, {@code 02} or {@code 1_debian12}.
   *
   * <p>As in packaging, a suffix ends at a line end.
   *
   * @throws InvalidBuildTagException if the text does not start with a digit
   */
  public static BuildTag parse(String text) {
    int digits = 0;
    while (digits < text.length() && isDigit(text.charAt(digits))) {
      digits++;
    }
    if (digits == 0) {
      throw new InvalidBuildTagException(text, "it does not start with a digit");
    }
    if (digits > Version.MAX_DIGITS) {
      throw new InvalidBuildTagException(
          text, "it has more than " + Version.MAX_DIGITS + " digits");
    }
    int lineEnd = text.indexOf('\n', digits);
    return new BuildTag(
        new BigInteger(text.substring(0, digits)),
        text.substring(digits, lineEnd < 0 ? text.length() : lineEnd));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** By number, then by suffix. */
  @Override
  public int compareTo(BuildTag other) {
    return ORDER.compare(this, other);
  }

  /** The normal form: leading zeros are gone. */
  @Override
  public String toString() {
    return number + suffix;
  }
}
