package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.BuildRequest;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.WheelBuilder;
import io.github.wheelmirror.build.WheelCoverage;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.build.WorkResult;
import io.github.wheelmirror.build.WorkTarget;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.tree.WheelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Builds one sdist for all targets that want it; a wheel that serves several is built once. */
final class Building {

  private final Outside outside;
  private final Workspace workspace;
  private final WheelBuilder builder;
  private final WheelCoverage coverage;
  private final Map<TargetId, Target> targets = new HashMap<>();
  private final Fetching fetching;
  private final WorkProgress progress;

  Building(
      Outside outside,
      Workspace workspace,
      List<Target> targets,
      Fetching fetching,
      WorkProgress progress) {
    this.outside = outside;
    this.workspace = workspace;
    this.builder = outside.builder().get();
    this.coverage = new WheelCoverage(targets);
    targets.forEach(target -> this.targets.put(target.id(), target));
    this.fetching = fetching;
    this.progress = progress;
  }

  /** The results of one work, one a target. A failure is a result, never an exception. */
  Map<WorkTarget, WorkResult> build(BuildWork work) {
    WorkProgress.Item item = progress.begins(work.pin().toString());
    Map<TargetId, WorkResult> results = new LinkedHashMap<>();
    try {
      Path sdist = fetching.sdist(work.sdist());
      List<WheelFile> wheels = new ArrayList<>();
      for (TargetId target : work.targets()) {
        results.put(target, one(work, target, sdist, wheels));
      }
    } catch (MirrorException e) {
      Interrupts.rethrow(e);
      WorkResult failed = Fetching.failed(Fetching.failureClass(e), e);
      work.targets().forEach(target -> results.putIfAbsent(target, failed));
    }
    item.ends(words(results));
    Map<WorkTarget, WorkResult> all = new HashMap<>();
    results.forEach((target, result) -> all.put(new WorkTarget(work.id(), target), result));
    return all;
  }

  private WorkResult one(BuildWork work, TargetId target, Path sdist, List<WheelFile> wheels) {
    Optional<WheelFile> earlier =
        coverage
            .best(wheels, target)
            .or(
                () ->
                    outside
                        .wheelhouse()
                        .byKey(work.key(target))
                        .filter(wheel -> coverage.covers(wheel, target)));
    if (earlier.isPresent()) {
      return new WorkResult.Done(earlier.get());
    }
    Target known = targets.get(target);
    if (known == null) {
      return new WorkResult.Failed(
          FailureClass.NO_INTERPRETER,
          "the resolution does not describe " + target,
          "run resolve again",
          "");
    }
    WorkResult result = build(work, known, sdist);
    if (result instanceof WorkResult.Done done) {
      wheels.add(done.file());
    }
    return result;
  }

  private WorkResult build(BuildWork work, Target target, Path sdist) {
    String log = Workspace.buildLog(work.pin(), target.id());
    Path output = workspace.work().resolve("out").resolve(work.id() + "-" + target.id().python());
    try {
      Folders.empty(output);
      Files.deleteIfExists(workspace.folder().resolve(log));
      BuildResult result =
          builder.build(
              new BuildRequest(
                  work.pin(),
                  sdist,
                  target,
                  work.buildConstraints(),
                  work.buildTag(),
                  work.sourceDateEpoch(),
                  workspace.work(),
                  output,
                  workspace.folder().resolve(log)));
      return stored(work, target, sdist, result, log);
    } catch (MirrorException e) {
      Interrupts.rethrow(e);
      return new WorkResult.Failed(FailureClass.BAD_WHEEL, e.what() + "\n" + e.why(), e.fix(), log);
    } catch (IOException e) {
      return new WorkResult.Failed(
          FailureClass.DISK_FULL,
          "the folder of builds cannot be used: " + e,
          "make room or make " + workspace.work() + " writable for this user",
          log);
    } finally {
      Folders.remove(output);
    }
  }

  private WorkResult stored(
      BuildWork work, Target target, Path sdist, BuildResult result, String log)
      throws IOException {
    if (result instanceof BuildResult.Failed failed) {
      boolean hasLog = Files.isRegularFile(workspace.folder().resolve(log));
      return new WorkResult.Failed(
          failed.failureClass(), failed.why(), failed.fix(), hasLog ? log : "");
    }
    BuildResult.Built built = (BuildResult.Built) result;
    String key = work.key(target.id());
    WheelFile wheel =
        outside
            .wheelhouse()
            .add(
                built.wheel(),
                WheelSource.built(
                    new Origin.Built(
                        key, Sha256.of(sdist), work.buildTag(), built.networkIsolated()),
                    work.sdist().uploadTime()));
    if (!coverage.covers(wheel, target.id())) {
      // not recorded under its key: a later run must not take it for what this target needs
      return new WorkResult.Failed(
          FailureClass.BAD_WHEEL,
          "the build made " + wheel.filename() + ", which " + target.id() + " does not take",
          "the sdist's back-end is at fault: exclude the pin with a reason: <exclude>…</exclude>",
          log);
    }
    outside.wheelhouse().recordBuild(key, wheel);
    return new WorkResult.Done(wheel);
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
