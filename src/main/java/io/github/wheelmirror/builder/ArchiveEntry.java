package io.github.wheelmirror.builder;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * One entry of an archive, of whichever format.
 *
 * @param name as written in the archive
 * @param target of a link: relative to the link's folder for a symbolic one, to the archive's root
 *     for a hard one; else empty
 * @param executable whether its owner may execute it
 */
record ArchiveEntry(
    String name, Kind kind, String target, boolean executable, Instant modified, Content content) {

  enum Kind {
    FILE,
    FOLDER,
    SYMBOLIC_LINK,
    HARD_LINK,
    OTHER
  }

  /** Opens the entry's bytes, once. */
  interface Content {
    InputStream open() throws IOException;
  }
}
