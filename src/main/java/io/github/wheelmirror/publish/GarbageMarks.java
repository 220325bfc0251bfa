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
    SortedMap<String, Instant> marks = new TreeMap<>();
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      return marks;
    }
    try {
      for (String line : text.lines().toList()) {
        Mark mark = Json.read(line.getBytes(StandardCharsets.UTF_8), Mark.class, file.toString());
        marks.put(mark.path(), Instant.parse(mark.since()));
      }
    } catch (MirrorException | DateTimeException e) {
      throw MirrorException.machinery(
          "nothing was removed from region " + region.name(),
          file + " cannot be read: " + e.getMessage(),
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
    StringBuilder lines = new StringBuilder();
    marks.forEach(
        (path, since) -> lines.append(Json.line(new Mark(path, since.toString()))).append('\n'));
    work.replace(file, lines.toString().getBytes(StandardCharsets.UTF_8));
  }
}
