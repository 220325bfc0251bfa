package io.github.wheelmirror.constraints;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.EnumText;

/** What came of a branch. */
public enum BranchState {
  /** Its pins are in the resolution. */
  RESOLVED,
  /** Its commit has no file of constraints: nothing to do. */
  NO_FILE,
  /** Its file has no pin: nothing to do. */
  NO_PINS,
  /** It is refused or could not be read: what was released for it stays. */
  HELD;

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  @JsonCreator
  public static BranchState parse(String text) {
    return EnumText.parse(BranchState.class, text);
  }

  /** As in files, such as {@code no-file}. */
  @JsonValue
  @Override
  public String toString() {
    return EnumText.of(this);
  }
}
