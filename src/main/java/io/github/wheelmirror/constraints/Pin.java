package io.github.wheelmirror.constraints;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A project and its exact version, written {@code name===version}.
 *
 * <p>Versions are told apart by their normal form's text: {@code ===1.0} does not accept {@code
 * 1.0.0} in pip, so these are two pins, though the versions are equal (PEP 440, "Arbitrary
 * equality").
 *
 * @param name the project
 * @param version the version
 */
public record Pin(ProjectName name, Version version) implements Comparable<Pin> {

  private static final Comparator<Pin> ORDER =
      Comparator.comparing(Pin::name)
          .thenComparing(Pin::version)
          .thenComparing(pin -> pin.version.toString());

  public Pin {
    Objects.requireNonNull(name);
    Objects.requireNonNull(version);
  }

  /**
   * Reads {@code name===version} or {@code name==version}.
   *
   * @throws IllegalArgumentException if it is not of this form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Pin parse(String text) {
    int operator = text.indexOf("==");
    if (operator < 0) {
      throw new IllegalArgumentException("not a pin such as pbr===7.0.3: '" + text + "'");
    }
    int version = operator + (text.startsWith("===", operator) ? 3 : 2);
    return new Pin(
        ProjectName.parse(text.substring(0, operator).strip()),
        Version.parse(text.substring(version).strip()));
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

  @Override
  public int compareTo(Pin other) {
    return ORDER.compare(this, other);
  }

  @Override
  @JsonValue
  public String toString() {
    return name + "===" + version;
  }
}
