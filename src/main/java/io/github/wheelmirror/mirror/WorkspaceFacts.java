package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.PlanState;
import io.github.wheelmirror.build.PlannedState;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.mirror.Workspace.Stage;
import io.github.wheelmirror.report.Basis;
import io.github.wheelmirror.report.MirrorReport.BranchFacts;
import io.github.wheelmirror.report.MirrorReport.PinFacts;
import io.github.wheelmirror.report.PinState;
import io.github.wheelmirror.tree.ReleaseOutcome;
import io.github.wheelmirror.tree.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What a workspace's stage files tell, as far as they are there and fit together: of a build that
 * is of an earlier plan, for example, the plan is what counts. Nothing is made or changed.
 */
final class WorkspaceFacts {

  private final Workspace workspace;
  private final Consumer<String> notes;
  private final Optional<Stage<Resolution>> resolution;
  private final Optional<Stage<BuildPlan>> plan;
  private final Optional<Stage<BuildReport>> report;

  /**
   * Reads the files.
   *
   * @param notes is told what cannot be read or does not fit
   */
  WorkspaceFacts(Workspace workspace, Consumer<String> notes) {
    this.workspace = workspace;
    this.notes = notes;
    this.resolution = read(workspace.resolution(), Resolution.class);
    this.plan = read(workspace.plan(), BuildPlan.class);
    this.report = read(workspace.buildReport(), BuildReport.class);
  }

  private <T> Optional<Stage<T>> read(Path file, Class<T> type) {
    try {
      return workspace.read(file, type);
    } catch (MirrorException e) {
      // by its name alone: a report names no path of a machine
      notes.accept(file.getFileName() + " cannot be used: " + e.why());
      return Optional.empty();
    }
  }

  /** The pins and their states; empty if there is no file that tells them. */
  Optional<ProjectFacts> project() {
    Basis basis = basis();
    StageStates states = new StageStates(resolution.map(Stage::value));
    List<PinFacts> pins =
        switch (basis) {
          case BUILT -> states.built(report.orElseThrow().value());
          case PLANNED -> states.planned(plan.orElseThrow().value());
          case RESOLVED -> states.resolved(resolution.orElseThrow().value());
          default -> List.of();
        };
    return basis == Basis.NOTHING
        ? Optional.empty()
        : Optional.of(
            new ProjectFacts(
                resolution.map(each -> each.value().source()).orElse(""),
                basis,
                targets(pins),
                branches(pins),
                pins,
                files(basis)));
  }

  private Basis basis() {
    boolean isOfPlan =
        report.isPresent()
            && (plan.isEmpty() || report.get().value().plan().equals(plan.get().digest()));
    if (report.isPresent() && !isOfPlan) {
      notes.accept("what was built is of an earlier plan and not shown; build again");
    }
    boolean isOfResolution =
        plan.isPresent()
            && (resolution.isEmpty()
                || plan.get().value().resolution().equals(resolution.get().digest()));
    if (isOfPlan) {
      if (plan.isPresent() && !isOfResolution) {
        notes.accept("the constraints were resolved again since this build");
      }
      return Basis.BUILT;
    }
    if (isOfResolution) {
      return Basis.PLANNED;
    }
    if (plan.isPresent()) {
      notes.accept("what was planned is of earlier constraints and not shown; plan again");
    }
    return resolution.isPresent() ? Basis.RESOLVED : Basis.NOTHING;
  }

  /** What was verified; a note if something was staged since. */
  Optional<Verification> verification() {
    Optional<Stage<Verification>> found = read(workspace.verification(), Verification.class);
    Optional<Stage<SnapshotStage>> staged = read(workspace.snapshot(), SnapshotStage.class);
    boolean current =
        found.isEmpty()
            || staged.isPresent()
                && report.isPresent()
                && staged.get().value().report().equals(report.get().digest())
                && staged.get().value().channels().stream()
                    .allMatch(
                        channel ->
                            found.get().value().channels().stream()
                                .anyMatch(
                                    each ->
                                        each.slug().equals(channel.slug())
                                            && each.snapshot().equals(channel.snapshot())));
    if (!current) {
      notes.accept("the checks are of an earlier build; verify again");
    }
    return found.map(Stage::value);
  }

  /** What came of the last run that verified or released, {@code ""} if no file tells. */
  String outcome() {
    return read(workspace.outcome(), ReleaseOutcome.class)
        .map(stage -> stage.value().outcome().toString())
        .orElse("");
  }

  /** Projects and targets that were built, or will be. */
  Map<Pin, Set<TargetId>> builds() {
    Map<Pin, Set<TargetId>> builds = new LinkedHashMap<>();
    plan.ifPresent(
        stage ->
            stage
                .value()
                .builds()
                .forEach(
                    work ->
                        builds
                            .computeIfAbsent(work.pin(), p -> new TreeSet<>())
                            .addAll(work.targets())));
    report.ifPresent(
        stage ->
            stage
                .value()
                .pins()
                .forEach(
                    pin ->
                        pin.states().stream()
                            .filter(state -> isOwn(PinState.of(state.outcome())))
                            .forEach(
                                state ->
                                    builds
                                        .computeIfAbsent(pin.pin(), p -> new TreeSet<>())
                                        .add(state.target()))));
    return builds;
  }

  private static boolean isOwn(PinState state) {
    return state == PinState.BUILT || state == PinState.REUSED;
  }

  private List<TargetId> targets(List<PinFacts> pins) {
    Set<TargetId> targets = new TreeSet<>();
    resolution.ifPresent(
        stage -> stage.value().targets().stream().map(Target::id).forEach(targets::add));
    pins.forEach(pin -> pin.states().forEach(state -> targets.add(state.target())));
    return List.copyOf(targets);
  }

  /** Those of the resolution, then those that only states tell of. */
  private List<BranchFacts> branches(List<PinFacts> pins) {
    List<BranchFacts> branches = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    resolution.ifPresent(
        stage ->
            stage
                .value()
                .branches()
                .forEach(
                    each -> {
                      names.add(each.name());
                      branches.add(
                          new BranchFacts(
                              each.name(),
                              each.status().toString(),
                              each.state().toString(),
                              each.commit(),
                              each.reasons(),
                              each.refused()));
                    }));
    Set<String> others = new TreeSet<>();
    pins.forEach(pin -> pin.states().forEach(state -> others.addAll(state.branches())));
    others.removeAll(names);
    others.forEach(name -> branches.add(new BranchFacts(name, "", "", "", List.of(), List.of())));
    return branches;
  }

  private List<WheelFile> files(Basis basis) {
    if (basis == Basis.BUILT) {
      return report.orElseThrow().value().files();
    }
    if (basis != Basis.PLANNED) {
      return List.of();
    }
    return plan.orElseThrow().value().pins().stream()
        .flatMap(pin -> pin.states().stream())
        .map(PlannedState::state)
        .filter(PlanState.Reuse.class::isInstance)
        .map(state -> ((PlanState.Reuse) state).file())
        .distinct()
        .toList();
  }
}
