package io.github.wheelmirror.constraints;

import io.github.wheelmirror.python.Marker;
import io.github.wheelmirror.python.MarkerEnvironment;
import java.util.List;
import java.util.Objects;

/**
 * One logical line of a constraints file: one physical line, or several joined by {@code \}.
 *
 * <p>The lines of a file cover its physical lines without gap or overlap.
 */
public sealed interface ConstraintLine {

  /** Where it begins. */
  Location where();

  /** How many physical lines it covers, at least one. */
  int physicalLines();

  /** What it says, without comment; empty for comments and blank lines. */
  String text();

  /**
   * A pin.
   *
   * @param pin the pin
   * @param marker its marker as written; empty for none
   * @param text the requirement with its marker, without hashes: a wheel built by the mirror has
   *     another one
   * @param hashes its hashes as {@code algorithm:digest}, in the line's order
   */
  record PinLine(
      Location where, int physicalLines, Pin pin, String marker, String text, List<String> hashes)
      implements ConstraintLine {

    public PinLine {
      check(where, physicalLines);
      Objects.requireNonNull(pin);
      Objects.requireNonNull(text);
      hashes = List.copyOf(hashes);
      if (!marker.isEmpty()) {
        Marker.parse(marker);
      }
    }

    /** A pin without hashes. */
    public PinLine(Location where, int physicalLines, Pin pin, String marker, String text) {
      this(where, physicalLines, pin, marker, text, List.of());
    }

    /** The text with its hashes, on one line. */
    public String textWithHashes() {
      StringBuilder line = new StringBuilder(text);
      hashes.forEach(hash -> line.append(" --hash=").append(hash));
      return line.toString();
    }

    /**
     * Whether the marker holds there.
     *
     * @throws io.github.wheelmirror.python.UndefinedComparisonException if it compares what cannot
     *     be compared
     * @throws io.github.wheelmirror.python.UndefinedEnvironmentNameException if it asks for a name
     *     that is not defined there
     */
    public boolean activeOn(MarkerEnvironment environment) {
      return marker.isEmpty() || Marker.parse(marker).evaluate(environment);
    }
  }

  /** Only a comment. */
  record CommentLine(Location where, int physicalLines) implements ConstraintLine {

    public CommentLine {
      check(where, physicalLines);
    }

    @Override
    public String text() {
      return "";
    }
  }

  /** Nothing. */
  record BlankLine(Location where, int physicalLines) implements ConstraintLine {

    public BlankLine {
      check(where, physicalLines);
    }

    @Override
    public String text() {
      return "";
    }
  }

  /**
   * {@code -c} or {@code -r}: the included file's lines follow, unless it was included before.
   *
   * @param path the included file's path within the repository
   */
  record IncludeLine(Location where, int physicalLines, String path, String text)
      implements ConstraintLine {

    public IncludeLine {
      check(where, physicalLines);
      Objects.requireNonNull(path);
      Objects.requireNonNull(text);
    }
  }

  /**
   * Anything else.
   *
   * @param reason the kind of refusal
   * @param detail what exactly; may be empty
   */
  record NotAPin(
      Location where, int physicalLines, String text, NotAPinReason reason, String detail)
      implements ConstraintLine {

    public NotAPin {
      check(where, physicalLines);
      Objects.requireNonNull(text);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(detail);
    }

    /** The reason as a person reads it. */
    public String words() {
      return detail.isEmpty() ? reason.words() : reason.words() + " (" + detail + ")";
    }
  }

  private static void check(Location where, int physicalLines) {
    Objects.requireNonNull(where);
    if (physicalLines < 1) {
      throw new IllegalArgumentException("a line that covers no line at " + where);
    }
  }
}
