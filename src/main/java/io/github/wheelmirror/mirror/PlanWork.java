package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.build.DownloadWork;
import io.github.wheelmirror.build.Rebuilt;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.build.WorkResult;
import io.github.wheelmirror.build.WorkTarget;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.mirror.Workspace.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;

/** Does a plan's work, or a part of it: what is not in the wheelhouse is downloaded or built. */
final class PlanWork {

  private final MirrorRequest request;
  private final Outside outside;
  private final Workspace workspace;
  private final ChannelBases bases;

  PlanWork(MirrorRequest request, Outside outside, Workspace workspace, ChannelBases bases) {
    this.request = request;
    this.outside = outside;
    this.workspace = workspace;
    this.bases = bases;
  }

  /**
   * Does these downloads and builds of the plan.
   *
   * @return a result for each of them; a failure is a result
   */
  WorkResults run(
      Stage<BuildPlan> plan,
      List<Target> targets,
      List<DownloadWork> downloads,
      List<BuildWork> builds) {
    Instant start = outside.clock().instant();
    Map<String, WorkResult> downloaded = new TreeMap<>();
    Map<WorkTarget, WorkResult> built = new HashMap<>();
    List<Rebuilt> rebuilt = new ArrayList<>();
    List<DownloadWork> absent = new ArrayList<>();
    for (DownloadWork work : downloads) {
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
                  + downloads.size()
                  + " wheels are in the wheelhouse already");
    }
    if (!absent.isEmpty() || !builds.isEmpty()) {
      try {
        rebuilt.addAll(run(plan, targets, absent, builds, downloaded, built));
      } finally {
        if (!builds.isEmpty()) {
          outside.builder().get().close();
        }
        workspace.clearWork(outside.log());
      }
    }
    LocalPaths paths = new LocalPaths(request.places());
    downloaded.replaceAll((id, result) -> paths.hidden(result));
    built.replaceAll((target, result) -> paths.hidden(result));
    long fetched =
        absent.stream()
            .filter(work -> downloaded.get(work.id()) instanceof WorkResult.Done)
            .count();
    return new WorkResults(
        downloaded,
        built,
        rebuilt,
        (int) fetched,
        Duration.between(start, outside.clock().instant()));
  }

  /** Returns the sample that was built twice. */
  private List<Rebuilt> run(
      Stage<BuildPlan> plan,
      List<Target> targets,
      List<DownloadWork> downloads,
      List<BuildWork> builds,
      Map<String, WorkResult> downloaded,
      Map<WorkTarget, WorkResult> built) {
    int total = downloads.size() + builds.size();
    ExpectedTime time = ExpectedTime.of(builds, outside.experience(), request.work().builds());
    try (Outside.OpenIndex index = outside.index().get();
        WorkProgress progress = new WorkProgress(outside.log(), outside.clock(), total, time);
        Workers fetchers = new Workers("download", request.work().downloads());
        // one more than build at once: it stores what was built
        Workers builders = new Workers("build", request.work().builds() + 1)) {
      Fetching fetching = new Fetching(index.index(), outside, progress);
      KeptLocks locks = new KeptLocks(outside.locks(), index.index(), bases::lock, outside.clock());
      BuildMeans means = new BuildMeans(outside, workspace, fetching, slots(), locks, plan.value());
      Building building = new Building(means, targets, progress);
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
      return new Rebuilding(means)
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
}
