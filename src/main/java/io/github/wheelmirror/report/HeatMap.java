package io.github.wheelmirror.report;

import io.github.wheelmirror.constraints.TargetId;
import java.util.List;

/** Coverage of branch × target as a table: each cell leads to what is lacking there. */
final class HeatMap {

  private HeatMap() {}

  static void write(Html html, ReportIndex index) {
    List<TargetId> targets = index.report().targets();
    html.leaf(
            "p",
            "Served of the pins that each branch wants; without what is excluded or not for a target",
            "class",
            "empty")
        .text("\n");
    Frame.scrolling(html, "Coverage by branch and target");
    html.open("table", "class", "heat");
    html.open("thead");
    slugs(html, targets);
    html.open("tr").leaf("th", "branch", "scope", "col");
    targets.forEach(target -> html.leaf("th", python(target), "scope", "col"));
    html.closeLine().closeLine().open("tbody");
    for (String branch : index.branches()) {
      html.open("tr").open("th", "scope", "row");
      html.link(ReportLayout.branch(branch), branch).close();
      targets.forEach(target -> cell(html, branch, target, index.share(branch, target)));
      html.closeLine();
    }
    html.closeLine().close().closeLine();
  }

  /** A heading over the Pythons of each platform. */
  private static void slugs(Html html, List<TargetId> targets) {
    html.open("tr").leaf("td", "");
    int begin = 0;
    for (int i = 1; i <= targets.size(); i++) {
      String slug = targets.get(begin).slug();
      if (i == targets.size() || !targets.get(i).slug().equals(slug)) {
        html.leaf("th", slug, "scope", "colgroup", "colspan", Integer.toString(i - begin));
        begin = i;
      }
    }
    html.closeLine();
  }

  private static void cell(Html html, String branch, TargetId target, Share share) {
    if (share.wanted() == 0) {
      html.leaf("td", "–", "class", "h none");
      return;
    }
    html.open("td", "class", "h " + heat(share));
    Href page = ReportLayout.branch(branch);
    html.link(
        share.lacking() == 0 ? page : ReportLayout.lacking(branch, target),
        share.words(),
        "title",
        "%d of %d".formatted(share.served(), share.wanted()));
    html.leaf("small", share.served() + "/" + share.wanted()).close();
  }

  /** The class of its colour. */
  private static String heat(Share share) {
    double percent = share.percent();
    if (share.lacking() == 0) {
      return "h100";
    }
    return percent >= 99 ? "h99" : percent >= 95 ? "h95" : percent >= 75 ? "h75" : "h0";
  }

  /** {@code CPython 3.11} for {@code cp311}, as a heading. */
  static String python(TargetId target) {
    return FailureLines.python(target).replace("CPython ", "");
  }
}
