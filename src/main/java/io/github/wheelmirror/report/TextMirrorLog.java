package io.github.wheelmirror.report;

import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.PlanSummary;
import io.github.wheelmirror.build.PlannedBranch;
import io.github.wheelmirror.build.Rebuilt;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.RefDecision;
import io.github.wheelmirror.constraints.RefusedLine;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.ResolvedBranch;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.UnconstrainedProjects;
import io.github.wheelmirror.selection.ComparedBranch;
import io.github.wheelmirror.selection.ExplainedTarget;
import io.github.wheelmirror.tree.ClosureRun;
import io.github.wheelmirror.tree.Problem;
import io.github.wheelmirror.tree.Pruned;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.ReleaseOutcome;
import io.github.wheelmirror.tree.SampleRun;
import io.github.wheelmirror.tree.Severity;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.SnapshotDifference;
import io.github.wheelmirror.tree.Store;
import io.github.wheelmirror.tree.VerifiedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells the facts as lines of text, the same on a terminal and in a CI log. */
public final class TextMirrorLog implements MirrorLog {

  /** So many refs with one reason are listed by name; more are counted. */
  private static final int LISTED_REFS = 8;

  /** So many members that differ are listed; all are in the report. */
  private static final int LISTED_MEMBERS = 5;

  private static final int LISTED_PROBLEMS = 10;

  private final Lines lines;
  private final String logs;
  private final LiveArea area;

  /**
   * A log.
   *
   * @param logs what stands before a log path that is relative to the workspace, like {@code
   *     target/wheel-mirror/}
   */
  public TextMirrorLog(Lines lines, String logs) {
    this(lines, logs, LiveArea.NONE);
  }

  /**
   * As the other, with an area of a terminal that tells what runs.
   *
   * @param area is taken away for each line
   */
  public TextMirrorLog(Lines lines, String logs, LiveArea area) {
    this.lines = new PrintableLines(area.isLive() ? new LinesAbove(area, lines) : lines);
    this.logs = logs;
    this.area = area;
  }

  @Override
  public void begins(String stage) {
    lines.info("-- " + stage);
  }

  @Override
  public void unchanged(String stage, String why) {
    lines.info(stage + ": " + why);
  }

  @Override
  public void resolved(Resolution resolution) {
    lines.info("constraints " + resolution.source() + " " + resolution.file());
    for (Target target : resolution.targets()) {
      lines.info(
          String.format(
              Locale.ROOT,
              "  target %s: CPython %s, %s",
              target.id(),
              target.fullVersion(),
              target.libc()));
    }
    for (ResolvedBranch branch : resolution.branches()) {
      branch(branch);
    }
    Map<String, List<String>> out = new LinkedHashMap<>();
    for (RefDecision ref : resolution.refs()) {
      if (!ref.selected()) {
        out.computeIfAbsent(ref.reason(), r -> new ArrayList<>()).add(ref.ref());
      }
    }
    out.forEach(
        (reason, refs) ->
            lines.info(
                "  out  "
                    + (refs.size() > LISTED_REFS
                        ? refs.size() + " refs (listed in resolution.json)"
                        : String.join(", ", refs))
                    + ": "
                    + reason));
    for (UnconstrainedProjects free : resolution.unconstrained()) {
      lines.info(
          String.format(
              Locale.ROOT,
              "  unconstrained on %s of %s: %s",
              free.target(),
              free.branch(),
              String.join(", ", free.projects())));
    }
  }

  private void branch(ResolvedBranch branch) {
    String commit = branch.commit().substring(0, Math.min(10, branch.commit().length()));
    String head = branch.name() + " at " + commit + ": ";
    switch (branch.state()) {
      case RESOLVED -> lines.info("  in   " + head + branch.constraints().size() + " lines");
      case NO_FILE -> lines.info("  in   " + head + "no constraints file, nothing to do");
      case NO_PINS -> lines.warn("  in   " + head + "the file has no pins");
      case HELD -> lines.warn("  held " + head + "its constraints cannot be used");
    }
    if (branch.refused().isEmpty()) {
      branch.reasons().forEach(reason -> lines.warn("         " + reason));
    }
    for (RefusedLine refused : branch.refused()) {
      lines.warn(
          String.format(
              Locale.ROOT,
              "         %s: %s: %s",
              refused.where(),
              refused.text(),
              refused.reason()));
    }
  }

