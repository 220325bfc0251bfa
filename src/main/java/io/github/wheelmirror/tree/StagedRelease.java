package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;

/**
 * A snapshot that lies complete and checked in a region but that no moving URL shows yet.
 *
 * @param region {@link Region#name}
 * @param slug the channel
 * @param snapshot id of the snapshot
 */
public record StagedRelease(String region, String slug, String snapshot) {

  public StagedRelease {
    TreeLayout.slug(slug);
    if (!Sha256.isDigest(snapshot)) {
      throw new IllegalArgumentException("not a snapshot id: " + snapshot);
    }
  }
}
