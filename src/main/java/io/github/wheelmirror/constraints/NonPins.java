package io.github.wheelmirror.constraints;

/** What a line that is not a pin does to its branch. */
public enum NonPins {
  /** The branch is held. */
  ERROR,
  /** The line is reported and handed on to clients; the branch goes on with its pins. */
  REPORT
}
