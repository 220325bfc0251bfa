package io.github.wheelmirror.constraints;

/** How a branch is maintained. */
public enum BranchStatus {
  DEVELOPMENT,
  STABLE,
  UNMAINTAINED,
  END_OF_LIFE
}
