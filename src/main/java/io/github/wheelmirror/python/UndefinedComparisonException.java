package io.github.wheelmirror.python;

/** A marker is well formed but compares what cannot be compared in that way. */
public final class UndefinedComparisonException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UndefinedComparisonException(String comparison, String reason) {
    super("undefined comparison " + InvalidTextException.quote(comparison) + ": " + reason);
  }
}
