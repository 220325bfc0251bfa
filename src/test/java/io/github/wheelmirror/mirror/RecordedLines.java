package io.github.wheelmirror.mirror;

import io.github.wheelmirror.Seen;
import io.github.wheelmirror.report.Lines;
import io.github.wheelmirror.report.NotedLines;
import io.github.wheelmirror.report.TextMirrorLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The lines that a run told, warnings marked. */
final class RecordedLines implements Lines {

  static final String WARNING = "[WARNING] ";

  private final List<String> lines = new CopyOnWriteArrayList<>();

  TextMirrorLog log() {
    return log(new Seen());
  }

  TextMirrorLog log(Seen seen) {
    return new TextMirrorLog(new NotedLines(this, seen), "");
  }

  @Override
  public void info(String line) {
    lines.add(line);
  }

  @Override
  public void warn(String line) {
    lines.add(WARNING + line);
  }

  @Override
  public void summary(String line, boolean attention) {
    lines.add((attention ? WARNING : "") + line);
  }

  List<String> all() {
    return List.copyOf(lines);
  }

  List<String> warnings() {
    return lines.stream().filter(line -> line.startsWith(WARNING)).toList();
  }

  void clear() {
    lines.clear();
  }
}
