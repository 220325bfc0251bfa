package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.BuildLock;
import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.build.DownloadWork;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.PlanState;
import io.github.wheelmirror.build.ReportAssembler;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.build.WorkResult;
import io.github.wheelmirror.build.WorkTarget;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.mirror.Workspace.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Future;

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
    Optional<Stage<BuildReport>> finished = finished(plan);
    if (finished.isPresent()) {
      outside.log().unchanged("build", "all files are in the wheelhouse");
      return finished.get();
    }
    BuildReport report = work(plan, targets);
    Stage<BuildReport> stage = workspace.write(workspace.buildReport(), report);
    outside.log().built(report, request.command().goal("build"));
    return stage;
  }

  /** The report of this very plan, if nothing failed and no file is missing. */
  private Optional<Stage<BuildReport>> finished(Stage<BuildPlan> plan) {
    return workspace
        .readEarlier(workspace.buildReport(), BuildReport.class, outside.log())
        .filter(report -> report.value().plan().equals(plan.digest()))
        .filter(
            report ->
                report.value().pins().stream()
                    .flatMap(pin -> pin.states().stream())
                    .noneMatch(state -> state.outcome() instanceof Outcome.Failed))
        .filter(
            report ->
                report.value().files().stream()
                    .allMatch(file -> outside.wheelhouse().path(file).isPresent()));
  }

  private BuildReport work(Stage<BuildPlan> plan, List<Target> targets) {
    outside.wheelhouse().tidy();
    Map<String, WorkResult> downloaded = new TreeMap<>();
    Map<WorkTarget, WorkResult> built = new HashMap<>();
    carryOver(plan.value());
    ChannelBases bases = new ChannelBases(outside, plan.value());
    List<DownloadWork> absent = new ArrayList<>();
    for (DownloadWork work : plan.value().downloads()) {
      Optional<WheelFile> there = Fetching.inWheelhouse(outside, work);
      if (there.isPresent()) {
        downloaded.put(work.id(), new WorkResult.Done(there.get()));
      } else {
        absent.add(work);
      }
    }
    if (!downloaded.isEmpty()) {
      outside
          .log()
          .note(
              "  "
                  + downloaded.size()
                  + " of "
                  + plan.value().downloads().size()
                  + " wheels are in the wheelhouse already");
    }
    if (!absent.isEmpty() || !plan.value().builds().isEmpty()) {
      clearWork();
      try {
        run(bases, absent, plan.value().builds(), targets, downloaded, built);
      } finally {
        if (!plan.value().builds().isEmpty()) {
          outside.builder().get().close();
        }
        clearWork();
      }
    }
    BuildReport report = ReportAssembler.assemble(plan.value(), plan.digest(), downloaded, built);
    tellUnlocked(built.values());
    return report.with(
        LockedRequirements.of(plan.value().lockGeneration(), locks(report.files(), bases)));
  }

  private List<BuildLock> locks(List<WheelFile> files, ChannelBases bases) {
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

  private void run(
      ChannelBases bases,
      List<DownloadWork> downloads,
      List<BuildWork> builds,
      List<Target> targets,
      Map<String, WorkResult> downloaded,
      Map<WorkTarget, WorkResult> built) {
    int total = downloads.size() + builds.size();
    try (Outside.OpenIndex index = outside.index().get();
        WorkProgress progress = new WorkProgress(outside.log(), outside.clock(), total);
        Workers fetchers = new Workers("download", request.work().downloads());
        Workers builders = new Workers("build", request.work().builds())) {
      Fetching fetching = new Fetching(index.index(), outside, progress);
      KeptLocks locks = new KeptLocks(outside.locks(), index.index(), bases::lock);
      Building building = new Building(outside, workspace, targets, fetching, locks, progress);
      List<Future<Map<WorkTarget, WorkResult>>> buildTasks = new ArrayList<>();
      for (BuildWork work : builds) {
        buildTasks.add(builders.start(() -> building.build(work)));
      }
      Map<DownloadWork, Future<WorkResult>> downloadTasks = new LinkedHashMap<>();
      for (DownloadWork work : downloads) {
        downloadTasks.put(work, fetchers.start(() -> fetching.wheel(work)));
      }
      downloadTasks.forEach((work, task) -> downloaded.put(work.id(), Workers.await(task)));
      buildTasks.forEach(task -> built.putAll(Workers.await(task)));
    }
  }

  /** What a killed run left there is of no use to any later one. */
  private void clearWork() {
    try {
      Folders.remove(workspace.work());
    } catch (IOException e) {
      outside.log().warning(workspace.work() + " cannot be cleared: " + e);
    }
  }

  /** Wheels that only an earlier release still has come back into the wheelhouse. */
  private void carryOver(BuildPlan plan) {
    ReleasedFiles released = new ReleasedFiles(outside);
    for (WheelFile file : reused(plan)) {
      if (outside.wheelhouse().path(file).isEmpty()) {
        released.bring(file);
      }
    }
  }

  private static List<WheelFile> reused(BuildPlan plan) {
    return plan.pins().stream()
        .flatMap(pin -> pin.states().stream())
        .map(state -> state.state())
        .filter(PlanState.Reuse.class::isInstance)
        .map(state -> ((PlanState.Reuse) state).file())
        .distinct()
        .toList();
  }
}
