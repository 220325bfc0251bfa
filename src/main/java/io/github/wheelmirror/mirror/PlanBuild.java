package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BaseRelease;
import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.build.PageResult;
import io.github.wheelmirror.build.PlanSettings;
import io.github.wheelmirror.build.PlannedDuration;
import io.github.wheelmirror.build.Planner;
import io.github.wheelmirror.build.ProjectPage;
import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.ResolvedBranch;
import io.github.wheelmirror.mirror.Workspace.Stage;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.tree.Quarantine;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A {@link Resolution} and what the index has become a {@link BuildPlan}. */
final class PlanBuild {

  private final MirrorRequest request;
  private final Outside outside;
  private final Workspace workspace;

  PlanBuild(MirrorRequest request, Outside outside, Workspace workspace) {
    this.request = request;
    this.outside = outside;
    this.workspace = workspace;
  }

  Stage<BuildPlan> run(Stage<Resolution> resolution) {
    outside.log().begins("plan");
    outside.regions().forEach(region -> region.note(outside.seen()));
    Bases released = new Bases(outside, request.release().policy());
    Map<String, BaseRelease> bases = released.read(resolution.value());
    Map<ProjectName, ProjectPage> pages = Map.of();
    List<String> locations = List.of();
    Quarantine quarantine = outside.quarantine();
    outside.wheelhouse().takeOut(quarantine.digests());
    PlanSettings settings =
        new QuarantinedPlan(quarantine)
            .applied(
                request.plan().ofGeneration(generation(released.lockGeneration())),
                resolution.value());
    List<ProjectName> projects = Planner.projects(resolution.value(), settings);
    if (!projects.isEmpty()) {
      try (Outside.OpenIndex open = outside.index().get()) {
        pages = pages(open, projects);
        locations = open.locations();
        settings = settings.trusting(open.trustedUnhashed());
        open.index().warnings().forEach(outside.log()::warning);
      }
    }
    BuildPlan plan =
        Planner.plan(
            resolution.value(),
            resolution.digest(),
            pages,
            settings,
            bases,
            outside.wheelhouse(),
            locations);
    plan = plan.with(durations(plan.builds()));
    requireSomething(resolution.value(), plan);
    outside.wheelhouse().use(BuildWheels.reused(plan), outside.clock().instant());
    outside.log().planned(plan, projects.size());
    String time =
        ExpectedTime.of(plan.builds(), outside.experience(), request.work().builds()).words();
    if (!time.isEmpty()) {
      outside.log().note("  " + time);
    }
    Optional<Stage<BuildPlan>> settled = settled(plan);
    if (settled.isPresent()) {
      outside.log().unchanged("plan", "everything in it is done, nothing changed since");
      return settled.get();
    }
    return workspace.write(workspace.plan(), plan);
  }

  /**
   * Texts of instants, which sort by time. Locks of an earlier generation are never asked again, so
   * the later one of the cache and the base counts.
   */
  private String generation(String released) {
    String project = request.constraints().url() + " " + request.constraints().file();
    outside.locks().note(project, outside.seen());
    if (request.work().updateLock()) {
      String now = outside.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
      outside.locks().rememberGeneration(project, now);
      return now;
    }
    String kept = outside.locks().generation(project);
    return kept.compareTo(released) < 0 ? released : kept;
  }

  /** Of builds that are known, but for those that are not tried again. */
  private List<PlannedDuration> durations(List<BuildWork> builds) {
    List<PlannedDuration> durations = new ArrayList<>();
    for (BuildWork work : builds) {
      boolean tried =
          work.targets().stream()
              .anyMatch(
                  target ->
                      BuildExperience.of(outside.experience(), work, target, workspace)
                          .failure()
                          .isEmpty());
      if (tried) {
        outside
            .experience()
            .known(work)
            .ifPresent(cost -> durations.add(PlannedDuration.rounded(work.id(), cost.seconds())));
      }
    }
    return durations;
  }

  /** The plan of an earlier run, if this one asks for nothing that it did not already do. */
  private Optional<Stage<BuildPlan>> settled(BuildPlan plan) {
    Optional<Stage<BuildPlan>> earlier = earlier(workspace.plan(), BuildPlan.class);
    Optional<Stage<BuildReport>> report = earlier(workspace.buildReport(), BuildReport.class);
    Optional<Stage<SnapshotStage>> snapshot = earlier(workspace.snapshot(), SnapshotStage.class);
    if (earlier.isEmpty() || report.isEmpty()) {
      return Optional.empty();
    }
    SettledPlan settled =
        new SettledPlan(
            earlier.get().value(),
            report.get().value(),
            snapshot.map(s -> s.value().ids()).orElse(Map.of()));
    return report.get().value().plan().equals(earlier.get().digest()) && settled.covers(plan)
        ? earlier
        : Optional.empty();
  }

  private <T> Optional<Stage<T>> earlier(Path file, Class<T> type) {
    return workspace.readEarlier(file, type, outside.log());
  }

  private Map<ProjectName, ProjectPage> pages(Outside.OpenIndex open, List<ProjectName> projects) {
    Map<ProjectName, ProjectPage> pages = new TreeMap<>();
    List<MirrorException> failures = new ArrayList<>();
    asked(open, projects)
        .forEach(
            (name, result) -> {
              if (result instanceof PageResult.Found found) {
                pages.put(name, found.page());
              } else if (result instanceof PageResult.Failed failed) {
                failures.add(failed.failure());
              }
            });
    if (!failures.isEmpty()) {
      throw Together.of(
          failures.size() + " of " + projects.size() + " project pages cannot be read", failures);
    }
    return pages;
  }

  private Map<ProjectName, PageResult> asked(Outside.OpenIndex open, List<ProjectName> projects) {
    try (AskedPages asked = new AskedPages(outside.log(), outside.clock(), projects.size())) {
      return open.index().projects(projects, name -> asked.answered());
    }
  }

  /** One refused branch is held; if all are and none has a base, there is nothing to go on with. */
  private static void requireSomething(Resolution resolution, BuildPlan plan) {
    List<ResolvedBranch> branches = resolution.branches();
    boolean allHeld =
        !branches.isEmpty()
            && branches.stream().allMatch(branch -> branch.state() == BranchState.HELD);
    if (allHeld && plan.pins().isEmpty()) {
      throw MirrorException.input(
          "no branch can be used, and nothing was released before",
          String.join(
              "\n",
              branches.stream()
                  .map(b -> b.name() + ": " + String.join("; ", b.reasons()))
                  .toList()),
          HeldFix.of(branches));
    }
  }
}
