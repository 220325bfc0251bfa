package io.github.wheelmirror.tree;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How bad a problem is; {@code error} and {@code warning} in JSON. */
public enum Severity {
  /** A client would fail, be misled or be endangered: not published. */
  ERROR,
  /** Worth telling; clients cope. */
  WARNING;

  /** Reads what {@link #toString} wrote. */
  @JsonCreator
  public static Severity parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
