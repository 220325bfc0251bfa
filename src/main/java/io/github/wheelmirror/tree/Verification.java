package io.github.wheelmirror.tree;

import java.util.Comparator;
import java.util.List;

/**
 * What was verified: {@code verification.json}. A report for people and a name for what to release;
 * nobody releases on its word alone, {@code SnapshotVerifier} checks again.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param channels by slug
 */
public record Verification(int schemaVersion, List<VerifiedChannel> channels) {

  /** The version of this shape. */
  public static final int SCHEMA_VERSION = 2;

  public Verification {
    Require.schema(schemaVersion, SCHEMA_VERSION, "a verification");
    channels = channels.stream().sorted(Comparator.comparing(VerifiedChannel::slug)).toList();
  }

  /** Of these channels. */
  public static Verification of(List<VerifiedChannel> channels) {
    return new Verification(SCHEMA_VERSION, channels);
  }
}
