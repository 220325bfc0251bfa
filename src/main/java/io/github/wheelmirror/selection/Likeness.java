package io.github.wheelmirror.selection;

import com.fasterxml.jackson.annotation.JsonValue;

/** How what is chosen inside the gate relates to what is chosen outside: the closed list. */
public enum Likeness {
  /** The same file name, and no other hash. */
  SAME_FILE("same file"),
  /** Versions that are equal by PEP 440, in two files. */
  SAME_VERSION("same version"),
  /** Two versions. */
  OTHER_VERSION("other version"),
  /** The tool fails outside. */
  NOTHING_OUTSIDE("nothing outside"),
  /** The tool fails inside the gate. */
  NOTHING_INSIDE("nothing inside"),
  /** The tool fails in both. */
  NOTHING("nothing");

  private final String words;

  Likeness(String words) {
    this.words = words;
  }

  /** In words. */
  public String words() {
    return words;
  }

  /** As in JSON. */
  @JsonValue
  @Override
  public String toString() {
    return words.replace(' ', '-');
  }
}
