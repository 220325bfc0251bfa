package io.github.wheelmirror.tree;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@link SnapshotVerifier} says about one snapshot. */
public final class VerifiedResult {

  private final VerifiedChannel channel;
  private final @Nullable VerifiedSnapshot snapshot;

  VerifiedResult(Snapshot snapshot, VerifiedChannel channel) {
    this.channel = channel;
    this.snapshot = channel.releasable() ? VerifiedSnapshot.of(snapshot, channel) : null;
  }

  /** The findings, for {@code verification.json}. */
  public VerifiedChannel channel() {
    return channel;
  }

  /** What may be released; nothing if there is an error. */
  public Optional<VerifiedSnapshot> releasable() {
    return Optional.ofNullable(snapshot);
  }
}
