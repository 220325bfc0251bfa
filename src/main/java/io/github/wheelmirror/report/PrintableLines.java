package io.github.wheelmirror.report;

import java.util.Locale;

/** Lines in which nothing commands a terminal: constraints and back-ends may print anything. */
record PrintableLines(Lines lines) implements Lines {

  @Override
  public void info(String line) {
    lines.info(printable(line));
  }

  @Override
  public void warn(String line) {
    lines.warn(printable(line));
  }

  private static String printable(String line) {
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
