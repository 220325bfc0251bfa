package io.github.wheelmirror.python;

import java.util.Locale;
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

  /** The text in double quotes on one line, control characters escaped, the end cut if long. */
  static String quote(String text) {
    var out = new StringBuilder().append('"');
    int i = 0;
    for (; i < text.length() && out.length() <= SHOWN; i++) {
      char c = text.charAt(i);
      if (c < ' ' || (c >= 0x7F && c <= 0xA0) || Character.isSurrogate(c)) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append(i < text.length() ? "…\"" : "\"").toString();
  }
}
