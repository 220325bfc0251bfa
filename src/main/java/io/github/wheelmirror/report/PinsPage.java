package io.github.wheelmirror.report;

import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.report.MirrorReport.PinFacts;
import io.github.wheelmirror.report.MirrorReport.StateFacts;
import io.github.wheelmirror.report.MirrorReport.WantedAt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The pins of all projects with one first letter: who wants each, its state everywhere and why, its
 * files with their hashes, its log, and what releases changed of it.
 */
final class PinsPage {

  /** As many changes as a person looks at; all are in {@code releases.json}. */
  private static final int CHANGES = 20;

  private final ReportIndex index;
  private final LogLinks logs;

  PinsPage(ReportIndex index, LogLinks logs) {
    this.index = index;
    this.logs = logs;
  }

  /**
   * A page.
   *
   * @param projects all with this letter
   * @param letters those that have pages, each with a project of its own
   */
  String html(
      char letter,
      SortedMap<ProjectName, List<PinFacts>> projects,
      SortedMap<Character, SortedMap<ProjectName, List<PinFacts>>> letters) {
    Href self = ReportLayout.pins(projects.firstKey());
    Html html = new Frame(index).begin("Pins: " + letter, self);
    html.open("nav", "class", "letters", "aria-label", "First letters");
    letters.forEach(
        (each, of) -> {
          Href to = ReportLayout.pins(of.firstKey());
          if (each == letter) {
            html.link(to, each.toString(), "aria-current", "page");
          } else {
            html.link(to, each.toString());
          }
          html.text(" ");
        });
    html.closeLine();
    projects.forEach((project, pins) -> project(html, project, pins));
    return Frame.end(html);
  }

  private void project(Html html, ProjectName project, List<PinFacts> pins) {
    html.open("section", "class", "project", "id", project.toString());
    html.leaf("h2", project.toString());
    pins.forEach(pin -> pin(html, pin));
    history(html, project);
    html.closeLine();
  }

  private void pin(Html html, PinFacts pin) {
    html.open("article", "id", ReportLayout.id(pin.pin()));
    html.leaf("h3", pin.pin().name() + " " + pin.pin().version());
    wanted(html, pin.wanted());
    Map<StateFacts, List<StateFacts>> alike = alike(pin.states());
    html.open("ul", "class", "states");
    alike.forEach((like, states) -> state(html, like, states));
    html.closeLine();
    files(html, pin);
    html.closeLine();
  }

  /** States that differ in their targets only, together. */
  private static Map<StateFacts, List<StateFacts>> alike(List<StateFacts> states) {
    Map<StateFacts, List<StateFacts>> alike = new LinkedHashMap<>();
    for (StateFacts state : states) {
      StateFacts like =
          new StateFacts(
              states.get(0).target(),
              state.branches(),
              state.state(),
              state.file(),
              state.sha256(),
              state.words(),
              state.failure(),
              "");
      alike.computeIfAbsent(like, s -> new ArrayList<>()).add(state);
    }
    return alike;
  }

  private void wanted(Html html, List<WantedAt> wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (WantedAt each : wanted) {
      lines
          .computeIfAbsent(
              each.where() + (each.marker().isEmpty() ? "" : " where " + each.marker()),
              l -> new ArrayList<>())
          .add(each.branch());
    }
    html.open("p", "class", "wanted").text("Wanted by ");
    List<String> parts = new ArrayList<>();
    lines.forEach((line, branches) -> parts.add(String.join(", ", branches) + " (" + line + ")"));
    html.text(String.join("; ", parts)).closeLine();
  }

