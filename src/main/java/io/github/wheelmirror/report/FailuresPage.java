package io.github.wheelmirror.report;

import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.report.MirrorReport.StateFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** {@code 1 pin}, {@code 2 pins}. */
  static String pins(int count) {
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

  /** A link for each target. */
  private void logs(Html html, FailureKind.Hit hit) {
    Map<String, List<TargetId>> logged = new LinkedHashMap<>();
    for (StateFacts state : hit.states()) {
      if (!state.log().isEmpty()) {
        logged.computeIfAbsent(state.log(), log -> new ArrayList<>()).add(state.target());
      }
    }
    String between = "";
    for (Map.Entry<String, List<TargetId>> log : logged.entrySet()) {
      html.text(between).link(logs.file(log.getKey()), index.words(log.getValue()));
      between = ", ";
    }
    if (logged.isEmpty()) {
      html.text("–");
    } else if (logged.keySet().stream().noneMatch(log -> logs.file(log).isPresent())) {
      html.text(" (not in this report)");
    }
  }

  private void cause(Html html, FailureKind.Cause cause) {
    html.open("article", "class", "failure");
    explain(html, cause.words());
    Frame.scrolling(html, "Pins with this cause");
    html.open("table", "class", "wide").open("thead").open("tr");
    for (String heading : List.of("pin", "on", "branches", "logs")) {
      html.leaf("th", heading, "scope", "col");
    }
    html.close().close().open("tbody");
    for (FailureKind.Hit hit : cause.hits()) {
      html.open("tr").open("th", "scope", "row");
      html.link(ReportLayout.pin(hit.pin()), hit.pin().name() + " " + hit.pin().version());
      html.close();
      SortedSet<String> branches = new TreeSet<>();
      hit.states().forEach(state -> branches.addAll(state.branches()));
      html.leaf("td", index.words(hit.states().stream().map(StateFacts::target).toList()));
      html.leaf("td", String.join(", ", branches)).open("td");
      logs(html, hit);
      html.close().closeLine();
    }
    html.close().close().close().closeLine();
  }
}
