package io.github.wheelmirror.constraints;

/** How reading a branch's constraints ended. */
public enum BranchState {
  RESOLVED,
  NO_FILE,
  NO_PINS,
  HELD
}
