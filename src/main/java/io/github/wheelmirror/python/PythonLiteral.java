package io.github.wheelmirror.python;

import java.util.Locale;
import java.util.Optional;

/** A Python string literal on one line, as {@code ast.literal_eval} reads it. */
final class PythonLiteral {

  private static final String SIMPLE = "\\'\"abfnrtv";
  private static final String SIMPLE_VALUES = "\\'\"\u0007\b\f\n\r\t\u000B";

  private final String literal;
  private final int end;
  private final StringBuilder value = new StringBuilder();
  private int position = 1;

  private PythonLiteral(String literal) {
    this.literal = literal;
    this.end = literal.length() - 1;
  }

  /**
   * The value of a literal.
   *
   * @param literal with its quotes; the quote is not inside
   * @return nothing if Python refuses it
   */
  static Optional<String> decode(String literal) {
    return new PythonLiteral(literal).decode();
  }

  /**
   * A literal of a value: the text between quotes, as {@code packaging} prints it, with escapes
   * only where that would be read as something else.
   */
  static String encode(String value) {
    char quote = value.indexOf('"') < 0 ? '"' : '\'';
    String plain = quote + value + quote;
    boolean readable = value.indexOf(quote) < 0 && decode(plain).equals(Optional.of(value));
    return readable ? plain : escaped(value);
  }

  private Optional<String> decode() {
    while (position < end) {
      int c = literal.codePointAt(position);
      position += Character.charCount(c);
      if (c == '\\') {
        if (position == end || !escape(literal.charAt(position++))) {
          return Optional.empty();
        }
      } else if (c == '\n' || c == '\r' || c == 0 || isSurrogate(c)) {
        return Optional.empty();
      } else {
        value.appendCodePoint(c);
      }
    }
    return Optional.of(value.toString());
  }

  /** Half of a pair cannot be encoded as UTF-8, which is what Python does with its source. */
  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  private boolean escape(char c) {
    int simple = SIMPLE.indexOf(c);
    if (simple >= 0) {
      value.append(SIMPLE_VALUES.charAt(simple));
      return true;
    }
    return switch (c) {
      case 'x' -> codePoint(2);
      case 'u' -> codePoint(4);
      case 'U' -> codePoint(8);
      case 'N' -> named();
      case '\n', '\r' -> continuation(c);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal();
      default -> verbatim();
    };
  }

  /** An unknown escape is no escape. */
  private boolean verbatim() {
    value.append('\\');
    position--;
    return true;
  }

  private boolean continuation(char c) {
    if (c == '\r' && literal.charAt(position) == '\n') {
      position++;
    }
    return true;
  }

  private boolean octal() {
    int start = --position;
    int code = 0;
    while (position < start + 3 && "01234567".indexOf(literal.charAt(position)) >= 0) {
      code = code * 8 + literal.charAt(position++) - '0';
    }
    value.append((char) code);
    return true;
  }

  private boolean codePoint(int digits) {
    if (position + digits > end) {
      return false;
    }
    int code = 0;
    for (int i = 0; i < digits; i++) {
      char c = literal.charAt(position++);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0 || code > Character.MAX_CODE_POINT) {
        return false;
      }
      code = code * 16 + digit;
    }
    if (!Character.isValidCodePoint(code)) {
      return false;
    }
    value.appendCodePoint(code);
    return true;
  }

  /** {@code \N{LATIN SMALL LETTER A}}, for names that Java and Unicode spell alike. */
  private boolean named() {
    int close = literal.indexOf('}', position);
    if (literal.charAt(position) != '{' || close < 0) {
      return false;
    }
    String name = literal.substring(position + 1, close);
    position = close + 1;
    try {
      int code = Character.codePointOf(name);
      value.appendCodePoint(code);
      return name.equalsIgnoreCase(Character.getName(code));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String escaped(String value) {
    var out = new StringBuilder("\"");
    value
        .codePoints()
        .forEach(
            c -> {
              if (c == '\\') {
                out.append("\\\\");
              } else if (c < ' ' || c == '"' || isSurrogate(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.append('"').toString();
  }
}
