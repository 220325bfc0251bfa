package io.github.wheelmirror.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Numbers as bars in a table: read as a table by those who do not see it. */
final class BarPlot {

  private static final double FULL = 100;

  private BarPlot() {}

  /**
   * A row.
   *
   * @param label where the row is about
   * @param to where the label leads, if anywhere
   * @param parts drawn one after the other, each in its colour
   * @param words the numbers for a reader
   */
  record Bar(String label, Optional<Href> to, List<Double> parts, String words) {
    double sum() {
      return parts.stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  /**
   * Writes the figure; nothing if there is no bar.
   *
   * @param columns headings of label and words
   * @param keys names of the parts, if there are several
   */
  static void write(
      Html html, String title, List<String> columns, List<String> keys, List<Bar> bars) {
    if (bars.isEmpty()) {
      return;
    }
    double most = bars.stream().mapToDouble(Bar::sum).max().orElseThrow();
    html.open("figure").leaf("figcaption", title);
    html.open("table", "class", "bars").open("thead").open("tr");
    html.leaf("th", columns.get(0), "scope", "col");
    html.leaf("td", "");
    html.leaf("th", columns.get(1), "scope", "col").close().close().open("tbody");
    for (Bar bar : bars) {
      html.open("tr").open("th", "scope", "row").link(bar.to(), bar.label()).close();
      html.open("td", "aria-hidden", "true");
      html.open("svg", "viewBox", "0 0 100 10", "preserveAspectRatio", "none");
      double x = 0;
      for (int i = 0; i < bar.parts().size(); i++) {
        double width = most == 0 ? 0 : FULL * bar.parts().get(i) / most;
        html.empty(
            "rect",
            "class",
            "c" + i,
            "x",
            number(x),
            "y",
            "0",
            "height",
            "10",
            "width",
            number(width));
        x += width;
      }
      html.close().close().leaf("td", bar.words()).closeLine();
    }
    html.close().closeLine();
    if (!keys.isEmpty()) {
      html.open("p", "class", "legend");
      for (int i = 0; i < keys.size(); i++) {
        html.leaf("span", "", "class", "key c" + i).text(keys.get(i) + " ");
      }
      html.close();
    }
    html.closeLine();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
