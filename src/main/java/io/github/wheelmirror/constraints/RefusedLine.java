package io.github.wheelmirror.constraints;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.github.wheelmirror.EnumText;
import io.github.wheelmirror.Json;
import java.util.Objects;

/**
 * A line that is not a pin.
 *
 * @param where {@code upper-constraints.txt:12}
 * @param text the line
 * @param reason in words for a person
 * @param kind a {@link NotAPinReason} like {@code missing-include}, by which a fix is found; {@code
 *     ""} in a file that an earlier version wrote
 */
public record RefusedLine(
    String where,
    String text,
    String reason,
    @JacksonInject(value = Json.NO_TEXT, useInput = OptBoolean.TRUE)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String kind) {

  public RefusedLine {
    Objects.requireNonNull(where);
    Objects.requireNonNull(text);
    Objects.requireNonNull(reason);
    if (!kind.isEmpty()) {
      NotAPinReason unused = EnumText.parse(NotAPinReason.class, kind);
    }
  }

  /** Of a line of a file. */
  static RefusedLine of(ConstraintLine.NotAPin line) {
    return new RefusedLine(
        line.where().toString(), line.text(), line.words(), EnumText.of(line.reason()));
  }

  /** Whether this is why it is no pin. */
  public boolean is(NotAPinReason other) {
    return kind.equals(EnumText.of(other));
  }

  /** Whether the user may allow it; of one whose kind is not known, perhaps. */
  public boolean isReportable() {
    return kind.isEmpty() || EnumText.parse(NotAPinReason.class, kind).isReportable();
  }

  /** All of it for a person; a file that is no text has no line to show. */
  public String sentence() {
    return where + ": " + (text.isEmpty() ? "" : text + ": ") + reason;
  }
}
