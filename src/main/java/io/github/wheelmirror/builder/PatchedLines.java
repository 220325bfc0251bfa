package io.github.wheelmirror.builder;

import io.github.wheelmirror.build.UnifiedDiff.Hunk;
import io.github.wheelmirror.builder.SourcePatcher.MisfitException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A file's lines and hunks on them: each must find all its lines, though perhaps at another place.
 * The nearest place counts. A character stands for a byte, so that nothing is lost.
 */
final class PatchedLines {

  private static final int SHOWN = 60;

  private final List<String> lines;
  private final List<String> result = new ArrayList<>();
  private int taken;
  private int offset;

  /**
   * The lines as they are.
   *
   * @param lines with their line ends
   */
  PatchedLines(List<String> lines) {
    this.lines = lines;
  }

  /** The lines of a text, with their line ends. */
  static List<String> split(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.add(text.substring(start, end + 1));
      start = end + 1;
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  /** Whether the hunks can be for a file that is not there yet. */
  static boolean canBegin(List<Hunk> hunks) {
    return hunks.size() == 1 && hunks.get(0).oldStart() == 0 && hunks.get(0).before().isEmpty();
  }

  /** The lines after all hunks; to be called once. */
  List<String> patched(List<Hunk> hunks) throws MisfitException {
    for (int i = 0; i < hunks.size(); i++) {
      apply(hunks.get(i), "hunk " + (i + 1) + " of " + hunks.size());
    }
    result.addAll(lines.subList(taken, lines.size()));
    return result;
  }

  private void apply(Hunk hunk, String which) throws MisfitException {
    List<String> before = hunk.before().stream().map(PatchedLines::bytes).toList();
    List<String> after = hunk.after().stream().map(PatchedLines::bytes).toList();
    int wanted = (before.isEmpty() ? hunk.oldStart() : hunk.oldStart() - 1) + offset;
    int place = place(hunk, before, wanted);
    if (place < 0) {
      throw new MisfitException(
          which
              + " (line "
              + hunk.line()
              + " of the patch) finds no place: "
              + reason(hunk, before, after, wanted));
    }
    offset += place - wanted;
    result.addAll(lines.subList(taken, place));
    result.addAll(after);
    taken = place + before.size();
  }

  private int place(Hunk hunk, List<String> before, int wanted) {
    int first = taken;
    int last = lines.size() - before.size();
    if (!hunk.hasContext()) {
      // nothing shows where it belongs but its line number
      return wanted >= first && wanted <= last && fits(before, wanted) ? wanted : -1;
    }
    if (hunk.oldStart() <= 1) {
      last = Math.min(last, 0);
    }
    if (!hunk.endsWithContext()) {
      first = Math.max(first, lines.size() - before.size());
    }
    int start = Math.max(first, Math.min(last, wanted));
    for (int away = 0; away <= last - first; away++) {
      if (start + away <= last && fits(before, start + away)) {
        return start + away;
      }
      if (start - away >= first && fits(before, start - away)) {
        return start - away;
      }
    }
    return -1;
  }

  private boolean fits(List<String> before, int place) {
    for (int i = 0; i < before.size(); i++) {
      if (!lines.get(place + i).equals(before.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** What is at the place where it should be. */
  private String reason(Hunk hunk, List<String> before, List<String> after, int wanted) {
    boolean adds = hunk.lines().stream().anyMatch(line -> line.mark() == '+');
    if (adds && starts(after, wanted)) {
      return "its new lines are there already";
    }
    for (int i = 0; i < before.size(); i++) {
      int at = wanted + i;
      if (at < 0 || at >= lines.size()) {
        return "the file ends before line " + (at + 1);
      }
      String there = lines.get(at);
      String expected = before.get(i);
      if (!there.equals(expected)) {
        String where = "line " + (at + 1) + " of the file ";
        return withoutEnd(there).equals(withoutEnd(expected))
            ? where + "has another line end (CR LF or none) than the patch"
            : where + "is '" + shown(there) + "', not '" + shown(expected) + "'";
      }
    }
    return hunk.hasContext() && !hunk.endsWithContext()
        ? "its last line is not the last one of the file"
        : "an earlier hunk changes the same lines";
  }

  private boolean starts(List<String> some, int place) {
    return place >= 0 && place + some.size() <= lines.size() && fits(some, place);
  }

  private static String withoutEnd(String line) {
    return line.replaceFirst("[\r\n]+\\z", "");
  }

  private static String shown(String line) {
    String text =
        new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
    String printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() > SHOWN ? printable.substring(0, SHOWN) + "…" : printable;
  }

  private static String bytes(String line) {
    return new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
