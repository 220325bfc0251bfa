package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.BuildLock;
import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.ReportAssembler;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.build.WorkResult;
import io.github.wheelmirror.mirror.Workspace.Stage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A plan whose work is done becomes a {@link BuildReport}. */
final class FinishedReport {

  private final Outside outside;
  private final ChannelBases bases;

  FinishedReport(Outside outside, ChannelBases bases) {
    this.outside = outside;
    this.bases = bases;
  }

  /** The report; the results are those of all work of the plan. */
  BuildReport of(Stage<BuildPlan> plan, WorkResults results) {
    BuildReport report =
        ReportAssembler.assemble(
            plan.value(), plan.digest(), results.downloads(), results.builds());
    tellUnlocked(results.builds().values());
    return report
        .withRebuilt(results.rebuilt())
        .with(LockedRequirements.of(plan.value().lockGeneration(), locks(report.files())));
  }

  /** The locks that these wheels were built with, as far as they are known. */
  List<BuildLock> locks(Collection<WheelFile> files) {
    return LockedRequirements.digests(files).stream()
        .flatMap(
            digest -> outside.locks().byDigest(digest).or(() -> bases.byDigest(digest)).stream())
        .toList();
  }

  private void tellUnlocked(Collection<WorkResult> results) {
    Map<String, Set<String>> byReason = new TreeMap<>();
    for (WorkResult result : results) {
      if (result instanceof WorkResult.Done done
          && done.file().origin() instanceof Origin.Built made
          && !made.requirements().unlocked().isEmpty()) {
        byReason
            .computeIfAbsent(made.requirements().unlocked(), reason -> new TreeSet<>())
            .add(done.file().project() + " " + done.file().version());
      }
    }
    byReason.forEach(
        (reason, wheels) ->
            outside
                .log()
                .warning(
                    "the build requirements of "
                        + String.join(", ", wheels)
                        + " could not be locked, pip chose them: "
                        + reason));
  }
}
