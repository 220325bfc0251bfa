package io.github.wheelmirror.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ends of builds' logs that a report has, and links to them. */
final class LogLinks {

  /** As many lines as are read without opening the log. */
  private static final int LINES = 12;

  private final Map<String, String> logs;

  /**
   * Of these.
   *
   * @param logs texts by their paths in the workspace
   */
  LogLinks(Map<String, String> logs) {
    this.logs = Map.copyOf(logs);
  }

  /** Where a log is in the report, if it is. */
  Optional<Href> file(String path) {
    return logs.containsKey(path)
        ? ReportLayout.log(path).map(ReportLayout::file)
        : Optional.empty();
  }

  /**
   * Writes links to those that there are.
   *
   * @param shown whether the last lines of the first one are shown too
   */
  void write(Html html, List<String> paths, boolean shown) {
    for (String path : paths) {
      String text = logs.get(path);
      Optional<Href> file = file(path);
      if (text == null || file.isEmpty()) {
        html.leaf("p", "log: " + path + " (not in this report)", "class", "log");
        continue;
      }
      html.open("p", "class", "log").text("log: ");
      html.link(file.get(), path).close();
      if (shown && path.equals(paths.get(0))) {
        html.open("details").leaf("summary", "Its last lines");
        html.leaf("pre", last(text), "tabindex", "0", "aria-label", "Last lines of " + path);
        html.close();
      }
    }
  }

  private static String last(String text) {
    List<String> lines = text.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }
}
