package io.github.wheelmirror.constraints;

import java.util.Objects;

/**
 * A line that is not a pin.
 *
 * @param where {@code upper-constraints.txt:12}
 * @param text the line
 * @param reason in words for a person
 */
public record RefusedLine(String where, String text, String reason) {

  public RefusedLine {
    Objects.requireNonNull(where);
    Objects.requireNonNull(text);
    Objects.requireNonNull(reason);
  }

  /** Of a line of a file. */
  static RefusedLine of(ConstraintLine.NotAPin line) {
    return new RefusedLine(line.where().toString(), line.text(), line.words());
  }

  /** All of it for a person; a file that is no text has no line to show. */
  public String sentence() {
    return where + ": " + (text.isEmpty() ? "" : text + ": ") + reason;
  }
}
