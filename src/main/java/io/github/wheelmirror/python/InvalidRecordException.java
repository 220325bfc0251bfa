package io.github.wheelmirror.python;

/** A file is not a {@code RECORD} that a wheel may hold. */
public final class InvalidRecordException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  InvalidRecordException(String message) {
    super(message);
  }
}
