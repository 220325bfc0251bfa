package io.github.wheelmirror.report;

import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.PlanSummary;
import io.github.wheelmirror.build.PlannedBranch;
import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.selection.ComparedBranch;
import io.github.wheelmirror.selection.ExplainedTarget;
import io.github.wheelmirror.tree.Pruned;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.ReleaseOutcome;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.SnapshotDifference;
import io.github.wheelmirror.tree.Store;
import io.github.wheelmirror.tree.VerifiedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells the facts as lines of text, the same on a terminal and in a CI log. */
public final class TextMirrorLog implements MirrorLog {

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
    new ResolutionLines(lines).tell(resolution);
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
  public void asking(int answered, int total) {
    area.show(
        answered == total ? List.of() : List.of("  asking " + WorkLines.asked(answered, total)));
  }

  @Override
  public void stillAsking(int answered, int total) {
    lines.info("  still asking " + WorkLines.asked(answered, total));
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
    new BuiltLines(lines).tell(report);
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
    new VerificationLines(lines).tell(channel);
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
