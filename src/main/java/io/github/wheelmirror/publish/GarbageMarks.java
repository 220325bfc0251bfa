package io.github.wheelmirror.publish;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Since when no snapshot lists a file: what was found so once is removed by a later run, when
 * nobody who read a page before can still be on the way to it.
 */
final class GarbageMarks {

  /** A line of the file. */
  private record Mark(String path, String since) {}

  private GarbageMarks() {}

  /** The folders of the pool and of the pages that are marked, as paths of the tree. */
  static SortedMap<String, Instant> read(RegionContext region) throws IOException {
    Path file = region.at(TreeLayout.GARBAGE);
    try {
      return parse(Files.readString(file), region.name(), file.toString());
    } catch (NoSuchFileException e) {
      return new TreeMap<>();
    }
  }

  /**
   * Reads the lines.
   *
   * @param where the file, for the message
   */
  static SortedMap<String, Instant> parse(String text, String region, String where) {
    SortedMap<String, Instant> marks = new TreeMap<>();
    try {
      for (String line : text.lines().toList()) {
        Mark mark = Json.read(line.getBytes(StandardCharsets.UTF_8), Mark.class, where);
        marks.put(mark.path(), Instant.parse(mark.since()));
      }
    } catch (MirrorException | DateTimeException e) {
      throw MirrorException.machinery(
          "nothing was removed from region " + region,
          where + " cannot be read: " + e.getMessage(),
          "delete that file: the grace of all files that it names begins again",
          e);
    }
    return marks;
  }

  /** Replaces all marks; not touched if they are these already. */
  static void write(RegionContext region, WorkFolder work, SortedMap<String, Instant> marks)
      throws IOException {
    Path file = region.at(TreeLayout.GARBAGE);
    if (marks.isEmpty() && !Files.exists(file)) {
      return;
    }
    work.replace(file, bytes(marks));
  }

  /** The lines. */
  static byte[] bytes(SortedMap<String, Instant> marks) {
    StringBuilder lines = new StringBuilder();
    marks.forEach(
        (path, since) -> lines.append(Json.line(new Mark(path, since.toString()))).append('\n'));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }
}
