package io.github.wheelmirror.python;

/** A text is not a compatibility tag or tag set (PEP 425). */
public final class InvalidTagException extends InvalidTextException {

  private static final long serialVersionUID = 1L;

  InvalidTagException(String text, String reason) {
    super("compatibility tag", text, reason, null);
  }
}
