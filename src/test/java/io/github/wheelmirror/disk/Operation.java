package io.github.wheelmirror.disk;

import java.nio.file.Path;

/**
 * One change of a disk, before it happens.
 *
 * @param number from 1, in the order in which they happen
 * @param kind what
 * @param path the real file or folder
 * @param bytes that are written; 0 for all but {@link Kind#WRITE}
 */
public record Operation(long number, Kind kind, Path path, int bytes) {

  /** What changes. For {@link #RENAME} the path is the new name. */
  public enum Kind {
    CREATE,
    WRITE,
    TRUNCATE,
    FORCE,
    RENAME,
    SYMLINK,
    DELETE,
    TIMES,
    PERMISSIONS,
    MKDIR;

    /** Whether it takes room on the disk. */
    boolean grows() {
      return this == CREATE || this == WRITE || this == MKDIR || this == SYMLINK || this == RENAME;
    }
  }
}
