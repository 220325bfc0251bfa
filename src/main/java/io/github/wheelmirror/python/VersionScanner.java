package io.github.wheelmirror.python;

import io.github.wheelmirror.python.Version.PreRelease;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a version from a place in a text, one character of look-ahead at a time.
 *
 * <p>PEP 440, appendix B as a scanner instead of its regular expression: no backtracking, so a
 * hostile text costs no more than its length. Versions alone and those in specifiers are read
 * alike.
 */
final class VersionScanner {

  /** Longer words before their beginnings. */
  private static final List<String> PRE_WORDS =
      List.of("alpha", "beta", "preview", "pre", "rc", "a", "b", "c");

  private static final List<String> POST_WORDS = List.of("post", "rev", "r");
  private static final List<String> DEV_WORDS = List.of("dev");

  private final String text;
  private int position;
  private @Nullable String tooLong;
  private BigInteger epoch = BigInteger.ZERO;
  private List<BigInteger> release = new ArrayList<>();
  private @Nullable PreRelease pre;
  private @Nullable BigInteger post;
  private @Nullable BigInteger dev;
  private @Nullable String local;

  VersionScanner(String text, int from) {
    this.text = text;
    this.position = from;
  }

  /** Whether the text from here to its end is a version, white space around it allowed. */
  boolean scanWhole() {
    skipSpace();
    if (!scanRelease()) {
      return false;
    }
    scanSuffixes();
    scanLocal();
    skipSpace();
    return position == text.length() && tooLong == null;
  }

  /** Reads {@code [v][N!]N(.N)*} if it is here. */
  boolean scanRelease() {
    int start = position;
    if (at('v') || at('V')) {
      position++;
    }
    String digits = digits();
    if (digits.isEmpty()) {
      position = start;
      return false;
    }
    if (at('!') && digitAt(position + 1)) {
      epoch = convert(digits);
      position++;
      digits = digits();
    }
    release.add(convert(digits));
    while (at('.') && digitAt(position + 1)) {
      position++;
      release.add(convert(digits()));
    }
    return true;
  }

  /** Reads the pre-release, post-release and development parts that are here. */
  void scanSuffixes() {
    if (position == text.length()) {
      return;
    }
    String word = word(PRE_WORDS);
    if (!word.isEmpty()) {
      pre = new PreRelease(letter(word), numberAfterWord());
    }
    if (at('-') && digitAt(position + 1)) {
      position++;
      post = convert(digits());
    } else if (!word(POST_WORDS).isEmpty()) {
      post = numberAfterWord();
    }
    if (!word(DEV_WORDS).isEmpty()) {
      dev = numberAfterWord();
    }
  }

  /** Reads the local part if one is here. */
  void scanLocal() {
    if (!at('+') || !letterOrDigitAt(position + 1)) {
      return;
    }
    var out = new StringBuilder();
    do {
      position++;
      int start = position;
      boolean number = true;
      while (letterOrDigitAt(position)) {
        number &= digitAt(position);
        position++;
      }
      String part = text.substring(start, position);
      out.append(out.isEmpty() ? "" : ".");
      out.append(number ? convert(part).toString() : part.toLowerCase(Locale.ROOT));
    } while (separatorAt(position) && letterOrDigitAt(position + 1));
    local = out.toString();
  }

  /** Where reading stopped. */
  int position() {
    return position;
  }

  /** How many release numbers were read. */
  int releaseLength() {
    return release.size();
  }

  /** Why the text is not a version. */
  String reason() {
    if (tooLong != null) {
      return tooLong;
    }
    if (release.isEmpty()) {
      return "expected a number at position " + position;
    }
    return "unexpected "
        + InvalidTextException.quote(text.substring(position))
        + " at position "
        + position;
  }

  /** Whether a number has more digits than {@link Version#MAX_DIGITS}. */
  boolean isTooLong() {
    return tooLong != null;
  }

  Version version() {
    return new Version(epoch, release, pre, post, dev, local);
  }

  /** The number that ASCII digits stand for. */
  static BigInteger number(String digits) {
    return digits.length() <= 18
        ? BigInteger.valueOf(Long.parseLong(digits))
        : new BigInteger(digits);
  }

  private BigInteger convert(String digits) {
    if (digits.length() > Version.MAX_DIGITS) {
      tooLong = "a number has " + digits.length() + " digits";
      return BigInteger.ZERO;
    }
    return number(digits);
  }

  /** The word that is here after an optional separator; nothing is read if none is. */
  private String word(List<String> words) {
    int start = separatorAt(position) ? position + 1 : position;
    for (String word : words) {
      if (text.regionMatches(true, start, word, 0, word.length()) && asciiWord(start, word)) {
        position = start + word.length();
        return word;
      }
    }
    return "";
  }

  /** Java's matching without case also folds letters such as the long s to ASCII ones. */
  private boolean asciiWord(int start, String word) {
    for (int i = start; i < start + word.length(); i++) {
      if (!PythonText.isLetterOrDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** An omitted number is 0. */
  private BigInteger numberAfterWord() {
    if (separatorAt(position)) {
      position++;
    }
    String digits = digits();
    return digits.isEmpty() ? BigInteger.ZERO : convert(digits);
  }

  private static String letter(String word) {
    return switch (word) {
      case "a", "alpha" -> "a";
      case "b", "beta" -> "b";
      default -> "rc";
    };
  }

  private String digits() {
    int start = position;
    while (digitAt(position)) {
      position++;
    }
    return text.substring(start, position);
  }

  private void skipSpace() {
    while (position < text.length() && PythonText.isSpace(text.charAt(position))) {
      position++;
    }
  }

  private boolean at(char c) {
    return position < text.length() && text.charAt(position) == c;
  }

  private boolean digitAt(int index) {
    return index < text.length() && PythonText.isDigit(text.charAt(index));
  }

  private boolean letterOrDigitAt(int index) {
    return index < text.length() && PythonText.isLetterOrDigit(text.charAt(index));
  }

  private boolean separatorAt(int index) {
    return index < text.length() && "._-".indexOf(text.charAt(index)) >= 0;
  }
}
