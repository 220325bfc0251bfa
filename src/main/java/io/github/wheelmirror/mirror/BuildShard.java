package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildCost;
import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.Shard;
import io.github.wheelmirror.build.ShardReport;
import io.github.wheelmirror.build.ShardSplit;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.build.WorkResult;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.mirror.Workspace.Stage;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Does one part of a plan's work and hands over what came of it. */
final class BuildShard {

  private final MirrorRequest request;
  private final Outside outside;
  private final Workspace workspace;

  BuildShard(MirrorRequest request, Outside outside, Workspace workspace) {
    this.request = request;
    this.outside = outside;
    this.workspace = workspace;
  }

  /**
   * Does the part of this host's platform.
   *
   * @throws MirrorException (input) if the plan has no target of this host's platform
   */
  void run(Stage<BuildPlan> plan, List<Target> targets, Shard shard, HandOvers handOvers) {
    outside.log().begins("build");
    String slug = slug(targets);
    ShardSplit.Part part =
        ShardSplit.parts(plan.value(), slug, shard.count()).get(shard.index() - 1);
    outside
        .log()
        .note(
            "  shard "
                + shard
                + " for "
                + slug
                + ": "
                + part.builds().size()
                + " of "
                + plan.value().builds().size()
                + " builds, "
                + part.downloads().size()
                + " of "
                + plan.value().downloads().size()
                + " downloads");
    outside.seen().works();
    outside.wheelhouse().tidy();
    ChannelBases bases = new ChannelBases(outside, plan.value());
    WorkResults results =
        new PlanWork(request, outside, workspace, bases)
            .run(plan, targets, part.downloads(), part.builds());
    ShardReport report = report(plan.digest(), slug, part, results, bases);
    String handedOver =
        handOvers.write(
            report,
            wheel ->
                outside
                    .wheelhouse()
                    .path(wheel)
                    .orElseThrow(() -> new NoSuchFileException(wheel.filename())),
            workspace.folder());
    tell(report, handedOver);
  }

  /** The platform whose wheels this host builds. */
  private String slug(List<Target> targets) {
    TreeSet<String> all = new TreeSet<>();
    for (Target target : targets) {
      boolean foreign =
          outside
              .builder()
              .get()
              .refusal(target)
              .filter(refusal -> refusal.failureClass() == FailureClass.WAITING_FOR_AGENT)
              .isPresent();
      if (!foreign) {
        return target.id().slug();
      }
      all.add(target.id().slug());
    }
    throw MirrorException.input(
        "this host has no part in the plan",
        "the plan is for " + String.join(", ", all) + ", and this host is neither",
        "run the shard on a host of one of them");
  }

  private ShardReport report(
      String plan, String slug, ShardSplit.Part part, WorkResults results, ChannelBases bases) {
    List<ShardReport.Download> downloads = new ArrayList<>();
    results
        .downloads()
        .forEach((id, result) -> downloads.add(new ShardReport.Download(id, result)));
    List<ShardReport.Build> builds = new ArrayList<>();
    results
        .builds()
        .forEach(
            (build, result) ->
                builds.add(new ShardReport.Build(build.work(), build.target(), result)));
    List<WheelFile> built = new ArrayList<>();
    builds.forEach(
        each -> {
          if (each.result() instanceof WorkResult.Done done) {
            built.add(done.file());
          }
        });
    return new ShardReport(
        ShardReport.SCHEMA_VERSION,
        plan,
        slug,
        part.shard(),
        downloads,
        builds,
        results.rebuilt(),
        LockedRequirements.of("", new FinishedReport(outside, bases).locks(built)),
        costs(part.builds()));
  }

  private List<ShardReport.Cost> costs(List<BuildWork> builds) {
    List<ShardReport.Cost> costs = new ArrayList<>();
    for (BuildWork work : builds) {
      for (TargetId target : work.targets()) {
        Optional<BuildCost> last = outside.experience().history().last(work.pin().name(), target);
        last.ifPresent(
            cost ->
                costs.add(
                    new ShardReport.Cost(
                        work.pin().name(), target, cost.seconds(), cost.memoryBytes())));
      }
    }
    return costs.stream().distinct().toList();
  }

  private void tell(ShardReport report, String handedOver) {
    List<String> failed = new ArrayList<>();
    for (ShardReport.Build each : report.builds()) {
      if (each.result() instanceof WorkResult.Failed failure) {
        failed.add(
            each.work()
                + " failed on "
                + each.target().python()
                + ": "
                + failure.diagnosis().symptom());
      }
    }
    for (ShardReport.Download each : report.downloads()) {
      if (each.result() instanceof WorkResult.Failed failure) {
        String file = each.download().substring(each.download().indexOf('/') + 1);
        failed.add(file + " failed: " + failure.diagnosis().symptom());
      }
    }
    failed.forEach(outside.log()::warning);
    outside
        .log()
        .note(
            "  shard "
                + report.shard()
                + ": "
                + report.files().size()
                + " wheels"
                + (failed.isEmpty() ? "" : ", " + failed.size() + " failures")
                + ", handed over in "
                + handedOver);
  }
}
