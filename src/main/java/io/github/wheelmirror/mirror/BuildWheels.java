package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildLock;
import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.build.DownloadWork;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.PlanState;
import io.github.wheelmirror.build.Rebuilt;
import io.github.wheelmirror.build.ReportAssembler;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.build.WorkResult;
import io.github.wheelmirror.build.WorkTarget;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.mirror.Workspace.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
    clearWork();
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
    BuildReport report = work(plan, targets);
    new WheelhouseLimit(request, outside).keepTo(report);
    Stage<BuildReport> stage = workspace.write(workspace.buildReport(), report);
    outside.log().built(report, request.command().goal("build"));
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
    clearWork();
    BuildReport report = work(plan, targets);
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

  private BuildReport work(Stage<BuildPlan> plan, List<Target> targets) {
    outside.seen().works();
    outside.wheelhouse().tidy();
    Map<String, WorkResult> downloaded = new TreeMap<>();
    Map<WorkTarget, WorkResult> built = new HashMap<>();
    List<Rebuilt> rebuilt = new ArrayList<>();
    carryOver(plan.value());
    ChannelBases bases = new ChannelBases(outside, plan.value());
    List<DownloadWork> absent = new ArrayList<>();
    for (DownloadWork work : plan.value().downloads()) {
      Optional<WheelFile> there = Fetching.inWheelhouse(outside, work);
      if (there.isPresent()) {
        downloaded.put(work.id(), new WorkResult.Done(there.get()));
        Fetching.discardLeftOver(outside, work);
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
      try {
        rebuilt.addAll(run(bases, absent, plan, targets, downloaded, built));
      } finally {
        if (!plan.value().builds().isEmpty()) {
          outside.builder().get().close();
        }
        clearWork();
      }
    }
    LocalPaths paths = new LocalPaths(request.places());
    downloaded.replaceAll((id, result) -> paths.hidden(result));
    built.replaceAll((target, result) -> paths.hidden(result));
    BuildReport report = ReportAssembler.assemble(plan.value(), plan.digest(), downloaded, built);
    tellUnlocked(built.values());
    return report
        .withRebuilt(rebuilt)
        .with(LockedRequirements.of(plan.value().lockGeneration(), locks(report.files(), bases)));
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

  /** Returns the sample that was built twice. */
  private List<Rebuilt> run(
      ChannelBases bases,
      List<DownloadWork> downloads,
      Stage<BuildPlan> plan,
      List<Target> targets,
      Map<String, WorkResult> downloaded,
      Map<WorkTarget, WorkResult> built) {
    List<BuildWork> builds = plan.value().builds();
    int total = downloads.size() + builds.size();
    ExpectedTime time = ExpectedTime.of(builds, outside.experience(), request.work().builds());
    try (Outside.OpenIndex index = outside.index().get();
        WorkProgress progress = new WorkProgress(outside.log(), outside.clock(), total, time);
        Workers fetchers = new Workers("download", request.work().downloads());
        Workers builders = new Workers("build", request.work().builds())) {
      Fetching fetching = new Fetching(index.index(), outside, progress);
      BuildSlots slots = slots();
      KeptLocks locks = new KeptLocks(outside.locks(), index.index(), bases::lock, outside.clock());
      Building building =
          new Building(outside, workspace, targets, fetching, slots, locks, plan.value(), progress);
      List<Future<Map<WorkTarget, WorkResult>>> buildTasks = new ArrayList<>();
      LongRun run = new LongRun(outside);
      for (BuildWork work : longestFirst(builds, time)) {
        if (building.needsSdist(work)) {
          fetching.sdistAhead(work.sdist(), fetchers);
        }
        buildTasks.add(
            builders.start(
                () -> {
                  run.goesOn();
                  return building.build(work);
                }));
      }
      Map<DownloadWork, Future<WorkResult>> downloadTasks = new LinkedHashMap<>();
      for (DownloadWork work : downloads) {
        downloadTasks.put(work, fetchers.start(() -> fetching.wheel(work)));
      }
      downloadTasks.forEach((work, task) -> downloaded.put(work.id(), Workers.await(task)));
      buildTasks.forEach(task -> built.putAll(Workers.await(task)));
      return new Rebuilding(outside, workspace, locks, plan.value()::override, slots)
          .run(building.made(), request.work().checkReproducible(), plan.digest(), builders);
    }
  }

  private BuildSlots slots() {
    return new BuildSlots(
        request.work().builds(),
        request.work().bounds().memoryBytes(),
        Runtime.getRuntime().availableProcessors());
  }

  /** So that no long build begins when all others have ended. */
  private static List<BuildWork> longestFirst(List<BuildWork> builds, ExpectedTime time) {
    return builds.stream()
        .sorted(Comparator.comparing((BuildWork work) -> -time.seconds(work.id())))
        .toList();
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
