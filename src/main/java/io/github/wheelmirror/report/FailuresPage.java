package io.github.wheelmirror.report;

import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.report.MirrorReport.StateFacts;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is not served, by kind and cause, each with its fix and the pins that it hits. */
final class FailuresPage {

  private final ReportIndex index;
  private final LogLinks logs;

  FailuresPage(ReportIndex index, LogLinks logs) {
    this.index = index;
    this.logs = logs;
  }

  String html() {
    Html html = new Frame(index).begin("Failures", new Href(ReportLayout.FAILURES));
    if (index.failures().isEmpty()) {
      html.leaf("p", "Nothing failed, and upstream has everything.", "class", "empty");
    }
    for (FailureKind kind : index.failures()) {
      html.open("section", "id", kind.kind());
      html.leaf("h2", title(kind) + ": " + pins(kind.pins()));
      kind.causes().forEach(cause -> cause(html, cause));
      html.closeLine();
    }
    return Frame.end(html);
  }

  private static String pins(int count) {
    return count == 1 ? "1 pin" : count + " pins";
  }

  /** A kind as a reader sees it. */
  static String title(FailureKind kind) {
    return kind.kind().equals(FailureClass.UNKNOWN.toString())
        ? "not recognised"
        : kind.kind().replace('-', ' ');
  }

  /** Symptom, reason and fix. */
  static void explain(Html html, FailureKind.Words words) {
    html.leaf("p", words.symptom(), "class", "symptom");
    html.open("dl", "class", "cause");
    html.open("div").leaf("dt", "why").leaf("dd", words.why()).close();
    if (!words.fix().isBlank()) {
      html.open("div").leaf("dt", "fix").leaf("dd", words.fix()).close();
    }
    html.close();
  }

  private void cause(Html html, FailureKind.Cause cause) {
    html.open("article", "class", "failure");
    explain(html, cause.words());
    Frame.scrolling(html, "Pins with this cause");
    html.open("table").open("thead").open("tr");
    for (String heading : List.of("pin", "on", "branches", "log")) {
      html.leaf("th", heading, "scope", "col");
    }
    html.close().close().open("tbody");
    for (FailureKind.Hit hit : cause.hits()) {
      html.open("tr").open("th", "scope", "row");
      html.link(ReportLayout.pin(hit.pin()), hit.pin().name() + " " + hit.pin().version());
      html.close();
      SortedSet<String> targets = new TreeSet<>();
      SortedSet<String> branches = new TreeSet<>();
      for (StateFacts state : hit.states()) {
        targets.add(state.target().toString());
        branches.addAll(state.branches());
      }
      html.leaf("td", String.join(", ", targets)).leaf("td", String.join(", ", branches));
      html.open("td");
      logs.write(html, hit.logs(), false);
      html.close().closeLine();
    }
    html.close().close().close().closeLine();
  }
}
