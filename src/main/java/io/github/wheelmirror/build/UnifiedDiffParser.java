package io.github.wheelmirror.build;

import io.github.wheelmirror.build.UnifiedDiff.FileDiff;
import io.github.wheelmirror.build.UnifiedDiff.Hunk;
import io.github.wheelmirror.build.UnifiedDiff.Kind;
import io.github.wheelmirror.build.UnifiedDiff.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@link UnifiedDiff}; strictly, but for the words that may stand around it. */
final class UnifiedDiffParser {

  private static final String GIT = "diff --git ";
  private static final String NOWHERE = "/dev/null";
  private static final Pattern HUNK =
      Pattern.compile("@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@.*");
  private static final Pattern MODE =
      Pattern.compile("(old|new|new file|deleted file) mode (\\d{6})");

  private final String[] lines;
  private int at;

  UnifiedDiffParser(String text) {
    this.lines =
        (text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1);
  }

  List<FileDiff> parse() {
    List<FileDiff> files = new ArrayList<>();
    while (at < lines.length) {
      String line = header();
      if (line.startsWith(GIT)) {
        files.add(git(line.substring(GIT.length())));
      } else if (line.startsWith("--- ") && next().startsWith("+++ ")) {
        files.add(file(Kind.CHANGE, Optional.empty()));
      } else if (line.startsWith("Binary files ")) {
        throw wrong("it changes a binary file, which a patch cannot do here");
      } else if (HUNK.matcher(line).matches()) {
        throw wrong("a hunk without the file that it is for");
      } else {
        at++;
      }
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("it has no change in the form of diff -u or git diff");
    }
    return files;
  }

