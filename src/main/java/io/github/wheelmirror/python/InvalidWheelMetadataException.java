package io.github.wheelmirror.python;

/** A file is not a {@code WHEEL} file of major version 1 (PEP 427). */
public final class InvalidWheelMetadataException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  InvalidWheelMetadataException(String message) {
    super(message);
  }
}
