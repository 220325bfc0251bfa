package io.github.wheelmirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;

/** Makes files look as if they had been written an hour ago, so that a later change shows. */
public final class LongAgo {

  private LongAgo() {}

  /** All files and folders in a folder, and itself; there may be none. */
  public static void all(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    FileTime before = FileTime.from(Instant.now().minusSeconds(3600));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(file -> !Files.isSymbolicLink(file)).toList()) {
        Files.setLastModifiedTime(file, before);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
