package io.github.wheelmirror.report;

import io.github.wheelmirror.constraints.RefusedLine;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.report.MirrorReport.BranchFacts;
import io.github.wheelmirror.report.MirrorReport.StateFacts;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The pins of a branch: a table that everybody can read, which the script makes filter and sort.
 * Its rows are as small as they can be, for there may be thousands.
 */
final class BranchPage {

  private final ReportIndex index;
  private final String branch;

  BranchPage(ReportIndex index, String branch) {
    this.index = index;
    this.branch = branch;
  }

  String html() {
    Html html = new Frame(index).begin(branch, ReportLayout.branch(branch));
    facts().ifPresent(facts -> about(html, facts));
    List<ReportIndex.Row> rows = index.rows(branch);
    if (rows.isEmpty()) {
      html.leaf("p", "No pin of this branch is known.", "class", "empty");
      return Frame.end(html);
    }
    filter(html, rows);
    table(html, rows);
    return Frame.end(html);
  }

  private Optional<BranchFacts> facts() {
    return index.report().branches().stream()
        .filter(each -> each.name().equals(branch))
        .findFirst();
  }

  private static void about(Html html, BranchFacts facts) {
    html.open("p", "class", "about");
    html.text(facts.status().replace('-', ' '));
    if (!facts.state().isEmpty()) {
      html.text(" · " + facts.state().replace('-', ' '));
    }
    if (!facts.commit().isEmpty()) {
      html.text(" · commit ");
      Frame.digest(html, facts.commit());
    }
    html.closeLine();
    if (!facts.reasons().isEmpty()) {
      html.open("ul", "class", "reasons");
      facts.reasons().forEach(reason -> html.leaf("li", reason));
      html.closeLine();
    }
    if (facts.refused().isEmpty()) {
      return;
    }
    html.leaf("h2", "Lines that are no pins");
    Frame.scrolling(html, "Lines that are no pins");
    html.open("table").open("thead").open("tr");
    for (String heading : List.of("where", "line", "why it is no pin")) {
      html.leaf("th", heading, "scope", "col");
    }
    html.close().close().open("tbody");
    for (RefusedLine line : facts.refused()) {
      html.open("tr").leaf("td", line.where()).open("td").leaf("code", line.text()).close();
      html.leaf("td", line.reason()).closeLine();
    }
    html.close().close().closeLine();
    html.leaf("h2", "Pins");
  }

  /** Hidden until the script is there to use it. */
  private void filter(Html html, List<ReportIndex.Row> rows) {
    html.open("form", "class", "filter", "hidden", "hidden", "role", "search");
    html.open("label").text("Filter ");
    html.empty(
        "input",
        "type",
        "search",
        "name",
        "text",
        "autocomplete",
        "off",
        "placeholder",
        "name or version");
    html.close();
    html.open("label").text("State ").open("select", "name", "state");
    html.leaf("option", "any", "value", "");
    html.leaf("option", "lacking", "value", "lacking");
    SortedSet<PinState> states = new TreeSet<>();
    rows.forEach(row -> row.states().values().forEach(each -> states.add(each.state())));
    states.forEach(state -> html.leaf("option", state.words(), "value", state.words()));
    html.close().close();
    html.open("label").text("on ").open("select", "name", "target");
    html.leaf("option", "any target", "value", "");
    for (TargetId target : index.report().targets()) {
      html.leaf("option", target.toString(), "value", target.toString());
    }
    html.close().close();
    html.leaf("button", "Clear", "type", "reset");
    html.leaf("output", rows.size() + " pins", "role", "status");
    html.closeLine();
  }

  private void table(Html html, List<ReportIndex.Row> rows) {
    List<TargetId> targets = index.report().targets();
    Frame.scrolling(html, "Pins of " + branch);
    html.open("table", "class", "pins", "data-sort", "");
    html.open("thead").open("tr");
    html.leaf("th", "project", "scope", "col");
    html.leaf("th", "version", "scope", "col", "data-kind", "version");
    for (TargetId target : targets) {
      html.leaf("th", index.words(target), "scope", "col", "data-target", target.toString());
    }
    html.closeLine().close().open("tbody");
    rows.forEach(row -> row(html, row, targets));
    html.close().close().closeLine();
  }

  private void row(Html html, ReportIndex.Row row, List<TargetId> targets) {
    html.open("tr").open("th", "scope", "row");
    html.link(ReportLayout.pin(row.pin().pin()), row.pin().pin().name().toString()).close();
    html.leaf("td", row.pin().pin().version().toString());
    for (TargetId target : targets) {
      StateFacts state = row.states().get(target);
      if (state == null) {
        html.leaf("td", "–");
      } else {
        html.leaf("td", state.state().words(), "class", letter(state.state()));
      }
    }
    html.closeLine();
  }

  /** One letter, for it stands in each of thousands of cells. */
  static String letter(PinState state) {
    if (state.isLacking()) {
      return state == PinState.FAILED ? "f" : "u";
    }
    return switch (state) {
      case BUILT, REUSED -> "b";
      case MIRRORED, UPSTREAM -> "m";
      case REUSE, MIRROR, BUILD, WANTED -> "p";
      default -> "x";
    };
  }
}
