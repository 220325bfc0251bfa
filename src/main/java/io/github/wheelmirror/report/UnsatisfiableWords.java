package io.github.wheelmirror.report;

import io.github.wheelmirror.build.UnsatisfiableReason;

/** What a person is told of a pin that nothing can serve. */
final class UnsatisfiableWords {

  private UnsatisfiableWords() {}

  static String why(UnsatisfiableReason reason) {
    return switch (reason) {
      case NO_SUCH_PROJECT -> "no index of this run has a usable file under this name";
      case NO_SUCH_VERSION -> "upstream never had this version, removed it, or has it elsewhere";
      case REQUIRES_PYTHON -> "upstream does not offer this version to this Python";
      case NO_COMPATIBLE_FILE -> "there is nothing to copy and nothing to build from";
      case NO_STRONG_HASH -> "without a hash nobody can tell whether a file was changed";
      case QUARANTINED -> "what serves it was taken out of the mirror for good";
    };
  }

  static String fix(UnsatisfiableReason reason) {
    String first =
        switch (reason) {
          case NO_STRONG_HASH -> "mark the index with <trustUnhashed>, name another one";
          case QUARANTINED -> "pin another version";
          default -> "correct the constraint, name an index that has it";
        };
    return first + ", or exclude the pin with a reason: <exclude>…</exclude>";
  }
}
