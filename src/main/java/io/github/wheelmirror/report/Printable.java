package io.github.wheelmirror.report;

import java.util.Locale;

/** Text in which nothing commands a terminal: constraints and back-ends may print anything. */
final class Printable {

  private Printable() {}

  static String text(String line) {
    StringBuilder text = new StringBuilder(line.length());
    line.codePoints()
        .forEach(
            character -> {
              if (Character.isISOControl(character) && character != '\t') {
                text.append(String.format(Locale.ROOT, "\\x%02x", character));
              } else {
                text.appendCodePoint(character);
              }
            });
    return text.toString();
  }
}
