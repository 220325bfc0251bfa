package io.github.wheelmirror.constraints;

import io.github.wheelmirror.UrlLogin;
import io.github.wheelmirror.constraints.ConstraintLine.BlankLine;
import io.github.wheelmirror.constraints.ConstraintLine.CommentLine;
import io.github.wheelmirror.constraints.ConstraintLine.IncludeLine;
import io.github.wheelmirror.constraints.ConstraintLine.NotAPin;
import io.github.wheelmirror.constraints.ConstraintLine.PinLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A constraints file with all that it includes, read as pip reads it (pip's {@code req_file.py}).
 *
 * @param path its path within the repository
 * @param lines its logical lines in order; an included file's lines follow the line that includes
 *     it, and a file that is included twice is read once
 */
public record ConstraintsFile(String path, List<ConstraintLine> lines) {

  private static final int DEEPEST = 16;

  public ConstraintsFile {
    lines = List.copyOf(lines);
  }

  /**
   * Reads a file; whatever is wrong with it becomes a line that says so.
   *
   * @param path its path within the repository
   * @param content its bytes
   * @param includes gives an included file by its path within the repository
   */
  public static ConstraintsFile parse(
      String path, byte[] content, Function<String, Optional<byte[]>> includes) {
    Reader reader = new Reader(includes);
    reader.read(path, content);
    return new ConstraintsFile(path, reader.lines);
  }

  /** The pins in order. */
  public List<PinLine> pins() {
    return lines.stream().filter(PinLine.class::isInstance).map(PinLine.class::cast).toList();
  }

  /** The lines that are neither pin, comment, blank nor a good include. */
  public List<NotAPin> refusals() {
    return lines.stream().filter(NotAPin.class::isInstance).map(NotAPin.class::cast).toList();
  }

  private static final class Reader {

    private final Function<String, Optional<byte[]>> includes;
    private final List<ConstraintLine> lines = new ArrayList<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Set<String> done = new HashSet<>();

    Reader(Function<String, Optional<byte[]>> includes) {
      this.includes = includes;
    }

    void read(String path, byte[] content) {
      open.push(path);
      try {
        for (LogicalLine line : LogicalLine.join(PythonLines.read(content))) {
          readLine(path, line);
        }
      } catch (PythonLines.UndecodableException e) {
        Location whole = new Location(path, 1);
        lines.add(
            new NotAPin(whole, countLines(content), "", NotAPinReason.UNREADABLE, e.reason()));
      }
      open.pop();
      done.add(path);
    }

    private void readLine(String path, LogicalLine line) {
      Location where = new Location(path, line.first());
      if (line.text().isEmpty()) {
        lines.add(
            line.comment()
                ? new CommentLine(where, line.count())
                : new BlankLine(where, line.count()));
        return;
      }
      if (UrlLogin.isIn(line.text())) {
        String hidden = UrlLogin.hidden(line.text());
        lines.add(new NotAPin(where, line.count(), hidden, NotAPinReason.LOGIN, ""));
        return;
      }
      ConstraintLine parsed = ConstraintParser.parse(where, line.count(), line.text());
      if (parsed instanceof IncludeLine include) {
        include(include);
      } else {
        lines.add(parsed);
      }
    }

    private void include(IncludeLine line) {
      String path = line.path();
      if (open.contains(path) || open.size() >= DEEPEST) {
        lines.add(refused(line, NotAPinReason.INCLUDE_CYCLE));
        return;
      }
      if (done.contains(path)) {
        lines.add(line);
        return;
      }
      Optional<byte[]> content = includes.apply(path);
      if (content.isEmpty()) {
        lines.add(refused(line, NotAPinReason.MISSING_INCLUDE));
        return;
      }
      lines.add(line);
      read(path, content.get());
    }

    private static NotAPin refused(IncludeLine line, NotAPinReason reason) {
      return new NotAPin(line.where(), line.physicalLines(), line.text(), reason, line.path());
    }

    /** Lines of bytes that are not text. */
    private static int countLines(byte[] content) {
      int count = 0;
      for (int i = 0; i < content.length; i++) {
        if (content[i] == '\n' || i == content.length - 1) {
          count++;
        }
      }
      return Math.max(1, count);
    }
  }
}
