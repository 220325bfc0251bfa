package io.github.wheelmirror.constraints;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A platform and a Python, written {@code debian-12-x86_64/cp312}; ordered by platform, then by
 * Python version (cp39 before cp310).
 *
 * @param slug {@code <distro>-<version>-<arch>}, lower case
 * @param python the interpreter's tag: {@code cp312}, {@code cp313t}, {@code pp310}
 */
public record TargetId(String slug, String python) implements Comparable<TargetId> {

  private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(?:[._-][a-z0-9]+)*");
  private static final Pattern PYTHON = Pattern.compile("([a-z]+)([0-9])([0-9]*)([a-z]*)");
  private static final Comparator<TargetId> ORDER =
      Comparator.comparing(TargetId::slug)
          .thenComparing(id -> id.part(1))
          .thenComparing(id -> id.part(2))
          .thenComparing(TargetId::minor)
          .thenComparing(TargetId::python);

  /**
   * Checks both parts.
   *
   * @throws IllegalArgumentException if one is not of its form
   */
  public TargetId {
    if (!SLUG.matcher(slug).matches()) {
      throw new IllegalArgumentException("not a platform such as debian-12-x86_64: '" + slug + "'");
    }
    if (!PYTHON.matcher(python).matches()) {
      throw new IllegalArgumentException("not a Python such as cp312: '" + python + "'");
    }
  }

  /**
   * Reads {@code <slug>/<python>}.
   *
   * @throws IllegalArgumentException if it is not of this form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static TargetId parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "not a target such as debian-12-x86_64/cp312: '" + text + "'");
    }
    return new TargetId(parts[0], parts[1]);
  }

  @Override
  public int compareTo(TargetId other) {
    return ORDER.compare(this, other);
  }

  @Override
  @JsonValue
  public String toString() {
    return slug + "/" + python;
  }

  private String part(int group) {
    Matcher matcher = PYTHON.matcher(python);
    return matcher.matches() ? matcher.group(group) : "";
  }

  private BigInteger minor() {
    String digits = part(3);
    return digits.isEmpty() ? BigInteger.ONE.negate() : new BigInteger(digits);
  }
}
