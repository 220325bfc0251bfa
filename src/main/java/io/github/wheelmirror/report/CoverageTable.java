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
    return lines(coverage.summaries());
  }

  /** A heading and one line per summary; empty if there is none. */
  public static List<String> lines(List<CoverageSummary> summaries) {
    if (summaries.isEmpty()) {
      return List.of();
    }
    List<String> states = states(summaries);
    Table table = new Table();
    List<String> heading = new ArrayList<>(List.of("branch", "python", "pins"));
    heading.addAll(states);
    table.row(heading);
    for (CoverageSummary summary : summaries) {
      List<String> row = new ArrayList<>(List.of(summary.branch(), summary.python()));
      int pins = summary.counts().values().stream().mapToInt(Integer::intValue).sum();
      row.add(Integer.toString(pins));
      for (String state : states) {
        int count = summary.count(state);
        row.add(count == 0 ? "-" : Integer.toString(count));
      }
      table.row(row);
    }
    return table.lines();
  }

  private static List<String> states(List<CoverageSummary> summaries) {
    Map<String, Integer> totals = new TreeMap<>();
    summaries.forEach(
        summary -> summary.counts().forEach((k, v) -> totals.merge(k, v, Integer::sum)));
    List<String> states = new ArrayList<>(ORDER);
    totals.keySet().stream().filter(state -> !ORDER.contains(state)).forEach(states::add);
    states.retainAll(totals.keySet());
    return states;
  }
}
