package io.github.wheelmirror.mirror;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.build.DownloadWork;
import io.github.wheelmirror.build.Rebuilt;
import io.github.wheelmirror.build.ShardSplit;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.build.WorkResult;
import io.github.wheelmirror.build.WorkTarget;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.mirror.GatheredWork.Given;
import io.github.wheelmirror.mirror.HandOvers.HandOver;
import io.github.wheelmirror.mirror.Workspace.Stage;
import io.github.wheelmirror.tree.RefusedWheelException;
import io.github.wheelmirror.tree.WheelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts together what shards handed over: their wheels come into the wheelhouse, each hashed and
 * looked at as one that was built here, and their reports become the plan's one.
 */
final class GatherShards {

  private final MirrorRequest request;
  private final Outside outside;
  private final Workspace workspace;
  private final Set<WheelFile> arrived = new HashSet<>();
  private Map<GatheredWork.Lost, Integer> lost = Map.of();

  GatherShards(MirrorRequest request, Outside outside, Workspace workspace) {
    this.request = request;
    this.outside = outside;
    this.workspace = workspace;
  }

  /** What was handed over for a plan, and where. */
  record Arrived(List<HandOver> handOvers, GatheredWork work, String where) {}

  /**
   * Looks at what was handed over, and changes nothing.
   *
   * @throws MirrorException (input) if nothing was handed over, or something of another plan
   */
  Arrived look(Stage<BuildPlan> plan, HandOvers folder) {
    outside.log().begins("gather");
    List<HandOver> handOvers = folder.read(plan.digest(), outside.log());
    GatheredWork work = new GatheredWork(plan.value(), handOvers, this::isKnown);
    work.refuseStrangers();
    return new Arrived(handOvers, work, folder.shown());
  }

  /** Gathers what was looked at. */
  Stage<BuildReport> run(Stage<BuildPlan> plan, List<Target> targets, Arrived gathered) {
    Instant start = outside.clock().instant();
    List<HandOver> handOvers = gathered.handOvers();
    GatheredWork work = gathered.work();
    outside.seen().works();
    outside.wheelhouse().tidy();
    BuildWheels.carryOver(outside, plan.value());
    ChannelBases bases = new ChannelBases(outside, plan.value());
    learn(handOvers);
    WorkResults fetched =
        new PlanWork(request, outside, workspace, bases)
            .run(plan, targets, work.nobodys(), List.of());
    Map<String, WorkResult> downloads = new TreeMap<>(fetched.downloads());
    for (DownloadWork each : plan.value().downloads()) {
      downloads.computeIfAbsent(each.id(), id -> downloaded(each, work));
    }
    Map<WorkTarget, WorkResult> builds = new HashMap<>();
    plan.value().builds().forEach(each -> builds.putAll(built(each, work)));
    List<Rebuilt> rebuilt =
        handOvers.stream().flatMap(each -> each.report().rebuilt().stream()).distinct().toList();
    tell(gathered);
    long downloaded = downloads.values().stream().filter(WorkResult.Done.class::isInstance).count();
    WorkResults results =
        new WorkResults(
            downloads,
            builds,
            rebuilt,
            (int) downloaded,
            Duration.between(start, outside.clock().instant()));
    BuildReport report = new FinishedReport(outside, bases).of(plan, results);
    new WheelhouseLimit(request, outside).keepTo(report);
    Stage<BuildReport> stage = workspace.write(workspace.buildReport(), report);
    outside.log().built(report, request.command().goal("build"));
    outside.log().did(results.tally(report), "");
    return stage;
  }

  private void learn(List<HandOver> handOvers) {
    for (HandOver each : handOvers) {
      each.report().requirements().locks().forEach(outside.locks()::keep);
      each.report()
          .costs()
          .forEach(
              cost ->
                  outside
                      .experience()
                      .history()
                      .remember(cost.project(), cost.target(), cost.cost()));
    }
  }

  private boolean isKnown(WheelFile file) {
    return file.origin()
        .buildKey()
        .flatMap(outside.wheelhouse()::byKey)
        .filter(there -> there.sha256().equals(file.sha256()))
        .isPresent();
  }

  private WorkResult downloaded(DownloadWork work, GatheredWork gathered) {
    Optional<String> damaged = Optional.empty();
    for (Given<WorkResult> given : gathered.downloads(work)) {
      if (!(given.result() instanceof WorkResult.Done done)) {
        return present(work).orElse(given.result());
      }
      damaged = arrived(done.file(), given.from());
      if (damaged.isEmpty()) {
        return done;
      }
    }
    Optional<String> why = damaged;
    return present(work).orElseGet(() -> gathered.missing(work.id(), ShardSplit.slug(work), why));
  }

  /** A wheel that an earlier run downloaded is not lost with a shard that should have done so. */
  private Optional<WorkResult> present(DownloadWork work) {
    return Fetching.inWheelhouse(outside, work).map(WorkResult.Done::new);
  }

