package io.github.wheelmirror.python;

/** A text is not a PEP 440 version. */
public final class InvalidVersionException extends InvalidTextException {

  private static final long serialVersionUID = 1L;

  InvalidVersionException(String text, String reason) {
    super("version", text, reason, null);
  }
}
