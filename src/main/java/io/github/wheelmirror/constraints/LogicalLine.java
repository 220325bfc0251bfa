package io.github.wheelmirror.constraints;

import io.github.wheelmirror.python.PythonText;
import java.util.ArrayList;
import java.util.List;

/**
 * Physical lines joined by {@code \} and without their comment, as pip's {@code preprocess} does.
 *
 * @param first the first physical line, counted from 1
 * @param count the number of physical lines
 * @param text what is left, stripped
 * @param comment whether a comment was taken away
 */
record LogicalLine(int first, int count, String text, boolean comment) {

  static List<LogicalLine> join(List<String> physical) {
    List<LogicalLine> lines = new ArrayList<>();
    StringBuilder joined = new StringBuilder();
    int first = 1;
    for (int i = 0; i < physical.size(); i++) {
      String line = physical.get(i);
      boolean comment = commentStart(line) == 0;
      if (line.endsWith("\\") && !comment) {
        joined.append(withoutBackslashes(line));
        continue;
      }
      // the blank keeps a comment a comment behind the line that it is joined to
      joined.append(comment ? " " : "").append(line);
      lines.add(of(first, i + 2 - first, joined.toString()));
      joined.setLength(0);
      first = i + 2;
    }
    if (first <= physical.size()) {
      lines.add(of(first, physical.size() + 1 - first, joined.toString()));
    }
    return lines;
  }

  private static LogicalLine of(int first, int count, String line) {
    int comment = commentStart(line);
    String text = comment < 0 ? line : line.substring(0, comment);
    return new LogicalLine(first, count, PythonText.strip(text), comment >= 0);
  }

  /** Where {@code (^|\s+)#} first matches, or -1. */
  private static int commentStart(String line) {
    for (int i = line.indexOf('#'); i >= 0; i = line.indexOf('#', i + 1)) {
      int start = i;
      while (start > 0 && PythonText.isSpace(line.charAt(start - 1))) {
        start--;
      }
      if (i == 0 || start < i) {
        return start;
      }
    }
    return -1;
  }

  /** {@code str.strip("\\")}: at both ends, as pip does. */
  private static String withoutBackslashes(String line) {
    int from = 0;
    int to = line.length();
    while (from < to && line.charAt(from) == '\\') {
      from++;
    }
    while (to > from && line.charAt(to - 1) == '\\') {
      to--;
    }
    return line.substring(from, to);
  }
}
