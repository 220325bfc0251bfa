package io.github.wheelmirror.python;

import java.text.Normalizer;

/** Python's classes of characters, where the standards are defined by Python's own functions. */
final class PythonUnicode {

  /** A letter to Java, but Unicode excludes it from identifiers as pattern syntax. */
  private static final int VERTICAL_TILDE = 0x2E2F;

  private PythonUnicode() {}

  /** {@code \w} of a regular expression without flags: letters, numbers, underscore; no marks. */
  static boolean isWord(int codePoint) {
    return codePoint == '_'
        || (codePoint >= 'a' && codePoint <= 'z')
        || Character.isLetter(codePoint)
        || switch (Character.getType(codePoint)) {
          case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
              true;
          default -> false;
        };
  }

  /** {@code str.isidentifier()}: XID_Start or underscore, then XID_Continue. */
  static boolean isIdentifier(String text) {
    // XID_* is ID_* closed under NFKC, and Java knows only ID_*
    return isIdStartThenContinue(text)
        && (PythonText.isAscii(text)
            || isIdStartThenContinue(Normalizer.normalize(text, Normalizer.Form.NFKC)));
  }

  private static boolean isIdStartThenContinue(String text) {
    if (text.isEmpty()) {
      return false;
    }
    int first = text.codePointAt(0);
    return (first == '_' || Character.isUnicodeIdentifierStart(first))
        && text.codePoints()
            .allMatch(
                c ->
                    Character.isUnicodeIdentifierPart(c)
                        && !Character.isIdentifierIgnorable(c)
                        && c != VERTICAL_TILDE);
  }
}
