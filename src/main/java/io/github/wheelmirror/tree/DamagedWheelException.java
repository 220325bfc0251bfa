package io.github.wheelmirror.tree;

import java.io.IOException;

/** The bytes of an archive are not a sound ZIP file; the inspector turns it into a problem. */
final class DamagedWheelException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String code;

  DamagedWheelException(String code, String words) {
    super(words);
    this.code = code;
  }

  WheelProblem problem() {
    return WheelProblem.error(code, String.valueOf(getMessage()));
  }
}
