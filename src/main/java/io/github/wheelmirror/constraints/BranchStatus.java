package io.github.wheelmirror.constraints;

/** Where a branch is in its life. */
public enum BranchStatus {
  /** {@code master} or {@code main}. */
  DEVELOPMENT("development"),
  /** {@code stable/<series>}. */
  STABLE("stable"),
  /** {@code unmaintained/<series>}, or a tag {@code <series>-eom} or {@code -em}. */
  UNMAINTAINED("unmaintained"),
  /** A tag {@code <series>-eol}. */
  END_OF_LIFE("end of life"),
  /** Anything else. */
  OTHER("of no known status");

  private final String words;

  BranchStatus(String words) {
    this.words = words;
  }

  /** The status as a person reads it. */
  public String words() {
    return words;
  }
}
