package io.github.wheelmirror.builder;

import java.nio.file.Path;

/** What came of unpacking an sdist. */
public sealed interface Unpacked {

  /**
   * It is unpacked.
   *
   * @param top the one folder that the archive holds
   */
  record Tree(Path top) implements Unpacked {}

  /**
   * It is refused, and nothing of it is left.
   *
   * @param reason what is wrong with the archive, naming the entry
   */
  record UnsafeArchive(String reason) implements Unpacked {}
}
