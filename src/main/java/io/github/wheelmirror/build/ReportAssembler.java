package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns a plan and the results of its work into a report: each state becomes one outcome. Nothing
 * is invented: work without a result, and a result without work, are errors.
 */
public final class ReportAssembler {

  private final Map<String, WorkResult> downloads;
  private final Map<WorkTarget, WorkResult> builds;
  private final Map<Outcome.Wheel, WheelFile> files = new HashMap<>();

  private ReportAssembler(Map<String, WorkResult> downloads, Map<WorkTarget, WorkResult> builds) {
    this.downloads = downloads;
    this.builds = builds;
  }

  /**
   * Assembles.
   *
   * @param planDigest sha256 of the plan's file
   * @param downloads by {@link DownloadWork#id}, one for each of the plan's downloads
   * @param builds one for each target of each of the plan's builds; a target that an earlier wheel
   *     {@linkplain WheelCoverage covers} has that wheel
   * @throws IllegalArgumentException if a result is missing, is of no work of the plan, or has a
   *     wheel of another pin
   */
  public static BuildReport assemble(
      BuildPlan plan,
      String planDigest,
      Map<String, WorkResult> downloads,
      Map<WorkTarget, WorkResult> builds) {
    checkNoStrangers(plan, downloads.keySet(), builds.keySet());
    var assembler = new ReportAssembler(downloads, builds);
    List<ReportedPin> pins = new ArrayList<>();
    for (PlannedPin planned : plan.pins()) {
      List<ReportedState> states = new ArrayList<>();
      for (PlannedState state : planned.states()) {
        Outcome outcome = assembler.outcome(planned.pin(), state.target(), state.state());
        states.add(new ReportedState(state.target(), state.branches(), outcome));
      }
      pins.add(new ReportedPin(planned.pin(), states));
    }
    return new BuildReport(
        BuildReport.SCHEMA_VERSION,
        planDigest,
        pins,
        Check.sorted(assembler.files.values(), WheelFile.ORDER),
        plan.overrides().stream().map(AppliedOverride::of).toList(),
        List.of(),
        LockedRequirements.NONE);
  }

  private static void checkNoStrangers(
      BuildPlan plan, Set<String> downloads, Set<WorkTarget> builds) {
    Set<String> plannedDownloads = new HashSet<>();
    plan.downloads().forEach(work -> plannedDownloads.add(work.id()));
    Set<WorkTarget> plannedBuilds = new HashSet<>();
    for (BuildWork work : plan.builds()) {
      work.targets().forEach(target -> plannedBuilds.add(new WorkTarget(work.id(), target)));
    }
    for (String id : downloads) {
      if (!plannedDownloads.contains(id)) {
        throw new IllegalArgumentException("the plan does not download " + id);
      }
    }
    for (WorkTarget build : builds) {
      if (!plannedBuilds.contains(build)) {
        throw new IllegalArgumentException("the plan does not build " + build);
      }
    }
  }

  private Outcome outcome(Pin pin, TargetId target, PlanState state) {
    if (state instanceof PlanState.Reuse reuse) {
      WheelFile file = checked(pin, reuse.file());
      // what a download or build of this run says about the same file is newer
      files.putIfAbsent(new Outcome.Wheel(file.filename(), file.sha256()), file);
      return new Outcome.Reused(file.filename(), file.sha256());
    }
    if (state instanceof PlanState.Mirror mirror) {
      return mirrored(pin, result(downloads, mirror.download()));
    }
    if (state instanceof PlanState.Build build) {
      return built(pin, result(builds, new WorkTarget(build.work(), target)));
    }
    return withoutWork(state);
  }

  private Outcome mirrored(Pin pin, WorkResult result) {
    if (result instanceof WorkResult.Failed failed) {
      return failed.outcome();
    }
    WheelFile file = listed(pin, ((WorkResult.Done) result).file());
    return new Outcome.Mirrored(file.filename(), file.sha256());
  }

  private Outcome built(Pin pin, WorkResult result) {
    if (result instanceof WorkResult.Failed failed) {
      return failed.outcome();
    }
    WheelFile file = listed(pin, ((WorkResult.Done) result).file());
    return new Outcome.Built(file.filename(), file.sha256());
  }

  private static Outcome withoutWork(PlanState state) {
    if (state instanceof PlanState.Upstream upstream) {
      return new Outcome.Upstream(upstream.filename(), upstream.sha256());
    }
    if (state instanceof PlanState.NotApplicable inactive) {
      return new Outcome.NotApplicable(inactive.marker());
    }
    if (state instanceof PlanState.Excluded excluded) {
      return new Outcome.Excluded(excluded.reason(), excluded.expires());
    }
    if (state instanceof PlanState.Unsatisfiable none) {
      return new Outcome.Unsatisfiable(none.reason(), none.words());
    }
    throw new IllegalStateException("a plan state without an outcome: " + state.label());
  }

  private static <K> WorkResult result(Map<K, WorkResult> results, K work) {
    WorkResult result = results.get(work);
    if (result == null) {
      throw new IllegalArgumentException("no result of " + work);
    }
    return result;
  }

  private WheelFile listed(Pin pin, WheelFile file) {
    files.put(new Outcome.Wheel(file.filename(), file.sha256()), checked(pin, file));
    return file;
  }

  private static WheelFile checked(Pin pin, WheelFile file) {
    if (!new Pin(file.project(), file.version()).equals(pin)) {
      throw new IllegalArgumentException(file.filename() + " is not " + pin);
    }
    return file;
  }
}
