package io.github.wheelmirror.python;

/** A text is not a build tag of a wheel file name (PEP 427). */
public final class InvalidBuildTagException extends InvalidTextException {

  private static final long serialVersionUID = 1L;

  InvalidBuildTagException(String text, String reason) {
    super("build tag", text, reason, null);
  }
}
