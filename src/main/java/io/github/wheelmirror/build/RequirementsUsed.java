package io.github.wheelmirror.build;

import java.util.Objects;

/**
 * What a build's requirements came from.
 *
 * @param lock the {@link BuildLock#digest}, {@code ""} if there were none or they were not locked
 * @param unlocked why an installer chose them by itself, {@code ""} if it did not
 */
public record RequirementsUsed(String lock, String unlocked) {

  /** Nothing was required. */
  public static final RequirementsUsed NOTHING = new RequirementsUsed("", "");

  public RequirementsUsed {
    Check.digestOrEmpty(lock, "the digest of a lock");
    Objects.requireNonNull(unlocked);
    if (!lock.isEmpty() && !unlocked.isEmpty()) {
      throw new IllegalArgumentException("locked to " + lock + " and not locked: " + unlocked);
    }
  }
}
