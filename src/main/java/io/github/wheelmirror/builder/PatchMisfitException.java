package io.github.wheelmirror.builder;

/** A patch that does not fit a source tree; becomes an outcome in the builder. */
final class PatchMisfitException extends RefusedSourceException {

  /**
   * A misfit.
   *
   * @param reason which patch, file and hunk, and what is there instead
   */
  PatchMisfitException(String reason) {
    super(reason);
  }
}