  @Override
  public void planned(BuildPlan plan, int pages) {
    plan.warnings().forEach(lines::warn);
    plan.branches().forEach(branch -> held(branch, plan.bases().size()));
    PlanSummary summary = PlanSummary.of(plan);
    Table table = new Table();
    List<String> labels =
        PlanSummary.LABELS.stream().filter(label -> summary.total(label) > 0).toList();
    List<String> header = new ArrayList<>(List.of("branch", "target", "pins"));
    header.addAll(labels);
    table.row(header);
    for (PlanSummary.Row row : summary.rows()) {
      List<String> cells = new ArrayList<>();
      cells.add(row.branch());
      cells.add(row.target().toString());
      cells.add(String.valueOf(row.pins()));
      labels.forEach(label -> cells.add(String.valueOf(row.count(label))));
      table.row(cells);
    }
    table.lines().forEach(line -> lines.info("  " + line));
    lines.info(
        String.format(
            Locale.ROOT,
            "  %d project pages, %d downloads (%s), %d builds",
            pages,
            summary.downloads(),
            ByteCount.words(summary.downloadBytes()),
            summary.builds()));
    if (summary.overridden() > 0) {
      List<String> kinds = new ArrayList<>();
      summary.overrides().forEach((kind, count) -> kinds.add(kind + " " + count));
      lines.info("  overrides of " + summary.overridden() + " pins: " + String.join(", ", kinds));
    }
  }

  /** The last reasons of a held branch say what becomes of its pins, one for each channel. */
  private void held(PlannedBranch branch, int channels) {
    if (branch.state() == BranchState.HELD) {
      List<String> reasons = branch.reasons();
      reasons
          .subList(Math.max(0, reasons.size() - channels), reasons.size())
          .forEach(reason -> lines.warn("  held " + branch.name() + ": " + reason));
    }
  }

  @Override
  public void finished(int done, int total, String item, String result, Duration took) {
    lines.info(
        String.format(
            Locale.ROOT, "  [%d/%d] %s: %s (%s)", done, total, item, result, seconds(took)));
  }

  @Override
  public void waiting(int done, int total, List<String> running, Duration left) {
    lines.info(
        String.format(
            Locale.ROOT,
            "  [%d/%d] still at %s%s",
            done,
            total,
            String.join(", ", running),
            left.isZero() ? "" : ", about " + About.time(left) + " left"));
  }

  @Override
  public boolean isLive() {
    return area.isLive();
  }

  @Override
  public void running(WorkState state) {
    area.show(state.running().isEmpty() ? List.of() : WorkLines.live(state));
  }

  @Override
  public void did(WorkTally tally, String next) {
    lines.summary(WorkLines.tally(tally), false);
    if (!next.isEmpty()) {
      lines.info("  next: " + next);
    }
  }

  @Override
  public void built(BuildReport report, String nextCommand) {
    FailureLines.of(report, logs, nextCommand).forEach(lines::warn);
    unshared(report.files());
    rebuilt(report.rebuilt());
  }

  /** What costs more builds than its like. */
  private void unshared(List<WheelFile> files) {
    List<String> reasons = new ArrayList<>();
    for (WheelFile file : files) {
      if (file.origin() instanceof Origin.Built built && !built.notShared().isEmpty()) {
        reasons.add(
            "    %s serves %s only: %s"
                .formatted(file.filename(), String.join(", ", built.pythons()), built.notShared()));
      }
    }
    if (!reasons.isEmpty()) {
      lines.info("  built once for each Python although pure, as its metadata is computed:");
      reasons.forEach(lines::info);
    }
  }

