package io.github.wheelmirror.constraints;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A platform and a Python, printed as {@code debian-12-x86_64/cp312}.
 *
 * @param slug {@code <distro>-<version>-<arch>}
 * @param python such as {@code cp312}
 */
public record TargetId(String slug, String python) implements Comparable<TargetId> {

  public TargetId {
    if (!slug.matches("[a-z0-9._-]+") || !python.matches("[a-z]+[0-9]+[a-z]*")) {
      throw new IllegalArgumentException("not a target: " + slug + "/" + python);
    }
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if it is none
   */
  @JsonCreator
  public static TargetId parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not a target: " + text);
    }
    return new TargetId(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public int compareTo(TargetId other) {
    int bySlug = slug.compareTo(other.slug);
    if (bySlug != 0) {
      return bySlug;
    }
    // cp39 comes before cp310
    int byLength = Integer.compare(python.length(), other.python.length());
    return byLength != 0 ? byLength : python.compareTo(other.python);
  }

  @JsonValue
  @Override
  public String toString() {
    return slug + "/" + python;
  }
}
