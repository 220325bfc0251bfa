package io.github.wheelmirror.report;

import io.github.wheelmirror.tree.Coverage;
import io.github.wheelmirror.tree.CoverageSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The coverage of a channel as lines of text: branch × Python with the number of pins per state.
 */
public final class CoverageTable {

  /** From what is good to what wants attention; only states that occur get a column. */
  private static final List<String> ORDER =
      List.of(
          "reused",
          "mirrored",
          "built",
          "upstream",
          "not-applicable",
          "excluded",
          "unsatisfiable",
          "failed");

  private CoverageTable() {}

  /** A heading and one line per branch and Python; empty if there is no pin. */
  public static List<String> lines(Coverage coverage) {
    if (coverage.summaries().isEmpty()) {
      return List.of();
    }
    List<String> states = states(coverage);
    List<List<String>> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("branch", "python", "pins"));
    heading.addAll(states);
    rows.add(heading);
    for (CoverageSummary summary : coverage.summaries()) {
      List<String> row = new ArrayList<>(List.of(summary.branch(), summary.python()));
      int pins = summary.counts().values().stream().mapToInt(Integer::intValue).sum();
      row.add(Integer.toString(pins));
      for (String state : states) {
        int count = summary.count(state);
        row.add(count == 0 ? "-" : Integer.toString(count));
      }
      rows.add(row);
    }
    return align(rows);
  }

  private static List<String> states(Coverage coverage) {
    Map<String, Integer> totals = new TreeMap<>();
    coverage
        .summaries()
        .forEach(summary -> summary.counts().forEach((k, v) -> totals.merge(k, v, Integer::sum)));
    List<String> states = new ArrayList<>(ORDER);
    totals.keySet().stream().filter(state -> !ORDER.contains(state)).forEach(states::add);
    states.retainAll(totals.keySet());
    return states;
  }

  /** Names to the left, numbers to the right. */
  private static List<String> align(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? "" : "  ").append(i < 2 ? row.get(i) + padding : padding + row.get(i));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
