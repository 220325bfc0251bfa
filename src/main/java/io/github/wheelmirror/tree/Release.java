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
 * @param origin id of the snapshot that was released before and that this counts as where regions
 *     are compared: what quarantine or prune left of it, or a switch went back to; "" for none
 */
public record Release(String slug, String snapshot, long serial, String released, String origin) {

  public Release {
    TreeLayout.slug(slug);
    if (!Sha256.isDigest(snapshot)) {
      throw new IllegalArgumentException("not a snapshot id: " + snapshot);
    }
    if (serial < 1) {
      throw new IllegalArgumentException("serials start at 1: " + serial);
    }
    Instant.parse(released);
    if (!origin.isEmpty() && !Sha256.isDigest(origin)) {
      throw new IllegalArgumentException("not a snapshot id: " + origin);
    }
  }

  /** One that counts as itself. */
  public Release(String slug, String snapshot, long serial, String released) {
    this(slug, snapshot, serial, released, "");
  }
}
