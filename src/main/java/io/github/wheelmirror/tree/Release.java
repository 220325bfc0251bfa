package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;
import java.time.Instant;

/**
 * What a channel of a region serves now.
 *
 * @param slug the channel
 * @param snapshot id of the snapshot
 * @param serial counts the channel's releases, from 1; a rollback counts too
 * @param released ISO 8601 instant of the flip
 */
public record Release(String slug, String snapshot, long serial, String released) {

  public Release {
    TreeLayout.slug(slug);
    if (!Sha256.isDigest(snapshot)) {
      throw new IllegalArgumentException("not a snapshot id: " + snapshot);
    }
    if (serial < 1) {
      throw new IllegalArgumentException("serials start at 1: " + serial);
    }
    Instant.parse(released);
  }
}
