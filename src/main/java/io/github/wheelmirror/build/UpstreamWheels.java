package io.github.wheelmirror.build;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.EnumText;
import io.github.wheelmirror.MirrorException;

/** What to do with a wheel that the upstream index already offers for a target. */
public enum UpstreamWheels {
  /** Copy it byte for byte: the mirror is complete by itself. */
  MIRROR,
  /** Leave it upstream: the mirror holds only what the index lacks. */
  SKIP,
  /** Ignore it and build from the sdist; only a version without an sdist is copied. */
  REBUILD;

  /**
   * Reads {@code mirror}, {@code skip} or {@code rebuild} in any case.
   *
   * @throws MirrorException (input) for other words
   */
  @JsonCreator
  public static UpstreamWheels parse(String text) {
    for (UpstreamWheels value : values()) {
      if (value.name().equalsIgnoreCase(text)) {
        return value;
      }
    }
    throw MirrorException.input(
        "upstreamWheels '" + text + "' is unknown",
        "it is one of mirror, skip and rebuild",
        "set wheel-mirror.upstreamWheels to one of these");
  }

  @JsonValue
  @Override
  public String toString() {
    return EnumText.of(this);
  }
}
