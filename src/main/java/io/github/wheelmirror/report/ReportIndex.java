package io.github.wheelmirror.report;

import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.report.MirrorReport.PinFacts;
import io.github.wheelmirror.report.MirrorReport.StateFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A report's facts as its pages look them up. */
final class ReportIndex {

  private final MirrorReport report;
  private final Map<String, List<Row>> rows = new LinkedHashMap<>();
  private final Map<String, SortedMap<TargetId, Share>> shares = new LinkedHashMap<>();
  private final Map<Outcome.Wheel, WheelFile> files = new HashMap<>();
  private final Map<ProjectName, List<Past>> history = new HashMap<>();
  private final Set<ProjectName> projects = new HashSet<>();
  private final List<FailureKind> failures;

  /** A pin of a branch and its state on each target. */
  record Row(PinFacts pin, Map<TargetId, StateFacts> states) {}

  /** What a release changed of a project. */
  record Past(ReleaseFacts release, ReleaseFacts.Change change) {}

  ReportIndex(MirrorReport report) {
    this.report = report;
    report.branches().forEach(branch -> rows.put(branch.name(), new ArrayList<>()));
    report.files().forEach(file -> files.put(wheel(file), file));
    for (PinFacts pin : report.pins()) {
      projects.add(pin.pin().name());
      Map<String, Row> ofPin = new HashMap<>();
      for (StateFacts state : pin.states()) {
        for (String branch : state.branches()) {
          ofPin.computeIfAbsent(branch, b -> row(b, pin)).states().put(state.target(), state);
          shares
              .computeIfAbsent(branch, b -> new TreeMap<>())
              .merge(state.target(), state.state().share(1), Share::plus);
        }
      }
    }
    for (int i = report.releases().size() - 1; i >= 0; i--) {
      ReleaseFacts release = report.releases().get(i);
      release
          .changes()
          .forEach(
              change ->
                  history
                      .computeIfAbsent(change.project(), p -> new ArrayList<>())
                      .add(new Past(release, change)));
    }
    this.failures = FailureKind.of(report);
  }

  private Row row(String branch, PinFacts pin) {
    Row row = new Row(pin, new HashMap<>());
    rows.computeIfAbsent(branch, b -> new ArrayList<>()).add(row);
    return row;
  }

  private static Outcome.Wheel wheel(WheelFile file) {
    return new Outcome.Wheel(file.filename(), file.sha256());
  }

  MirrorReport report() {
    return report;
  }

  /** All branches, those without pins too. */
  List<String> branches() {
    return List.copyOf(rows.keySet());
  }

  /** The pins of a branch, sorted. */
  List<Row> rows(String branch) {
    return rows.getOrDefault(branch, List.of());
  }

  /** How much of each branch is served on each target. */
  Map<String, SortedMap<TargetId, Share>> shares() {
    return shares;
  }

  Share share(String branch, TargetId target) {
    SortedMap<TargetId, Share> of = shares.get(branch);
    return of == null ? Share.NONE : of.getOrDefault(target, Share.NONE);
  }

  /** All branches and targets together. */
  Share total() {
    return shares.values().stream()
        .flatMap(each -> each.values().stream())
        .reduce(Share.NONE, Share::plus);
  }

  /** The wheel that a state names, if it is known. */
  Optional<WheelFile> file(StateFacts state) {
    return state.sha256().isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(files.get(new Outcome.Wheel(state.file(), state.sha256())));
  }

  /** Where a project is told; nothing if no pin of it is known. */
  Optional<Href> place(ProjectName project) {
    return projects.contains(project)
        ? Optional.of(ReportLayout.pins(project).at(project.toString()))
        : Optional.empty();
  }

  /** {@code 3.11} where there is one platform, else with the platform. */
  String words(TargetId target) {
    boolean alone = report.targets().stream().allMatch(each -> each.slug().equals(target.slug()));
    return alone ? HeatMap.python(target) : target.toString();
  }

  /** As of each, {@code 3.11, 3.12}, sorted. */
  String words(List<TargetId> targets) {
    return String.join(
        ", ", targets.stream().distinct().sorted().map(target -> words(target)).toList());
  }

  /** The newest first. */
  List<Past> history(ProjectName project) {
    return history.getOrDefault(project, List.of());
  }

  /** What is not served, the most frequent kind first. */
  List<FailureKind> failures() {
    return failures;
  }

  /** The pins by the first letter of their project. */
  SortedMap<Character, SortedMap<ProjectName, List<PinFacts>>> letters() {
    SortedMap<Character, SortedMap<ProjectName, List<PinFacts>>> letters = new TreeMap<>();
    for (PinFacts pin : report.pins()) {
      ProjectName project = pin.pin().name();
      letters
          .computeIfAbsent(ReportLayout.letter(project), l -> new TreeMap<>())
          .computeIfAbsent(project, p -> new ArrayList<>())
          .add(pin);
    }
    return letters;
  }
}
