package io.github.wheelmirror.python;

/** A text is not a project name of the core metadata specification. */
public final class InvalidProjectNameException extends InvalidTextException {

  private static final long serialVersionUID = 1L;

  InvalidProjectNameException(String text, String reason) {
    super("project name", text, reason, null);
  }
}
