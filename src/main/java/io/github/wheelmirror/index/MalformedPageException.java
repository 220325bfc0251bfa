package io.github.wheelmirror.index;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A body is not what its content type promises; the message says why. */
class MalformedPageException extends IOException {

  private static final long serialVersionUID = 1L;

  MalformedPageException(String why, @Nullable Throwable cause) {
    super(why, cause);
  }
}
