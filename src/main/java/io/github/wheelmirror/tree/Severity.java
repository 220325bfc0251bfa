package io.github.wheelmirror.tree;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.EnumText;

/** How bad a problem is; in lower case in JSON. */
public enum Severity {
  /** A client would fail, be misled or be endangered: not published. */
  ERROR,
  /** A person should look at it: some client may fail, or get less than it expects. */
  WARNING,
  /** Known and harmless, or accepted by a person. */
  INFO;

  /** Reads what {@link #toString} wrote. */
  @JsonCreator
  public static Severity parse(String text) {
    return EnumText.parse(Severity.class, text);
  }

  @JsonValue
  @Override
  public String toString() {
    return EnumText.of(this);
  }
}
