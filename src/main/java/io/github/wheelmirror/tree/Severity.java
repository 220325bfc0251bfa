package io.github.wheelmirror.tree;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

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
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
