package io.github.wheelmirror.mirror;

import io.github.wheelmirror.ExclusiveLock;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.SharedLock;
import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.Shard;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.mirror.Workspace.Stage;
import io.github.wheelmirror.selection.PlaceSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The chain of goals: each does what is missing before it.
 *
 * <p>{@link #resolve}, {@link #plan} and {@link #build} look outside again, once per Maven session;
 * the later goals take the files that are there if their digests fit together.
 */
public final class MirrorGoals {

  private final MirrorRequest request;
  private final Outside outside;
  private final SessionMemo memo;
  private final Workspace workspace;
  private final TellOutcome outcome;
  private boolean complete;

  /** The goals of one project. */
  public MirrorGoals(MirrorRequest request, Outside outside, SessionMemo memo) {
    this.request = request;
    this.outside = outside;
    this.memo = memo;
    this.workspace = new Workspace(request.places().workspace(), memo);
    this.outcome = new TellOutcome(outside, workspace);
  }

  /** Reads the branches' constraints. */
  public void resolve() {
    locked(this::resolution);
  }

  /** Decides what has to be done. */
  public void plan() {
    locked(this::planned);
  }

  /** Downloads and builds. */
  public void build() {
    locked(
        () -> {
          Stage<BuildPlan> plan = planned();
          Stage<Resolution> resolution = resolution();
          Stage<BuildReport> report = built(plan, resolution);
          refuseNewFailures(plan, report);
          new WitnessNote(request, outside, workspace).write(resolution.value(), report.value());
        });
  }

  /** Downloads and builds what a plan says that was made before, here or on another host. */
  public void build(Path given) {
    locked(
        () -> {
          take(given);
          Stage<BuildPlan> plan = planned();
          refuseNewFailures(plan, built(plan, resolution()));
        });
  }

  /** Does one part of a plan that was made before, and hands it over. */
  public void buildShard(Path given, Shard shard, HandOverPlace place) {
    locked(
        () -> {
          take(given);
          new BuildShard(request, outside, workspace)
              .run(planned(), resolution().value().targets(), shard, new HandOvers(place));
        });
  }

  /**
   * Makes the build report of a plan from what shards handed over.
   *
   * @param acceptLost whether it is no failure that a shard is lost
   */
  public void gather(Path given, HandOverPlace place, boolean acceptLost) {
    locked(
        () -> {
          GatherShards shards = new GatherShards(request, outside, workspace);
          GivenPlan found = GivenPlan.read(workspace, request.command(), given);
          // what does not fit together leaves this workspace's own plan as it is
          GatherShards.Arrived arrived = shards.look(found.plan(), new HandOvers(place));
          take(found);
          Stage<BuildPlan> plan = planned();
          Stage<BuildReport> report = shards.run(plan, resolution().value().targets(), arrived);
          memo.add(workspace.buildReport());
          if (!acceptLost) {
            shards.refuseLost();
          }
          refuseNewFailures(plan, report);
        });
  }

  /** Makes pages and a manifest, staged. */
  public void snapshot() {
    locked(this::staged);
  }

  /** Checks what is staged. */
  public void verify() {
    boolean alone = !memo.hasLooked(workspace.folder());
    lockedWithOutcome(
        () -> {
          VerifySnapshot.Result result = verified(alone);
          outcome.tell(result, files().resolution().value(), Set.of());
          result.refuseBlocked();
        });
  }

  /** Releases what is staged and verified. */
  public void deploy() {
    released(true);
  }

  /** As {@link #deploy}, and no report goes beside a release. */
  public void deployWithoutReport() {
    released(false);
  }

  private void released(boolean publishReport) {
    NoRegion.refuse(outside.regions(), "to deploy to");
    lockedWithOutcome(
        () -> {
          VerifySnapshot.Result result = verified(false);
          ReleaseSnapshot.Result released =
              new ReleaseSnapshot(outside, request.release()).run(result, bases(files()));
          Resolution resolution = files().resolution().value();
          outcome.tell(result, resolution, released.everywhere());
          if (publishReport) {
            new PublishReport(request, outside).run(released.switched(), released.unchanged());
          }
          released.refuseFailed();
          result.refuseBlocked();
          HeldReport.refuse(resolution);
        });
  }

  /**
   * Tells which file an installer takes and why, or what it takes inside and outside the gate. Of
   * constraints that were resolved before, those are taken.
   *
   * @param places makes a client of upstream or of a named location
   */
  public void explain(ExplainRequest wanted, Function<NamedPlace, PlaceSource> places) {
    ExplainChoice choice = new ExplainChoice(request, outside, workspace, places, wanted);
    if (!wanted.needsBranches()) {
      choice.requirement(wanted.requirement().orElseThrow());
      return;
    }
    Optional<Stage<Resolution>> there = workspace.read(workspace.resolution(), Resolution.class);
    if (there.isEmpty()) {
      locked(this::resolution);
      there = workspace.read(workspace.resolution(), Resolution.class);
    }
    choice.branches(required(there, "resolve").value());
  }

  private void take(Path given) {
    take(GivenPlan.read(workspace, request.command(), given));
  }

  private void take(GivenPlan found) {
    found.take();
    memo.add(workspace.resolution());
    memo.add(workspace.plan());
  }

  private void refuseNewFailures(Stage<BuildPlan> plan, Stage<BuildReport> report) {
    if (request.work().failOnNew()) {
      new NewFailures(new ChannelBases(outside, plan.value())).refuse(report.value());
    }
  }

  private Stage<Resolution> resolution() {
    if (memo.has(workspace.resolution())) {
      return required(workspace.read(workspace.resolution(), Resolution.class), "resolve");
    }
    Stage<Resolution> resolution = new ResolveConstraints(request, outside, workspace).run();
    memo.add(workspace.resolution());
    return resolution;
  }

  private Stage<BuildPlan> planned() {
    if (memo.has(workspace.plan())) {
      return required(workspace.read(workspace.plan(), BuildPlan.class), "plan");
    }
    Stage<BuildPlan> plan = new PlanBuild(request, outside, workspace).run(resolution());
    memo.add(workspace.plan());
    return plan;
  }

  private Stage<BuildReport> built(Stage<BuildPlan> plan, Stage<Resolution> resolution) {
    if (memo.has(workspace.buildReport())) {
      return required(workspace.read(workspace.buildReport(), BuildReport.class), "build");
    }
    Stage<BuildReport> report =
        new BuildWheels(request, outside, workspace).run(plan, resolution.value().targets());
    memo.add(workspace.buildReport());
    return report;
  }

  private Stage<SnapshotStage> staged() {
    if (memo.has(workspace.snapshot())) {
      return required(workspace.read(workspace.snapshot(), SnapshotStage.class), "snapshot");
    }
    StageFiles files = files();
    Stage<SnapshotStage> staged = new TakeSnapshot(outside, workspace).run(files, bases(files));
    memo.add(workspace.snapshot());
    return staged;
  }

  /**
   * Verified in this session, or now: what an earlier run wrote of it is never trusted.
   *
   * @param again whether clients are asked even if the same is released already
   */
  private VerifySnapshot.Result verified(boolean again) {
    return memo.kept(workspace.verification(), VerifySnapshot.Result.class)
        .orElseGet(
            () -> {
              Stage<SnapshotStage> staged = staged();
              StageFiles files = files();
              VerifySnapshot.Result result =
                  new VerifySnapshot(request, outside, workspace)
                      .run(files.resolution(), staged, bases(files), again);
              memo.keep(workspace.verification(), result);
              return result;
            });
  }

  private ChannelBases bases(StageFiles files) {
    return new ChannelBases(outside, files.plan().value());
  }

  /**
   * The three files a snapshot is made from: those that are there if they fit, else new ones. The
   * wheels of those that are there may have been removed since.
   */
  private StageFiles files() {
    if (!memo.has(workspace.buildReport())) {
      Optional<StageFiles> there = StageFiles.read(workspace, request.command());
      if (there.isPresent() && isComplete(there.get())) {
        return there.get();
      }
      if (there.isEmpty()) {
        built(planned(), resolution());
      }
    }
    return StageFiles.read(workspace, request.command()).orElseThrow(() -> missing("build"));
  }

  /**
   * Whether the files describe what is there; if not, what was missing is made and they changed.
   */
  private boolean isComplete(StageFiles files) {
    if (complete || new MissingWheels(outside, bases(files)).brought(files)) {
      complete = true;
      return true;
    }
    new BuildWheels(request, outside, workspace)
        .again(files.plan(), files.resolution().value().targets(), files.report().value());
    complete = true;
    return false;
  }

  private <T> Stage<T> required(Optional<Stage<T>> stage, String goal) {
    return stage.orElseThrow(() -> missing(goal));
  }

  private MirrorException missing(String goal) {
    return MirrorException.input(
        "a file of goal " + goal + " is missing in " + workspace.folder(),
        "it was removed while this run needed it",
        "run " + request.command().goal(goal));
  }

  /** As {@link #locked}; what an earlier run verified is not taken for what came of this one. */
  private void lockedWithOutcome(Runnable work) {
    locked(
        () -> {
          try {
            work.run();
          } catch (RuntimeException failure) {
            outcome.failed();
            throw failure;
          }
        });
  }

  private void locked(Runnable work) {
    Duration timeout = request.release().lockTimeout();
    workspace.requireOwn(); // the lock is a trace of a run
    try (ExclusiveLock lock = WorkspaceLock.acquire(workspace, timeout, outside.log());
        SharedLock used =
            new CacheLock(request.places().cache(), timeout, outside.log()).shared()) {
      Objects.requireNonNull(lock);
      Objects.requireNonNull(used);
      workspace.tidy();
      work.run();
    }
  }
}
