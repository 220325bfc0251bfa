package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;
import java.util.Objects;

/**
 * A snapshot that lies complete and checked in a region but that no moving URL shows yet.
 *
 * @param region {@link Region#name}
 * @param slug the channel
 * @param snapshot id of the snapshot
 * @param origin as of the {@link Release} that it becomes
 */
public record StagedRelease(String region, String slug, String snapshot, String origin) {

  public StagedRelease {
    TreeLayout.slug(slug);
    if (!Sha256.isDigest(snapshot)) {
      throw new IllegalArgumentException("not a snapshot id: " + snapshot);
    }
    Objects.requireNonNull(origin);
  }

  /** One that counts as itself. */
  public StagedRelease(String region, String slug, String snapshot) {
    this(region, slug, snapshot, "");
  }

  /** The same counting as a release, or as what that counts as. */
  public StagedRelease countingAs(Release other) {
    return new StagedRelease(
        region, slug, snapshot, other.origin().isEmpty() ? other.snapshot() : other.origin());
  }
}