  private void rebuilt(List<Rebuilt> rebuilt) {
    if (rebuilt.isEmpty()) {
      return;
    }
    long identical = rebuilt.stream().filter(Rebuilt::identical).count();
    lines.info(
        String.format(
            Locale.ROOT,
            "  %d of %d wheels that were built twice are the same byte for byte",
            identical,
            rebuilt.size()));
    for (Rebuilt one : rebuilt) {
      if (!one.identical()) {
        List<String> shown =
            one.differences().subList(0, Math.min(LISTED_MEMBERS, one.differences().size()));
        int more = one.differences().size() - shown.size();
        lines.warn(
            "  "
                + one.filename()
                + " differs: "
                + String.join(", ", shown)
                + (more > 0 ? " and " + more + " more" : ""));
      }
    }
  }

  @Override
  public void staged(Snapshot snapshot) {
    lines.info(
        String.format(
            Locale.ROOT,
            "  snapshot %s of %s: %d files, %d projects",
            snapshot.id(),
            snapshot.slug(),
            snapshot.manifest().files().size(),
            snapshot.manifest().pages().size()));
  }

  @Override
  public void verified(VerifiedChannel channel) {
    CoverageTable.lines(channel.coverage()).forEach(line -> lines.info("  " + line));
    clients(channel.clients());
    samples(channel.samples());
    problems(channel.problems());
    lines.info(
        String.format(
            Locale.ROOT,
            "  %s of %s is %s",
            channel.snapshot(),
            channel.slug(),
            channel.releasable() ? "verified" : "not releasable"));
  }

  /** Those of one kind one after another, not more than a person reads of each. */
  private void problems(List<Problem> problems) {
    Map<String, List<Problem>> kinds = new LinkedHashMap<>();
    for (Problem problem : problems) {
      String kind = problem.severity() + problem.code();
      kinds.computeIfAbsent(kind, each -> new ArrayList<>()).add(problem);
    }
    for (List<Problem> alike : kinds.values()) {
      if (alike.get(0).severity() == Severity.INFO) {
        known(alike);
        continue;
      }
      boolean blocks = alike.get(0).severity() == Severity.ERROR;
      int shown = blocks ? alike.size() : Math.min(LISTED_PROBLEMS, alike.size());
      for (Problem problem : alike.subList(0, shown)) {
        lines.warn(
            String.format(
                Locale.ROOT,
                "  %s%s: %s",
                blocks ? "blocks: " : "",
                problem.where(),
                problem.words()));
      }
      if (shown < alike.size()) {
        lines.warn("  and " + (alike.size() - shown) + " more like these, see verification.json");
      }
    }
  }

  /** What needs nobody: how many, and what a person said of those that a person accepted. */
  private void known(List<Problem> alike) {
    List<Problem> accepted = alike.stream().filter(each -> !each.accepted().isEmpty()).toList();
    for (Problem problem : accepted.subList(0, Math.min(LISTED_PROBLEMS, accepted.size()))) {
      lines.info(
          String.format(
              Locale.ROOT,
              "  accepted: %s: %s: %s",
              problem.where(),
              problem.words(),
              problem.accepted()));
    }
    int untold = alike.size() - Math.min(LISTED_PROBLEMS, accepted.size());
    if (untold > 0) {
      lines.info(
          String.format(
              Locale.ROOT,
              "  %d × %s, of no consequence: see verification.json",
              untold,
              alike.get(0).code()));
    }
  }

