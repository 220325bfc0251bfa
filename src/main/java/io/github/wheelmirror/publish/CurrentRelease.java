package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.Release;
import java.util.Objects;

/**
 * The content of {@code current.json}: for people and scripts that want the pinned URL; the pointer
 * decides.
 *
 * @param schemaVersion 1
 * @param slug the channel
 * @param snapshot the id of what is current
 * @param serial the channel's release number
 * @param previous the id of what was current before; "" for the first release
 * @param released ISO instant
 */
record CurrentRelease(
    int schemaVersion,
    String slug,
    String snapshot,
    long serial,
    String previous,
    String released) {
  private static final int SCHEMA_VERSION = 1;

  CurrentRelease {
    Objects.requireNonNull(slug);
    Objects.requireNonNull(snapshot);
    Objects.requireNonNull(previous);
    Objects.requireNonNull(released);
  }

  /** What a flip's journal line says. */
  static CurrentRelease of(JournalEntry flip) {
    return new CurrentRelease(
        SCHEMA_VERSION, flip.slug(), flip.to(), flip.serial(), flip.from(), flip.at());
  }

  /** The release. */
  Release release() {
    return new Release(slug, snapshot, serial, released);
  }
}
