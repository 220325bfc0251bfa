package io.github.wheelmirror.builder;

/** A source tree that cannot be built whatever the host; becomes an outcome in the builder. */
class RefusedSourceException extends Exception {

  RefusedSourceException(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
