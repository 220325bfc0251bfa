package io.github.wheelmirror.build;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.EnumText;

/** Why the index cannot serve a pin on a target; in JSON {@code no-such-project} and so on. */
public enum UnsatisfiableReason {
  /** The index has no page, or an empty one, for the project. */
  NO_SUCH_PROJECT,
  /** The project exists, but no usable file of exactly this version. */
  NO_SUCH_VERSION,
  /** Files exist, but their {@code Requires-Python} shuts this Python out. */
  REQUIRES_PYTHON,
  /** Only wheels for other targets exist, and no sdist. */
  NO_COMPATIBLE_FILE,
  /** A usable file exists, but the index names no sha256 or better for it. */
  NO_STRONG_HASH,
  /** What could serve it was taken out of the mirror. */
  QUARANTINED;

  /** Reads what {@link #toString} wrote. */
  @JsonCreator
  public static UnsatisfiableReason parse(String text) {
    return EnumText.parse(UnsatisfiableReason.class, text);
  }

  @JsonValue
  @Override
  public String toString() {
    return EnumText.of(this);
  }
}
