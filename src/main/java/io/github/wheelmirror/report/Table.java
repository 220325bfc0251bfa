package io.github.wheelmirror.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of text whose columns are aligned: the first ones to the left, numbers to the right. */
final class Table {

  private final int leftColumns;
  private final List<List<String>> rows = new ArrayList<>();

  /** Two columns of text, then numbers. */
  Table() {
    this(2);
  }

  /** So many columns of text, then numbers. */
  Table(int leftColumns) {
    this.leftColumns = leftColumns;
  }

  void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  List<String> lines() {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        if (widths.size() <= i) {
          widths.add(0);
        }
        widths.set(i, Math.max(widths.get(i), row.get(i).length()));
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String padding = " ".repeat(widths.get(i) - row.get(i).length());
        line.append(i == 0 ? "" : "  ");
        line.append(i < leftColumns ? row.get(i) + padding : padding + row.get(i));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
