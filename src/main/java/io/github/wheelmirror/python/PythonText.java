package io.github.wheelmirror.python;

import java.util.Arrays;
import java.util.Locale;

/** What Python's {@code str} means where Java's {@code String} means something else. */
public final class PythonText {

  private static final char SIGMA = '\u03A3';
  private static final char SMALL_SIGMA = '\u03C3';
  private static final char FINAL_SIGMA = '\u03C2';

  private static final char DOTTED_CAPITAL_I = '\u0130';
  private static final String DOTTED_SMALL_I = "i\u0307";

  /** Unicode's word break classes {@code MidLetter}, {@code MidNumLet} and {@code Single_Quote}. */
  private static final String IGNORABLE_PUNCTUATION =
      "'.:\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A";

  private PythonText() {}

  /** {@code str.isspace()} and {@code \s}: unlike Java's, with U+0085, U+00A0, U+2007, U+202F. */
  public static boolean isSpace(char c) {
    if (c < 0x80) {
      return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
    }
    return c == 0x85 || Character.isSpaceChar(c);
  }

  /** {@code str.strip()}. */
  public static String strip(String text) {
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

  /** {@code str.rstrip()}. */
  public static String stripEnd(String text) {
    int to = text.length();
    while (to > 0 && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(0, to);
  }

  /**
   * {@code str.lower()}, in time linear in the length. Java chooses between the two small sigmas by
   * its own idea of a word, and copies the whole text for each dotted capital I.
   */
  public static String lower(String text) {
    return isAscii(text) ? text.toLowerCase(Locale.ROOT) : lowerUnicode(text);
  }

  /** Whether it has none but the first 128 characters. */
  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String lowerUnicode(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (c == SIGMA) {
        out.append(casedBefore(text, i) && !casedFrom(text, next) ? FINAL_SIGMA : SMALL_SIGMA);
      } else if (c == DOTTED_CAPITAL_I) {
        out.append(DOTTED_SMALL_I);
      } else {
        out.appendCodePoint(Character.toLowerCase(c));
      }
      i = next;
    }
    return out.toString();
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

  /** Whether it is one of ASCII's. */
  public static boolean isLetterOrDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
