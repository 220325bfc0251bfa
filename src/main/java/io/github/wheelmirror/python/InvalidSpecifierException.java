package io.github.wheelmirror.python;

/** A text is not a PEP 440 version specifier or a set of them. */
public final class InvalidSpecifierException extends InvalidTextException {

  private static final long serialVersionUID = 1L;

  InvalidSpecifierException(String text, String reason) {
    super("version specifier", text, reason, null);
  }

  InvalidSpecifierException(String text, InvalidTextException cause) {
    super("version specifier", text, cause.reason(), cause);
  }
}
