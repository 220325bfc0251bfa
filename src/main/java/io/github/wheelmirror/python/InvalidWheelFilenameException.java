package io.github.wheelmirror.python;

/** A text is not the file name of a wheel (PEP 427). */
public final class InvalidWheelFilenameException extends InvalidTextException {

  private static final long serialVersionUID = 1L;

  InvalidWheelFilenameException(String text, String reason) {
    super("wheel file name", text, reason, null);
  }
}