  /** The line here, as it would be without a carriage return at its end. */
  private String header() {
    String line = at < lines.length ? lines[at] : "";
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private String next() {
    return at + 1 < lines.length ? lines[at + 1] : "";
  }

  private FileDiff git(String names) {
    int start = at;
    Kind kind = Kind.CHANGE;
    Optional<Boolean> executable = Optional.empty();
    for (at++; at < lines.length; at++) {
      String line = header();
      Matcher mode = MODE.matcher(line);
      if (mode.matches()) {
        checkPlain(mode.group(2));
        kind = kind(mode.group(1), kind);
        if (mode.group(1).startsWith("new")) {
          executable = Optional.of(mode.group(2).equals("100755"));
        }
      } else if (line.startsWith("rename ") || line.startsWith("copy ")) {
        throw wrong("it renames or copies a file; make it with git diff --no-renames");
      } else if (line.startsWith("GIT binary patch") || line.startsWith("Binary files ")) {
        throw wrong("it changes a binary file, which a patch cannot do here");
      } else if (line.startsWith("--- ") && next().startsWith("+++ ")) {
        return file(kind, executable);
      } else if (!line.startsWith("index ") && !line.startsWith("similarity index ")) {
        break;
      }
    }
    if (kind == Kind.CHANGE && executable.isEmpty()) {
      at = start;
      throw wrong("a file without a change");
    }
    return new FileDiff(kind, twice(names, start), executable, List.of());
  }

  private static Kind kind(String mode, Kind otherwise) {
    return mode.equals("new file")
        ? Kind.CREATE
        : mode.equals("deleted file") ? Kind.DELETE : otherwise;
  }

  private void checkPlain(String mode) {
    if (!mode.startsWith("100")) {
      throw wrong("it makes or changes something that is no plain file, such as a link");
    }
  }

  /** The path in {@code a/path b/path}. */
  private String twice(String names, int where) {
    int length = (names.length() - 1) / 2;
    String old = names.substring(0, Math.max(0, length));
    String now = names.substring(Math.min(names.length(), length + 1));
    at = where;
    String path = path(old);
    if (!path.equals(path(now))) {
      throw wrong("two names for one file");
    }
    skipHeader();
    return path;
  }

  private void skipHeader() {
    at++;
    while (at < lines.length
        && (MODE.matcher(header()).matches() || header().startsWith("index "))) {
      at++;
    }
  }

  private FileDiff file(Kind said, Optional<Boolean> executable) {
    String old = name(header());
    boolean creates = old.equals(NOWHERE);
    String oldPath = creates ? "" : path(old);
    at++;
    String now = name(header());
    boolean deletes = now.equals(NOWHERE);
    if (creates && deletes) {
      throw wrong("neither an old nor a new file");
    }
    String path = deletes ? oldPath : path(now);
    at++;
    List<Hunk> hunks = new ArrayList<>();
    Matcher head = HUNK.matcher(header());
    while (at < lines.length && head.matches()) {
      hunks.add(hunk(head));
      head = HUNK.matcher(header());
    }
    if (hunks.isEmpty()) {
      throw wrong("a hunk like @@ -1,2 +1,3 @@ should be here");
    }
    Kind kind = creates ? Kind.CREATE : deletes ? Kind.DELETE : said;
    return new FileDiff(kind, path, executable, hunks);
  }

  /** What stands behind {@code ---} or {@code +++}, without a time. */
  private String name(String line) {
    String name = line.substring("--- ".length());
    int tab = name.indexOf('\t');
    return tab < 0 ? name : name.substring(0, tab);
  }

  /** Without its first part, which is {@code a} or {@code b} for Git. */
  private String path(String name) {
    if (name.startsWith("\"")) {
      throw wrong("a quoted name; make it with git -c core.quotePath=false diff");
    }
    int slash = name.indexOf('/');
    String path = name.substring(slash + 1);
    if (slash <= 0 || path.isEmpty()) {
      throw wrong("'" + name + "' does not begin with a folder to leave out, as a/setup.py does");
    }
    for (String part : path.split("/", -1)) {
      boolean strange = part.chars().anyMatch(c -> c < ' ' || c == '\\');
      if (part.isEmpty() || part.equals(".") || part.equals("..") || strange) {
        throw wrong("'" + name + "' is no path inside of the source");
      }
    }
    return path;
  }

  private Hunk hunk(Matcher head) {
    int start = at + 1;
    int oldStart = Integer.parseInt(head.group(1));
    int oldLeft = count(head.group(2));
    int newLeft = count(head.group(4));
    if (oldLeft > 0 && oldStart == 0) {
      throw wrong("there is no line 0");
    }
    List<Line> hunk = new ArrayList<>();
    at++;
    while (oldLeft > 0 || newLeft > 0 || isEndMark()) {
      if (at >= lines.length) {
        throw wrong("the patch ends in the middle of a hunk");
      }
      if (isEndMark()) {
        withoutEnd(hunk);
      } else {
        Line line = line();
        oldLeft -= line.mark() == '+' ? 0 : 1;
        newLeft -= line.mark() == '-' ? 0 : 1;
        if (oldLeft < 0 || newLeft < 0) {
          throw wrong("the hunk has other lines than its @@ line says");
        }
        hunk.add(line);
      }
      at++;
    }
    checkEnd();
    return new Hunk(start, oldStart, hunk);
  }

  private static int count(@org.jspecify.annotations.Nullable String text) {
    return text == null ? 1 : Integer.parseInt(text);
  }

  /** {@code \ No newline at end of file}, in any language. */
  private boolean isEndMark() {
    return at < lines.length && lines[at].startsWith("\\ ");
  }

  private void withoutEnd(List<Line> hunk) {
    if (hunk.isEmpty()) {
      throw wrong("no line before this mark");
    }
    Line last = hunk.remove(hunk.size() - 1);
    String text = last.text();
    hunk.add(
        new Line(last.mark(), text.endsWith("\n") ? text.substring(0, text.length() - 1) : text));
  }

  private Line line() {
    String line = lines[at];
    if (line.isEmpty()) {
      // an editor or a mail took the blank away
      return new Line(' ', "\n");
    }
    char mark = line.charAt(0);
    if (mark != ' ' && mark != '-' && mark != '+') {
      throw wrong("a line of a hunk begins with a blank, - or +");
    }
    return new Line(mark, line.substring(1) + "\n");
  }

  /** A line too much would be taken for words around the patch. */
  private void checkEnd() {
    String line = header();
    boolean more = line.startsWith("+") || line.startsWith(" ") || line.startsWith("-");
    if (more && !line.startsWith("--- ") && !line.equals("-- ") && !line.equals("--")) {
      throw wrong("the hunk has more lines than its @@ line says");
    }
  }

  private IllegalArgumentException wrong(String reason) {
    return new IllegalArgumentException(
        "line " + (Math.min(at, lines.length - 1) + 1) + ": " + reason);
  }
}
