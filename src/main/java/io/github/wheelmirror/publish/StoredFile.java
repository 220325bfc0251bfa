package io.github.wheelmirror.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.function.Supplier;

/**
 * A file that the tree has to hold.
 *
 * @param path in the tree
 * @param sha256 of its content
 * @param size in bytes
 * @param time tells its modification time, which web servers make entity tags from, when it is
 *     written
 * @param source where to copy it from if the tree lacks it
 */
record StoredFile(String path, String sha256, long size, Supplier<FileTime> time, Source source) {

  /** Finds the bytes when they are needed. */
  @FunctionalInterface
  interface Source {
    /** The file to copy; a {@code MirrorException} if there is none. */
    Path find() throws IOException;
  }
}
