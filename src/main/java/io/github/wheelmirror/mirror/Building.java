package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Sharing;
import io.github.wheelmirror.build.WheelCoverage;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.build.WorkResult;
import io.github.wheelmirror.build.WorkTarget;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** Builds one sdist for all targets that want it; a wheel that serves several is built once. */
final class Building {

  private final BuildMeans means;
  private final Map<TargetId, Target> targets = new HashMap<>();
  private final WorkProgress progress;
  private final List<Made> made = new CopyOnWriteArrayList<>();

  /** A wheel that was built by this run. */
  record Made(BuildWork work, Target target, Sharing sharing, Path sdist, WheelFile file) {}

  Building(BuildMeans means, List<Target> targets, WorkProgress progress) {
    this.means = means;
    targets.forEach(target -> this.targets.put(target.id(), target));
    this.progress = progress;
  }

  /** All wheels built so far, in no order. */
  List<Made> made() {
    return List.copyOf(made);
  }

  /** Whether the work's sdist will be asked for, as far as can be told. */
  boolean needsSdist(BuildWork work) {
    try {
      return work.targets().stream()
          .flatMap(id -> Optional.ofNullable(targets.get(id)).stream())
          .anyMatch(target -> needsSdist(work, target));
    } catch (MirrorException e) {
      Interrupts.rethrow(e);
      // the build meets it again, and tells it
      return false;
    }
  }

  private boolean needsSdist(BuildWork work, Target target) {
    return means.outside().builder().get().refusal(target).isEmpty()
        && means.outside().wheelhouse().byKey(work.key(target.id())).isEmpty()
        && BuildExperience.of(means.outside().experience(), work, target.id(), means.workspace())
            .failure()
            .isEmpty();
  }

  /** The results of one work, one a target. A failure is a result, never an exception. */
  Map<WorkTarget, WorkResult> build(BuildWork work) {
    try (BuildSlots.Turn turn = means.slots().turn()) {
      return build(work, turn);
    }
  }

  private Map<WorkTarget, WorkResult> build(BuildWork work, BuildSlots.Turn turn) {
    WorkProgress.Item item = progress.begins(work.id(), work.pin().toString());
    Map<TargetId, WorkResult> results = new LinkedHashMap<>();
    List<Target> known = new ArrayList<>();
    for (TargetId id : work.targets()) {
      Target target = targets.get(id);
      if (target == null) {
        results.put(id, undescribed(id));
      } else {
        known.add(target);
      }
    }
    try {
      SdistBuilds builds = new SdistBuilds(means, turn, work, new WheelCoverage(known));
      results.putAll(builds.results(known));
      made.addAll(builds.made());
    } catch (MirrorException e) {
      Interrupts.rethrow(e);
      WorkResult failed = ItemFailures.of(e, FailureClass.UNKNOWN, "");
      work.targets().forEach(target -> results.putIfAbsent(target, failed));
    }
    item.ends(words(results));
    Map<WorkTarget, WorkResult> all = new HashMap<>();
    results.forEach((target, result) -> all.put(new WorkTarget(work.id(), target), result));
    return all;
  }

  private static WorkResult undescribed(TargetId target) {
    return new WorkResult.Failed(
        new Diagnosis(
            FailureClass.NO_INTERPRETER,
            "the resolution does not describe " + target,
            "the plan was made with another one",
            "run resolve and plan again"),
        "");
  }

  private static String words(Map<TargetId, WorkResult> results) {
    TreeSet<String> built = new TreeSet<>();
    List<String> failed = new ArrayList<>();
    results.forEach(
        (target, result) -> {
          if (result instanceof WorkResult.Done done) {
            built.add(done.file().filename());
          } else {
            failed.add(target.python());
          }
        });
    if (failed.isEmpty()) {
      return "built " + String.join(", ", built);
    }
    return (built.isEmpty() ? "" : "built " + String.join(", ", built) + "; ")
        + "failed on "
        + String.join(", ", failed);
  }
}
