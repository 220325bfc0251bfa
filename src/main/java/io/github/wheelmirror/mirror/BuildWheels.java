package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.build.PlanState;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.mirror.Workspace.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A {@link BuildPlan} becomes finished wheels and a {@link BuildReport}. */
final class BuildWheels {

  private final MirrorRequest request;
  private final Outside outside;
  private final Workspace workspace;

  BuildWheels(MirrorRequest request, Outside outside, Workspace workspace) {
    this.request = request;
    this.outside = outside;
    this.workspace = workspace;
  }

  Stage<BuildReport> run(Stage<BuildPlan> plan, List<Target> targets) {
    outside.log().begins("build");
    workspace.clearWork(outside.log());
    Optional<Stage<BuildReport>> finished = finished(plan);
    if (finished.isPresent()) {
      BuildReport report = finished.get().value();
      if (report.failed().isEmpty()) {
        outside.log().unchanged("build", "all files are in the wheelhouse");
      } else {
        outside.log().unchanged("build", "what failed before would fail again");
        outside.log().built(report, request.command().goal("build"));
      }
      return finished.get();
    }
    Worked worked = work(plan, targets);
    BuildReport report = worked.report();
    new WheelhouseLimit(request, outside).keepTo(report);
    Stage<BuildReport> stage = workspace.write(workspace.buildReport(), report);
    outside.log().built(report, request.command().goal("build"));
    boolean whole = report.failed().isEmpty();
    String next = whole ? request.command().next(outside.regions().isEmpty()) : "";
    outside.log().did(worked.results().tally(report), next);
    return stage;
  }

  /**
   * Makes again what an earlier report of the plan tells of and nobody has any more.
   *
   * @throws MirrorException (input) if something that the earlier report has fails now; that report
   *     stays
   */
  Stage<BuildReport> again(Stage<BuildPlan> plan, List<Target> targets, BuildReport earlier) {
    outside.log().begins("build");
    workspace.clearWork(outside.log());
    BuildReport report = work(plan, targets).report();
    outside.log().built(report, request.command().goal("build"));
    Set<BuildReport.PinTarget> lost = new HashSet<>(report.failed());
    lost.removeAll(earlier.failed());
    if (!lost.isEmpty()) {
      throw MirrorException.input(
          lost.size() == 1
              ? "a wheel of build-report.json is in no wheelhouse, and fails now"
              : lost.size() + " wheels of build-report.json are in no wheelhouse, and fail now",
          "the wheelhouse " + outside.wheelhouse().root() + " lacks them, and no region has them",
          "bring back the wheelhouse, or see the failures above and run "
              + request.command().goal("build"));
    }
    return workspace.write(workspace.buildReport(), report);
  }

  /** The report of this very plan, if nothing would end otherwise and no file is missing. */
  private Optional<Stage<BuildReport>> finished(Stage<BuildPlan> plan) {
    return workspace
        .readEarlier(workspace.buildReport(), BuildReport.class, outside.log())
        .filter(report -> report.value().plan().equals(plan.digest()))
        .filter(report -> wouldFailAgain(plan.value(), report.value().failed()))
        .filter(
            report ->
                outside
                    .wheelhouse()
                    .use(report.value().files(), outside.clock().instant())
                    .containsAll(report.value().files()));
  }

  /** Whether each is a build that is known to fail as long as nothing changes. */
  private boolean wouldFailAgain(BuildPlan plan, Set<BuildReport.PinTarget> failed) {
    if (failed.isEmpty()) {
      return true;
    }
    Set<BuildReport.PinTarget> known = new HashSet<>();
    for (BuildWork work : plan.builds()) {
      for (TargetId target : work.targets()) {
        BuildReport.PinTarget each = new BuildReport.PinTarget(work.pin(), target);
        if (failed.contains(each)
            && BuildExperience.of(outside.experience(), work, target, workspace)
                .failure()
                .isPresent()) {
          known.add(each);
        }
      }
    }
    return known.equals(failed);
  }

  private record Worked(WorkResults results, BuildReport report) {}

  private Worked work(Stage<BuildPlan> plan, List<Target> targets) {
    outside.seen().works();
    outside.wheelhouse().tidy();
    carryOver(outside, plan.value());
    ChannelBases bases = new ChannelBases(outside, plan.value());
    WorkResults results =
        new PlanWork(request, outside, workspace, bases)
            .run(plan, targets, plan.value().downloads(), plan.value().builds());
    return new Worked(results, new FinishedReport(outside, bases).of(plan, results));
  }

  /** Wheels that only an earlier release still has come back into the wheelhouse. */
  static void carryOver(Outside outside, BuildPlan plan) {
    ReleasedFiles released = new ReleasedFiles(outside);
    for (WheelFile file : reused(plan)) {
      if (!Fetching.isUsed(outside, file)) {
        released.bring(file);
      }
    }
  }

  /** The wheels that the plan takes as they are. */
  static List<WheelFile> reused(BuildPlan plan) {
    return plan.pins().stream()
        .flatMap(pin -> pin.states().stream())
        .map(state -> state.state())
        .filter(PlanState.Reuse.class::isInstance)
        .map(state -> ((PlanState.Reuse) state).file())
        .distinct()
        .toList();
  }
}