  private Map<WorkTarget, WorkResult> built(BuildWork work, GatheredWork gathered) {
    Optional<String> damaged = Optional.empty();
    for (Given<Map<WorkTarget, WorkResult>> given : gathered.builds(work)) {
      damaged = arrived(given);
      if (damaged.isEmpty() && given.result().size() == work.targets().size()) {
        Map<WorkTarget, WorkResult> results = new HashMap<>();
        given
            .result()
            .forEach((target, result) -> results.put(target, withLog(result, given.from())));
        return results;
      }
    }
    WorkResult missing = gathered.missing(work.id(), work.slug(), damaged);
    Map<WorkTarget, WorkResult> results = new HashMap<>();
    work.targets().forEach(target -> results.put(new WorkTarget(work.id(), target), missing));
    return results;
  }

  /** What is wrong with a wheel of these, if something is. */
  private Optional<String> arrived(Given<Map<WorkTarget, WorkResult>> given) {
    for (WorkResult result : given.result().values()) {
      if (result instanceof WorkResult.Done done) {
        Optional<String> damaged = arrived(done.file(), given.from());
        if (damaged.isPresent()) {
          return damaged;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> arrived(WheelFile file, HandOver from) {
    if (arrived.contains(file)) {
      return Optional.empty();
    }
    Optional<String> damaged = brought(file, from);
    if (damaged.isEmpty()) {
      arrived.add(file);
    }
    return damaged;
  }

  /** Brings a wheel into the wheelhouse; tells why it cannot. */
  private Optional<String> brought(WheelFile file, HandOver from) {
    if (Fetching.isUsed(outside, file)) {
      file.origin().buildKey().ifPresent(key -> outside.wheelhouse().recordBuild(key, file));
      return Optional.empty();
    }
    Path wheel = from.wheel(file);
    String where = "shard " + from.report().shard() + " handed over " + file.filename();
    if (!Files.isRegularFile(wheel)) {
      return Optional.of(where + " in its report, and no such file");
    }
    try {
      file.origin()
          .buildKey()
          .ifPresent(key -> outside.wheelhouse().recordBuild(key, file.filename(), file.sha256()));
      WheelFile added =
          outside
              .wheelhouse()
              .add(
                  wheel,
                  file.filename(),
                  new WheelSource(
                      file.sha256(),
                      file.yanked(),
                      file.yankedReason(),
                      file.uploadTime(),
                      file.origin()));
      return added.equals(file)
          ? Optional.empty()
          : Optional.of(where + ", and the wheel is another one than its report says");
    } catch (RefusedWheelException damaged) {
      return Optional.of(where + " damaged: " + damaged.why());
    }
  }

  /** The log comes too; without it the result names none. */
  private WorkResult withLog(WorkResult result, HandOver from) {
    if (!(result instanceof WorkResult.Failed failed) || failed.log().isEmpty()) {
      return result;
    }
    Optional<Path> log = from.log(failed.log()).filter(Files::isRegularFile);
    if (log.isEmpty()) {
      return new WorkResult.Failed(failed.diagnosis(), "");
    }
    try {
      workspace.copyLog(failed.log(), log.get());
      return failed;
    } catch (IOException e) {
      outside.log().warning(log.get() + " cannot be copied: " + IoWords.of(e));
      return new WorkResult.Failed(failed.diagnosis(), "");
    }
  }

  private void tell(Arrived gathered) {
    int count = gathered.handOvers().size();
    outside
        .log()
        .note(
            "  "
                + count
                + (count == 1 ? " shard of " : " shards of ")
                + String.join(", ", gathered.work().slugs())
                + " in "
                + gathered.where());
    lost = gathered.work().lost();
    lost.forEach(
        (shard, pieces) ->
            outside
                .log()
                .warning(
                    "shard "
                        + shard.shard()
                        + " of "
                        + shard.slug()
                        + " is lost with "
                        + pieces
                        + (pieces == 1 ? " piece of work" : " pieces of work")));
  }

  /**
   * Refuses to go on without what lost shards had to do; the report is written all the same.
   *
   * @throws MirrorException (machinery) if there are some
   */
  void refuseLost() {
    if (lost.isEmpty()) {
      return;
    }
    List<String> shards = new ArrayList<>();
    int pieces = 0;
    for (Map.Entry<GatheredWork.Lost, Integer> each : lost.entrySet()) {
      shards.add(each.getKey().shard() + " of " + each.getKey().slug());
      pieces += each.getValue();
    }
    throw MirrorException.machinery(
        (shards.size() == 1 ? "shard " : "shards ")
            + String.join(", ", shards)
            + (shards.size() == 1 ? " is lost" : " are lost"),
        pieces
            + (pieces == 1 ? " piece" : " pieces")
            + " of the plan's work did not arrive, see the warnings above",
        "do it with -Dwheel-mirror.build.shard="
            + lost.keySet().iterator().next().shard()
            + (shards.size() == 1 ? "" : " and so on")
            + " and gather again, or go on without with -Dwheel-mirror.gather.acceptLost=true",
        null);
  }
}
