package io.github.wheelmirror.constraints;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A project and its exact version. Its identity is the version's normal form, so {@code 1.0} and
 * {@code 1.0.0} are different pins, as they are for pip's {@code ===}.
 */
public record Pin(ProjectName name, Version version) implements Comparable<Pin> {

  private static final Comparator<Pin> ORDER =
      Comparator.comparing(Pin::name)
          .thenComparing(Pin::version)
          .thenComparing(pin -> pin.version().toString());

  public Pin {
    Objects.requireNonNull(name);
    Objects.requireNonNull(version);
  }

  /**
   * Reads {@code name===version}.
   *
   * @throws IllegalArgumentException if it is none
   */
  @JsonCreator
  public static Pin parse(String text) {
    int operator = text.indexOf("===");
    if (operator < 0) {
      throw new IllegalArgumentException("'" + text + "' is not name===version");
    }
    return new Pin(
        ProjectName.parse(text.substring(0, operator)),
        Version.parse(text.substring(operator + "===".length())));
  }

  @Override
  public int compareTo(Pin other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Pin that
        && name.equals(that.name)
        && version.toString().equals(that.version.toString());
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, version.toString());
  }

  /** {@code name===version}. */
  @JsonValue
  @Override
  public String toString() {
    return name + "===" + version;
  }
}