  private void clients(List<ClosureRun> runs) {
    Map<String, Integer> asked = new TreeMap<>();
    Map<String, Integer> same = new TreeMap<>();
    Map<String, TreeSet<String>> notChecked = new TreeMap<>();
    for (ClosureRun run : runs) {
      if (run.state() == ClosureRun.State.NOT_CHECKED) {
        notChecked
            .computeIfAbsent(run.client() + " was not asked: " + run.words(), k -> new TreeSet<>())
            .add(run.python());
      } else {
        asked.merge(run.client(), 1, Integer::sum);
        same.merge(run.client(), run.state() == ClosureRun.State.SAME ? 1 : 0, Integer::sum);
      }
    }
    asked.forEach(
        (client, count) ->
            lines.info(
                String.format(
                    Locale.ROOT,
                    "  %s takes the files of the manifest in %d of %d tries, one a branch and Python",
                    client,
                    same.getOrDefault(client, 0),
                    count)));
    notChecked.forEach(
        (words, pythons) -> lines.info("  " + words + " (" + String.join(", ", pythons) + ")"));
  }

  @Override
  public void ended(ReleaseOutcome outcome) {
    List<ReleaseOutcome.ChannelOutcome> channels = outcome.channels();
    String line =
        String.format(
            Locale.ROOT,
            "wheel-mirror outcome=%s channels=%d released=%d verified=%d blocked=%d"
                + " held-branches=%d errors=%d warnings=%d not-checked=%d",
            outcome.outcome(),
            channels.size(),
            outcome.count(ReleaseOutcome.State.RELEASED),
            outcome.count(ReleaseOutcome.State.VERIFIED),
            outcome.count(ReleaseOutcome.State.BLOCKED),
            outcome.heldBranches().size(),
            channels.stream().mapToInt(ReleaseOutcome.ChannelOutcome::errors).sum(),
            channels.stream().mapToInt(ReleaseOutcome.ChannelOutcome::warnings).sum(),
            channels.stream().mapToInt(ReleaseOutcome.ChannelOutcome::notChecked).sum());
    lines.summary(line, outcome.outcome().compareTo(ReleaseOutcome.State.HELD) >= 0);
  }

  private void samples(List<SampleRun> runs) {
    int installed = 0;
    Map<String, TreeSet<String>> notChecked = new TreeMap<>();
    for (SampleRun run : runs) {
      if (run.state() == SampleRun.State.NOT_CHECKED) {
        notChecked
            .computeIfAbsent("no sample was installed: " + run.words(), k -> new TreeSet<>())
            .add(run.python());
      } else {
        installed += run.state() == SampleRun.State.INSTALLED ? 1 : 0;
      }
    }
    if (installed > 0) {
      lines.info(
          String.format(
              Locale.ROOT,
              "  samples are installed for %d of %d branches and Pythons, %s",
              installed,
              runs.size(),
              SampleRun.tried(runs)));
    }
    notChecked.forEach(
        (words, pythons) -> lines.info("  " + words + " (" + String.join(", ", pythons) + ")"));
  }

  @Override
  public void released(String region, Release release) {
    lines.info(
        String.format(
            Locale.ROOT,
            "  %s: %s now serves %s (release %d)",
            region,
            release.slug(),
            release.snapshot(),
            release.serial()));
  }

  @Override
  public void nothingToRelease(String region, Release release) {
    lines.info(
        String.format(
            Locale.ROOT,
            "  %s: %s serves %s already (release %d), nothing to release",
            region,
            release.slug(),
            release.snapshot(),
            release.serial()));
  }

  @Override
  public void collected(String cache, List<Store.Collected> kinds, boolean dryRun) {
    CollectedTable.lines(cache, kinds, dryRun).forEach(lines::info);
  }

  @Override
  public void explained(ExplainedTarget explained, boolean everyFile) {
    ExplanationLines.of(explained, everyFile).forEach(lines::info);
  }

  @Override
  public void compared(List<ComparedBranch> branches) {
    ComparisonLines.of(branches).forEach(lines::info);
  }

  @Override
  public void differs(SnapshotDifference difference) {
    DifferenceLines.of(difference).forEach(lines::info);
  }

  @Override
  public void pruned(Pruned pruned, boolean dryRun) {
    PrunedLines.of(pruned, dryRun).forEach(lines::info);
  }

  @Override
  public void warning(String words) {
    words.lines().forEach(lines::warn);
  }

  @Override
  public void note(String words) {
    words.lines().forEach(lines::info);
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
  }
}
