package io.github.wheelmirror.build;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.EnumText;

/**
 * How many of the wheels that upstream has of a version are compiled; in lower case in JSON. What
 * there is for Linux decides, if there is any: some projects are compiled for other systems only.
 */
public enum CompiledUpstream {
  /** None, or there are no wheels. */
  NONE,
  /** Some: the project can do without its extension, and is slower or has less. */
  SOME,
  /** All: a wheel without anything compiled lacks what the others have. */
  ALL;

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  @JsonCreator
  public static CompiledUpstream parse(String text) {
    return EnumText.parse(CompiledUpstream.class, text);
  }

  @JsonValue
  @Override
  public String toString() {
    return EnumText.of(this);
  }
}
