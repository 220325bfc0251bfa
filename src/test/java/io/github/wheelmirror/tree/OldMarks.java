package io.github.wheelmirror.tree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** Lets time go by for files whose time is their last use. */
public final class OldMarks {

  private OldMarks() {}

  /** Sets back the times of all files in the folder. */
  public static void age(Path folder, Duration age) {
    FileTime time = FileTime.from(Instant.now().minus(age));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.setLastModifiedTime(file, time);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
