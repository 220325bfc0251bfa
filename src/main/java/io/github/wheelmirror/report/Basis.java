package io.github.wheelmirror.report;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.EnumText;

/** What the states of a report's pins are, from the least that is known to the most. */
public enum Basis {
  /** Neither a run nor a release is known. */
  NOTHING("nothing is known yet"),
  /** What the current releases have; there is no run here. */
  RELEASED("what is released"),
  /** What the branches want. */
  RESOLVED("what the branches want; nothing is planned yet"),
  /** What the next build will do. */
  PLANNED("what is planned; nothing is built yet"),
  /** What the last build did. */
  BUILT("what the last build did");

  private final String words;

  Basis(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  @JsonValue
  @Override
  public String toString() {
    return EnumText.of(this);
  }
}
