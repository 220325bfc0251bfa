package io.github.wheelmirror.report;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.EnumText;

/** How what a region serves of a channel stands beside what other regions do. */
public enum Standing {
  /** It serves the newest release of all regions. */
  CURRENT("current"),
  /** It serves another snapshot than the newest one. */
  BEHIND("drift: behind"),
  /** It has none, and another region has. */
  MISSING("drift: not released here"),
  /** Nothing was released to it. */
  UNRELEASED("nothing released"),
  /** It could not be asked. */
  UNKNOWN("could not be asked");

  private final String words;

  Standing(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** Whether clients of two regions see different things. */
  boolean isDrift() {
    return this == BEHIND || this == MISSING;
  }

  @JsonValue
  @Override
  public String toString() {
    return EnumText.of(this);
  }
}
