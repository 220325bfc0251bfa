package io.github.wheelmirror.python;

/** A text is not the file name of a source distribution (PEP 625). */
public final class InvalidSdistFilenameException extends InvalidTextException {

  private static final long serialVersionUID = 1L;

  InvalidSdistFilenameException(String text, String reason) {
    super("sdist file name", text, reason, null);
  }
}
