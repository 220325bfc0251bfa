package io.github.wheelmirror.python;

import java.util.Arrays;
import java.util.Locale;

/** What Python's {@code str} means where Java's {@code String} means something else. */
final class PythonText {

  private static final char SIGMA = '\u03A3';
  private static final char SMALL_SIGMA = '\u03C3';
  private static final char FINAL_SIGMA = '\u03C2';

  /** Unicode's word break classes {@code MidLetter}, {@code MidNumLet} and {@code Single_Quote}. */
  private static final String IGNORABLE_PUNCTUATION =
      "'.:\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A";

  private PythonText() {}

  /** {@code str.isspace()} and {@code \s}: unlike Java's, with U+0085, U+00A0, U+2007, U+202F. */
  static boolean isSpace(char c) {
    if (c < 0x80) {
      return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
    }
    return c == 0x85 || Character.isSpaceChar(c);
  }

  /** {@code str.strip()}. */
  static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /**
   * {@code str.lower()}: Java looks for the end of a word by its own rules when it chooses between
   * the two small sigmas, so these are chosen here.
   */
  static String lower(String text) {
    var out = new StringBuilder(text.length());
    int start = 0;
    for (int i = text.indexOf(SIGMA); i >= 0; i = text.indexOf(SIGMA, start)) {
      out.append(text.substring(start, i).toLowerCase(Locale.ROOT));
      out.append(casedBefore(text, i) && !casedFrom(text, i + 1) ? FINAL_SIGMA : SMALL_SIGMA);
      start = i + 1;
    }
    return out.append(text.substring(start).toLowerCase(Locale.ROOT)).toString();
  }

  private static boolean casedBefore(String text, int end) {
    int i = end;
    while (i > 0 && isCaseIgnorable(text.codePointBefore(i))) {
      i -= Character.charCount(text.codePointBefore(i));
    }
    return i > 0 && isCased(text.codePointBefore(i));
  }

  private static boolean casedFrom(String text, int start) {
    int i = start;
    while (i < text.length() && isCaseIgnorable(text.codePointAt(i))) {
      i += Character.charCount(text.codePointAt(i));
    }
    return i < text.length() && isCased(text.codePointAt(i));
  }

  private static boolean isCased(int c) {
    return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
  }

  /** Unicode's {@code Case_Ignorable}. */
  private static boolean isCaseIgnorable(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.MODIFIER_LETTER,
          Character.MODIFIER_SYMBOL ->
          true;
      default -> IGNORABLE_PUNCTUATION.indexOf(c) >= 0;
    };
  }

  /** The order of {@code str}: by code point, not by UTF-16 unit. */
  static int compare(String left, String right) {
    return Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetterOrDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
