package io.github.wheelmirror.python;

import org.jspecify.annotations.Nullable;

/**
 * A text that a packaging standard does not allow; the message names the text, the place and the
 * reason.
 */
public abstract class InvalidTextException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 200;

  private final String text;
  private final String reason;

  InvalidTextException(String kind, String text, String reason, @Nullable Throwable cause) {
    super("invalid " + kind + " " + quote(text) + ": " + reason, cause);
    this.text = text;
    this.reason = reason;
  }

  /** The whole text as it was given. */
  public String text() {
    return text;
  }

  /** Why it is not allowed, with the position where one is known; no full stop. */
  public String reason() {
    return reason;
  }

  /** The text in double quotes on one line, control characters escaped, long ones cut. */
  static String quote(String text) {
    var out = new StringBuilder().append('"');
    for (int i = 0; i < Math.min(text.length(), SHOWN); i++) {
      char c = text.charAt(i);
      if (c < ' ' || (c >= 0x7F && c <= 0xA0) || Character.isSurrogate(c)) {
        out.append("\\u").append(Character.forDigit(c >> 12, 16));
        out.append(Character.forDigit((c >> 8) & 15, 16));
        out.append(Character.forDigit((c >> 4) & 15, 16));
        out.append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
    return out.append(text.length() > SHOWN ? "…\"" : "\"").toString();
  }
}
