package io.github.wheelmirror.python;

/** A text is not a PEP 508 requirement. */
public final class InvalidRequirementException extends InvalidTextException {

  private static final long serialVersionUID = 1L;

  InvalidRequirementException(String text, String reason) {
    super("requirement", text, reason, null);
  }

  InvalidRequirementException(String text, InvalidTextException cause) {
    super("requirement", text, cause.reason(), cause);
  }
}