  private void state(Html html, StateFacts like, List<StateFacts> states) {
    html.open("li").open("div", "class", "on");
    html.leaf("span", like.state().words(), "class", "state " + BranchPage.letter(like.state()));
    html.text(" on " + index.words(states.stream().map(StateFacts::target).toList()));
    html.text(" for " + String.join(", ", like.branches())).close().open("div", "class", "why");
    String why = like.words().isEmpty() ? like.state().meaning() : like.words();
    if (!like.file().isEmpty()) {
      html.leaf("code", like.file()).text(why.isEmpty() ? "" : ": ");
    }
    html.text(why);
    if (!like.failure().isNone()) {
      FailuresPage.explain(
          html,
          new FailureKind.Words(
              like.failure().symptom(), like.failure().why(), like.failure().fix()));
    }
    logs.write(
        html,
        states.stream().map(StateFacts::log).filter(log -> !log.isEmpty()).distinct().toList(),
        like.state().isLacking());
    html.close().closeLine();
  }

  private void files(Html html, PinFacts pin) {
    Map<String, WheelFile> files = new LinkedHashMap<>();
    pin.states()
        .forEach(state -> index.file(state).ifPresent(file -> files.put(file.sha256(), file)));
    if (files.isEmpty()) {
      return;
    }
    html.open("dl", "class", "files");
    files.values().forEach(file -> file(html, file));
    html.closeLine();
  }

  private static void file(Html html, WheelFile file) {
    html.open("div").open("dt").leaf("code", file.filename());
    html.text(" " + ByteCount.words(file.size())).close();
    html.open("dd").text("sha256 ").leaf("code", file.sha256()).close();
    if (!file.requiresPython().isEmpty()) {
      html.leaf("dd", "Requires-Python " + file.requiresPython());
    }
    if (file.yanked()) {
      html.leaf("dd", ("yanked upstream " + file.yankedReason()).strip(), "class", "bad");
    }
    if (!file.uploadTime().isEmpty()) {
      html.leaf("dd", "uploaded " + file.uploadTime());
    }
    if (file.origin() instanceof Origin.Built built) {
      built(html, built);
    } else if (file.origin() instanceof Origin.Mirrored mirrored) {
      html.leaf("dd", "copied from " + mirrored.url());
    }
    html.closeLine();
  }

  private static void built(Html html, Origin.Built built) {
    html.open("dd").text("built from the sdist with sha256 ");
    html.leaf("code", built.sdistSha256());
    html.text(built.networkIsolated() ? ", without network" : ", not isolated from the network")
        .close();
    if (!built.requirements().lock().isEmpty()) {
      html.open("dd").text("build requirements of the lock ");
      html.leaf("code", built.requirements().lock()).close();
    } else if (!built.requirements().unlocked().isEmpty()) {
      html.leaf("dd", "build requirements not locked: " + built.requirements().unlocked());
    }
    if (!built.externalLibraries().isEmpty()) {
      html.leaf("dd", "needs of its host " + String.join(", ", built.externalLibraries()));
    }
    if (!built.notShared().isEmpty()) {
      html.leaf("dd", "serves fewer Pythons than its like: " + built.notShared());
    }
    built
        .missing()
        .forEach(
            missing -> {
              if (!missing.isEmpty()) {
                html.leaf(
                    "dd",
                    "lacks %d files of upstream's %s, such as %s"
                        .formatted(
                            missing.count(),
                            missing.reference(),
                            String.join(", ", missing.names())),
                    "class",
                    "bad");
              }
            });
  }

  private void history(Html html, ProjectName project) {
    List<ReportIndex.Past> past = index.history(project);
    if (past.isEmpty()) {
      return;
    }
    html.open("details").leaf("summary", "History (" + past.size() + ")");
    html.open("ul");
    for (ReportIndex.Past each : past.subList(0, Math.min(CHANGES, past.size()))) {
      ReleaseFacts release = each.release();
      html.open("li");
      html.link(ReportLayout.release(release), release.slug() + " release " + release.serial());
      html.text(", " + Frame.day(release.released()) + ", " + each.change().branch() + ": ");
      html.text(each.change().words()).close();
    }
    html.close().closeLine();
  }
}
