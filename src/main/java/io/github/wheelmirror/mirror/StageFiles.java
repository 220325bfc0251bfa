package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.mirror.Workspace.Stage;
import java.util.List;
import java.util.Optional;

/** A resolution, a plan and a report that were made from each other. */
record StageFiles(Stage<Resolution> resolution, Stage<BuildPlan> plan, Stage<BuildReport> report) {

  /**
   * The files of a workspace; empty if there is none of them, or if a run ended after its first or
   * second and wrote no more.
   *
   * @throws MirrorException (input) if some are missing or do not fit together
   */
  static Optional<StageFiles> read(Workspace workspace, MirrorRequest.Command command) {
    Optional<Stage<Resolution>> resolution =
        workspace.read(workspace.resolution(), Resolution.class);
    Optional<Stage<BuildPlan>> plan = workspace.read(workspace.plan(), BuildPlan.class);
    Optional<Stage<BuildReport>> report =
        workspace.read(workspace.buildReport(), BuildReport.class);
    if (report.isEmpty() && (plan.isEmpty() || isMadeFrom(resolution, plan.get()))) {
      return Optional.empty();
    }
    String why =
        resolution.isEmpty()
            ? "resolution.json is missing"
            : plan.isEmpty()
                ? "plan.json is missing"
                : report.isEmpty()
                    ? "build-report.json is missing"
                    : !isMadeFrom(resolution, plan.get())
                        ? "plan.json was made from another resolution.json"
                        : !report.get().value().plan().equals(plan.get().digest())
                            ? "build-report.json was made from another plan.json"
                            : "";
    if (!why.isEmpty()) {
      throw MirrorException.input(
          "the stage files in " + workspace.folder() + " do not fit together",
          why,
          "run " + command.goal("build"));
    }
    return Optional.of(
        new StageFiles(resolution.orElseThrow(), plan.orElseThrow(), report.orElseThrow()));
  }

  private static boolean isMadeFrom(Optional<Stage<Resolution>> resolution, Stage<BuildPlan> plan) {
    return resolution.isPresent() && plan.value().resolution().equals(resolution.get().digest());
  }

  /** The platform slugs, one a channel, sorted. */
  List<String> slugs() {
    return resolution.value().targets().stream()
        .map(Target::id)
        .map(id -> id.slug())
        .distinct()
        .sorted()
        .toList();
  }
}
