package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.BuildRequest;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.WheelCoverage;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.build.WorkResult;
import io.github.wheelmirror.build.WorkTarget;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.CompatibleTags;
import io.github.wheelmirror.python.InvalidWheelFilenameException;
import io.github.wheelmirror.python.WheelFilename;
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

  private static final String EXCLUDE =
      "the sdist's back-end is at fault: exclude the pin with a reason: <exclude>…</exclude>";

  private final Outside outside;
  private final Workspace workspace;
  private final Map<TargetId, Target> targets = new HashMap<>();
  private final Fetching fetching;
  private final KeptLocks locks;
  private final WorkProgress progress;

  Building(
      Outside outside,
      Workspace workspace,
      List<Target> targets,
      Fetching fetching,
      KeptLocks locks,
      WorkProgress progress) {
    this.outside = outside;
    this.workspace = workspace;
    targets.forEach(target -> this.targets.put(target.id(), target));
    this.fetching = fetching;
    this.locks = locks;
    this.progress = progress;
  }

  /** The results of one work, one a target. A failure is a result, never an exception. */
  Map<WorkTarget, WorkResult> build(BuildWork work) {
    WorkProgress.Item item = progress.begins(work.pin().toString());
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
      Path sdist = fetching.sdist(work.sdist());
      One one = new One(work, sdist, new WheelCoverage(known));
      Alone.with(
          lock(sdist),
          "builds " + work.pin(),
          () -> {
            known.forEach(target -> results.put(target.id(), one.result(target)));
            return results;
          });
    } catch (MirrorException e) {
      Interrupts.rethrow(e);
      WorkResult failed = ItemFailures.of(e, FailureClass.DOWNLOAD, "");
      work.targets().forEach(target -> results.putIfAbsent(target, failed));
    }
    item.ends(words(results));
    Map<WorkTarget, WorkResult> all = new HashMap<>();
    results.forEach((target, result) -> all.put(new WorkTarget(work.id(), target), result));
    return all;
  }

  /** Runs that share the wheelhouse share the folder of sdists too. */
  private static Path lock(Path sdist) {
    return sdist.resolveSibling(".build.lock");
  }

  private static WorkResult undescribed(TargetId target) {
    return new WorkResult.Failed(
        FailureClass.NO_INTERPRETER,
        "the resolution does not describe " + target,
        "run resolve and plan again",
        "");
  }

  /** One sdist and the wheels that were made of it so far; of one thread. */
  private final class One {

    private final BuildWork work;
    private final Path sdist;
    private final WheelCoverage coverage;
    private final List<WheelFile> wheels = new ArrayList<>();

    One(BuildWork work, Path sdist, WheelCoverage coverage) {
      this.work = work;
      this.sdist = sdist;
      this.coverage = coverage;
    }

    WorkResult result(Target target) {
      Optional<WheelFile> own = coverage.best(wheels, target.id());
      if (own.isPresent()) {
        return new WorkResult.Done(own.get());
      }
      WorkResult result =
          inWheelhouse(target.id())
              .<WorkResult>map(WorkResult.Done::new)
              .orElseGet(() -> build(target));
      if (result instanceof WorkResult.Done done) {
        wheels.add(done.file());
      }
      return result;
    }

    /** What a run that was killed before it could report, or another one, built with this key. */
    private Optional<WheelFile> inWheelhouse(TargetId target) {
      return outside
          .wheelhouse()
          .byKey(work.key(target))
          .filter(wheel -> isPin(wheel) && coverage.covers(wheel, target));
    }

    private WorkResult build(Target target) {
      String log = Workspace.buildLog(work.pin(), target.id());
      Path output = workspace.buildOutput(work.id() + "-" + target.id().python());
      try {
        Folders.empty(output);
        Files.deleteIfExists(workspace.folder().resolve(log));
        BuildResult result = outside.builder().get().build(request(target, output, log));
        return stored(target, result, log);
      } catch (MirrorException e) {
        Interrupts.rethrow(e);
        return ItemFailures.of(e, FailureClass.UNKNOWN, existing(log));
      } catch (IOException e) {
        return ItemFailures.of(
            e,
            "the folder of builds cannot be used",
            "make room or make " + workspace.work() + " writable for this user",
            existing(log));
      } finally {
        discard(output);
      }
    }

    private BuildRequest request(Target target, Path output, String log) {
      return new BuildRequest(
          work.pin(),
          sdist,
          target,
          work.buildConstraints(),
          locks.of(work, target),
          work.buildTag(),
          work.sourceDateEpoch(),
          workspace.work(),
          output,
          workspace.folder().resolve(log));
    }

    private WorkResult stored(Target target, BuildResult result, String log) throws IOException {
      if (result instanceof BuildResult.Failed failed) {
        return new WorkResult.Failed(
            failed.failureClass(), failed.why(), failed.fix(), existing(log));
      }
      BuildResult.Built built = (BuildResult.Built) result;
      Optional<String> misfit = misfit(built.wheel(), target);
      if (misfit.isPresent()) {
        return new WorkResult.Failed(FailureClass.BAD_WHEEL, misfit.get(), EXCLUDE, existing(log));
      }
      Optional<WheelFile> other = inWheelhouse(target.id());
      return new WorkResult.Done(other.isPresent() ? other.get() : add(built, target.id()));
    }

    /** Why the wheel is not what was wanted; it must not even enter the wheelhouse then. */
    private Optional<String> misfit(Path wheel, Target target) {
      String filename = String.valueOf(wheel.getFileName());
      WheelFilename name;
      try {
        name = WheelFilename.parse(filename);
      } catch (InvalidWheelFilenameException e) {
        return Optional.of("the build made " + filename + ", which is no wheel's name");
      }
      if (!new Pin(name.name(), name.version()).equals(work.pin())) {
        return Optional.of(
            "the build made %s, and === does not accept it for %s".formatted(filename, work.pin()));
      }
      return CompatibleTags.of(target.tags()).priority(name.tags()).isPresent()
          ? Optional.empty()
          : Optional.of(
              "the build made %s, which %s does not take".formatted(filename, target.id()));
    }

    private WheelFile add(BuildResult.Built built, TargetId target) throws IOException {
      String key = work.key(target);
      String filename = String.valueOf(built.wheel().getFileName());
      outside.wheelhouse().recordBuild(key, filename, Sha256.of(built.wheel()));
      Origin.Built origin =
          new Origin.Built(
              key,
              Sha256.of(sdist),
              work.buildTag(),
              built.networkIsolated(),
              built.requirements());
      return outside
          .wheelhouse()
          .add(built.wheel(), WheelSource.built(origin, work.sdist().uploadTime()));
    }

    private boolean isPin(WheelFile wheel) {
      return new Pin(wheel.project(), wheel.version()).equals(work.pin());
    }

    private String existing(String log) {
      return Files.isRegularFile(workspace.folder().resolve(log)) ? log : "";
    }
  }

  private void discard(Path output) {
    try {
      Folders.remove(output);
    } catch (IOException e) {
      outside.log().warning(output + " is left behind: " + e);
    }
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
