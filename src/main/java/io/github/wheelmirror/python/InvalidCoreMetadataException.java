package io.github.wheelmirror.python;

/** A file is not core metadata that names its project and version. */
public final class InvalidCoreMetadataException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  InvalidCoreMetadataException(String message) {
    super(message);
  }
}
