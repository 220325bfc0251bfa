package io.github.wheelmirror.report;

import io.github.wheelmirror.HiddenCharacter;
import java.util.Locale;

/**
 * Text in which nothing commands a terminal, ends a line, or hides or turns around what stands
 * beside it: constraints, servers and back-ends may print anything.
 */
public final class Printable {

  private Printable() {}

  /** The text on one line; what must not be printed is shown as an escape like {@code \x1b}. */
  public static String text(String line) {
    StringBuilder text = new StringBuilder(line.length());
    line.codePoints()
        .forEach(
            character -> {
              if (character == '\t' || !HiddenCharacter.is(character)) {
                text.appendCodePoint(character);
              } else {
                text.append(
                    String.format(
                        Locale.ROOT, character < 0x100 ? "\\x%02x" : "\\u%04x", character));
              }
            });
    return text.toString();
  }
}
