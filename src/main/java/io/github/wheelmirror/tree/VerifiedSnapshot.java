package io.github.wheelmirror.tree;

/**
 * A snapshot that passed every check: the only thing that a {@link Region} stages, and only {@code
 * SnapshotVerifier} makes one, so releasing something unverified does not compile; {@link
 * SnapshotFilter} makes less of one that was released.
 */
public final class VerifiedSnapshot {

  private final Snapshot snapshot;

  private VerifiedSnapshot(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** For the verifier alone. */
  static VerifiedSnapshot of(Snapshot snapshot, VerifiedChannel result) {
    if (!result.releasable() || !result.snapshot().equals(snapshot.id())) {
      throw new IllegalArgumentException(snapshot.id() + " is not releasable");
    }
    return new VerifiedSnapshot(snapshot);
  }

  /** For what is left of a released snapshot: all of it was verified before. */
  static VerifiedSnapshot ofReleased(Snapshot rest) {
    return new VerifiedSnapshot(rest);
  }

  /** The snapshot. */
  public Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public String toString() {
    return snapshot.slug() + "@" + snapshot.id();
  }
}
