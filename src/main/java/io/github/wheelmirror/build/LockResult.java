package io.github.wheelmirror.build;

import java.util.Objects;

/** What came of locking build requirements. */
public sealed interface LockResult {

  /** All of them are known, down to the bytes. */
  record Locked(BuildLock lock) implements LockResult {
    public Locked {
      Objects.requireNonNull(lock);
    }
  }

  /**
   * An installer has to find them by itself.
   *
   * @param words for a person; names what stands in the way
   */
  record NotLocked(Reason reason, String words) implements LockResult {
    public NotLocked {
      Objects.requireNonNull(reason);
      Check.notBlank(words, "why requirements are not locked");
    }
  }

  /** Why requirements cannot be locked: a closed list. */
  enum Reason {
    /** Nobody asked for a lock. */
    NOT_ASKED,
    /** A text is no requirement, or a constraint says more than which versions. */
    NOT_UNDERSTOOD,
    /** A requirement names a URL. */
    URL_REQUIREMENT,
    /** No index has the project. */
    UNKNOWN_PROJECT,
    /** No version satisfies all that ask for it. */
    CONFLICT,
    /** Only an sdist would do, which has to be built first. */
    NEEDS_SDIST,
    /** The index gives no strong hash. */
    NO_STRONG_HASH,
    /** What a wheel says of itself cannot be used. */
    BAD_METADATA,
    /** It takes too long to find out. */
    TOO_MANY_STEPS
  }
}
