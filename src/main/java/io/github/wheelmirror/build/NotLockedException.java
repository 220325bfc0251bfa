package io.github.wheelmirror.build;

/** Ends a search that cannot have a result. */
final class NotLockedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final LockResult.Reason reason;
  private final String words;

  NotLockedException(LockResult.Reason reason, String words) {
    super(words);
    this.reason = reason;
    this.words = words;
  }

  LockResult result() {
    return new LockResult.NotLocked(reason, words);
  }
}
