package io.github.wheelmirror.build;

import java.util.regex.Pattern;

/**
 * A line that an unknown program printed, made fit for rules and for a person. Nothing here takes
 * more than linear time.
 */
final class LogLine {

  private static final int MAX_LINE = 600;
  private static final int SHOWN = 200;
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]{0,20}[A-Za-z]");

  /** What pip and others draw before the words of an error. */
  private static final Pattern DRAWN = Pattern.compile("^[\\s×│╰─▶╭|>]+(?=[^\\s>])");

  /** Folders of this machine: they help nobody elsewhere, and reports are read elsewhere. */
  private static final Pattern FOLDERS =
      Pattern.compile("(?<![\\w.:/~@+-])/(?:[\\w.@+~-]{1,255}/){1,64}(?=[\\w.@+~-])");

  /** What stands before the words of compilers, pip and Meson. */
  private static final Pattern PREFIX =
      Pattern.compile(
          "^(?:get_requires_for_build_wheel exited: )?"
              + "(?:[^\\s:]{1,120}:[0-9]{1,7}(?::[0-9]{1,7})?: |[a-z0-9+.-]{1,40}: (?=fatal))?"
              + "(?:fatal )?(?i:error)(?:\\[[A-Z0-9]{1,10}\\])?: +(?=\\S)");

  private LogLine() {}

  /**
   * Without colours, control characters, this machine's folders, and what comes after long text.
   */
  static String plain(String line) {
    String cut = line.length() > 2 * MAX_LINE ? line.substring(0, 2 * MAX_LINE) : line;
    StringBuilder printable = new StringBuilder();
    COLOURS
        .matcher(cut)
        .replaceAll("")
        .codePoints()
        .map(c -> c == '\t' ? ' ' : c)
        // compilers quote names with typographic quotes in UTF-8 locales
        .map(c -> c == '‘' || c == '’' ? '\'' : c)
        .filter(c -> !Character.isISOControl(c))
        .limit(MAX_LINE)
        .forEach(printable::appendCodePoint);
    String words = DRAWN.matcher(printable).replaceFirst("");
    return FOLDERS.matcher(words).replaceAll("").strip();
  }

  /** What the line says, without what only names the place; not longer than a person reads. */
  static String symptom(String plain) {
    String words = PREFIX.matcher(plain).replaceFirst("");
    return words.codePointCount(0, words.length()) > SHOWN
        ? words.substring(0, words.offsetByCodePoints(0, SHOWN - 1)).strip() + "…"
        : words;
  }
}
