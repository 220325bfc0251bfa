package io.github.wheelmirror.python;

/** A text is not a PEP 508 environment marker. */
public final class InvalidMarkerException extends InvalidTextException {

  private static final long serialVersionUID = 1L;

  InvalidMarkerException(String text, String reason) {
    super("environment marker", text, reason, null);
  }
}
