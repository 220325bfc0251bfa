package io.github.wheelmirror.constraints;

/** What came of a branch. */
public enum BranchState {
  /** Its pins are in the resolution. */
  RESOLVED,
  /** Its commit has no file of constraints: nothing to do. */
  NO_FILE,
  /** Its file has no pin: nothing to do. */
  NO_PINS,
  /** It is refused or could not be read: what was released for it stays. */
  HELD
}
