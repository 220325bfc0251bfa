package io.github.wheelmirror.constraints;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.EnumText;

/** Where a branch is in its life. */
public enum BranchStatus {
  /** {@code master} or {@code main}. */
  DEVELOPMENT("development"),
  /** {@code stable/<series>}. */
  STABLE("stable"),
  /** {@code unmaintained/<series>}, or a tag {@code <series>-eom} or {@code -em}. */
  UNMAINTAINED("unmaintained"),
  /** A tag {@code <series>-eol}. */
  END_OF_LIFE("end of life"),
  /** Anything else. */
  OTHER("of no known status");

  private final String words;

  BranchStatus(String words) {
    this.words = words;
  }

  /** The status as a person reads it. */
  public String words() {
    return words;
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  @JsonCreator
  public static BranchStatus parse(String text) {
    return EnumText.parse(BranchStatus.class, text);
  }

  /** As in files, such as {@code end-of-life}. */
  @JsonValue
  @Override
  public String toString() {
    return EnumText.of(this);
  }
}
