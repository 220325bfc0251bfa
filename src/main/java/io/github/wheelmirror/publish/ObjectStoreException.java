package io.github.wheelmirror.publish;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A store does not do what it is asked for: why, and what a person can do about it. */
final class ObjectStoreException extends IOException {
  private static final long serialVersionUID = 1;

  private final String fix;

  ObjectStoreException(String why, String fix, @Nullable Throwable cause) {
    super(why, cause);
    this.fix = fix;
  }

  /** What the person can do. */
  String fix() {
    return fix;
  }
}
