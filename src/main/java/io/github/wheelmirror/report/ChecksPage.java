package io.github.wheelmirror.report;

import io.github.wheelmirror.tree.ClosureRun;
import io.github.wheelmirror.tree.Problem;
import io.github.wheelmirror.tree.SampleRun;
import io.github.wheelmirror.tree.Severity;
import io.github.wheelmirror.tree.VerifiedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code verify} found in what is staged, and what real installers made of it. */
final class ChecksPage {

  /** As many of one code as are listed; all are in {@code report.json}. */
  private static final int OF_ONE_CODE = 200;

  private final ReportIndex index;

  ChecksPage(ReportIndex index) {
    this.index = index;
  }

  /** How many findings a person should look at. */
  static int worthALook(MirrorReport report) {
    return (int)
        report.verified().stream()
            .flatMap(channel -> channel.problems().stream())
            .filter(
                each -> each.severity() == Severity.ERROR || each.severity() == Severity.WARNING)
            .count();
  }

  String html() {
    Html html = new Frame(index).begin("Checks", new Href(ReportLayout.CHECKS));
    if (index.report().verified().isEmpty()) {
      html.leaf("p", "Nothing was verified here yet.", "class", "empty");
    }
    for (VerifiedChannel channel : index.report().verified()) {
      html.open("section").leaf("h2", channel.slug());
      html.open("p").text("snapshot ");
      Frame.digest(html, channel.snapshot());
      html.text(" ");
      html.leaf(
              "span",
              channel.releasable() ? "may be released" : "may not be released",
              "class",
              channel.releasable() ? "good" : "bad")
          .closeLine();
      problems(html, channel.problems());
      clients(html, channel.clients());
      samples(html, channel.samples());
      html.closeLine();
    }
    return Frame.end(html);
  }

  private static void problems(Html html, List<Problem> problems) {
    if (problems.isEmpty()) {
      html.leaf("p", "Nothing was found.", "class", "empty");
      return;
    }
    Map<Severity, Map<String, List<Problem>>> groups = new TreeMap<>();
    for (Problem problem : problems) {
      groups
          .computeIfAbsent(problem.severity(), s -> new TreeMap<>())
          .computeIfAbsent(problem.code(), c -> new ArrayList<>())
          .add(problem);
    }
    groups.forEach(
        (severity, codes) -> codes.forEach((code, list) -> group(html, severity, code, list)));
  }

  private static void group(Html html, Severity severity, String code, List<Problem> problems) {
    boolean open = severity == Severity.ERROR || severity == Severity.WARNING;
    if (open) {
      html.open("details", "open", "open");
    } else {
      html.open("details");
    }
    html.open("summary").leaf("span", severity.toString(), "class", "severity " + severity);
    html.text(" " + code + ": " + problems.size()).close();
    Frame.scrolling(html, code);
    html.open("table", "class", "wide").open("thead").open("tr");
    for (String heading : List.of("where", "what", "fix")) {
      html.leaf("th", heading, "scope", "col");
    }
    html.close().close().open("tbody");
    for (Problem problem : problems.subList(0, Math.min(OF_ONE_CODE, problems.size()))) {
      html.open("tr").leaf("td", problem.where()).leaf("td", problem.words());
      html.leaf(
              "td",
              problem.accepted().isEmpty() ? problem.fix() : "accepted: " + problem.accepted())
          .closeLine();
    }
    html.close().close().close();
    if (problems.size() > OF_ONE_CODE) {
      html.leaf("p", "and %d more".formatted(problems.size() - OF_ONE_CODE));
    }
    html.closeLine();
  }

  private static void clients(Html html, List<ClosureRun> runs) {
    if (runs.isEmpty()) {
      return;
    }
    html.leaf("h3", "What installers take");
    heading(html, "What installers take", List.of("branch", "Python", "client", "state", "pins"));
    for (ClosureRun run : runs) {
      html.open("tr").leaf("th", run.branch(), "scope", "row").leaf("td", run.python());
      html.leaf("td", run.client());
      state(html, run.state().toString(), run.state() == ClosureRun.State.SAME, run.words());
      html.leaf("td", "%d, %d with what they require".formatted(run.pins(), run.closed()))
          .closeLine();
    }
    html.close().close().closeLine();
  }

  private static void samples(Html html, List<SampleRun> runs) {
    if (runs.isEmpty()) {
      return;
    }
    html.leaf("h3", "What was installed");
    heading(html, "What was installed", List.of("branch", "Python", "client", "state", "sample"));
    for (SampleRun run : runs) {
      html.open("tr").leaf("th", run.branch(), "scope", "row").leaf("td", run.python());
      html.leaf("td", run.client());
      state(html, run.state().toString(), run.state() == SampleRun.State.INSTALLED, run.words());
      html.leaf(
              "td",
              String.join(", ", run.pins().stream().map(Object::toString).toList())
                  + ": "
                  + run.tried())
          .closeLine();
    }
    html.close().close().closeLine();
  }

  private static void heading(Html html, String label, List<String> columns) {
    Frame.scrolling(html, label);
    html.open("table", "class", "wide").open("thead").open("tr");
    columns.forEach(column -> html.leaf("th", column, "scope", "col"));
    html.close().close().open("tbody");
  }

  private static void state(Html html, String state, boolean good, String words) {
    html.open("td").leaf("span", state.replace('-', ' '), "class", good ? "good" : "bad");
    html.text(words.isEmpty() ? "" : ": " + words).close();
  }
}
