package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.BuildOverride;
import io.github.wheelmirror.build.BuildRequest;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.RemoteFile;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** Builds one sdist for all targets that want it; a wheel that serves several is built once. */
final class Building {

  private static final String USELESS = "no client that wants the pin here would install it";
  private static final String EXCLUDE =
      "the sdist's back-end is at fault: exclude the pin with a reason: <exclude>…</exclude>";

  private final Outside outside;
  private final Workspace workspace;
  private final Map<TargetId, Target> targets = new HashMap<>();
  private final Fetching fetching;
  private final BuildSlots slots;
  private final KeptLocks locks;
  private final Function<Pin, BuildOverride> overrides;
  private final WorkProgress progress;
  private final List<Made> made = new CopyOnWriteArrayList<>();

  /** A wheel that was built by this run. */
  record Made(BuildWork work, Target target, Path sdist, WheelFile file) {}

  Building(
      Outside outside,
      Workspace workspace,
      List<Target> targets,
      Fetching fetching,
      BuildSlots slots,
      KeptLocks locks,
      Function<Pin, BuildOverride> overrides,
      WorkProgress progress) {
    this.outside = outside;
    this.workspace = workspace;
    targets.forEach(target -> this.targets.put(target.id(), target));
    this.fetching = fetching;
    this.slots = slots;
    this.locks = locks;
    this.overrides = overrides;
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
    return outside.builder().get().refusal(target).isEmpty()
        && outside.wheelhouse().byKey(work.key(target.id())).isEmpty()
        && BuildExperience.of(outside.experience(), work, target.id(), workspace)
            .failure()
            .isEmpty();
  }

  /** The results of one work, one a target. A failure is a result, never an exception. */
  Map<WorkTarget, WorkResult> build(BuildWork work) {
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
      results.putAll(new One(work, new WheelCoverage(known)).results(known));
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

  /** Runs that share the wheelhouse share the folder of sdists too. */
  private Path lock(RemoteFile sdist) {
    return outside.sdists().place(sdist).resolveSibling(".build.lock");
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

  /** One sdist and the wheels that were made of it so far; of one thread. */
  private final class One {

    private final BuildWork work;
    private final WheelCoverage coverage;
    private final BuildOverride override;
    private final List<WheelFile> wheels = new ArrayList<>();
    private Optional<WorkResult> notFetched = Optional.empty();

    One(BuildWork work, WheelCoverage coverage) {
      this.work = work;
      this.coverage = coverage;
      this.override = overrides.apply(work.pin());
    }

    /**
     * One result a target. What this host cannot build needs neither the sdist nor the lock, and
     * comes last: a wheel that is built for another target may serve it too.
     */
    Map<TargetId, WorkResult> results(List<Target> targets) {
      Map<TargetId, WorkResult> results = new LinkedHashMap<>();
      Map<Target, Diagnosis> refused = new LinkedHashMap<>();
      for (Target target : targets) {
        outside.builder().get().refusal(target).ifPresent(why -> refused.put(target, why));
      }
      List<Target> here = targets.stream().filter(each -> !refused.containsKey(each)).toList();
      if (!here.isEmpty()) {
        Alone.with(
            lock(work.sdist()),
            "builds " + work.pin(),
            () -> {
              here.forEach(each -> results.put(each.id(), result(each, () -> build(each))));
              return results;
            });
      }
      refused.forEach(
          (each, why) ->
              results.put(each.id(), result(each, () -> new WorkResult.Failed(why, ""))));
      return results;
    }

    private WorkResult result(Target target, Supplier<WorkResult> otherwise) {
      Optional<WheelFile> own = coverage.best(wheels, target.id());
      if (own.isPresent()) {
        return new WorkResult.Done(own.get());
      }
      WorkResult result =
          inWheelhouse(target.id()).<WorkResult>map(WorkResult.Done::new).orElseGet(otherwise);
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
          .filter(wheel -> isPin(wheel) && coverage.covers(wheel, target))
          .filter(wheel -> Fetching.isUsed(outside, wheel));
    }

    private WorkResult build(Target target) {
      if (notFetched.isPresent()) {
        return notFetched.get();
      }
      try {
        WorkResult result = build(target, fetching.sdist(work.sdist()));
        return result instanceof WorkResult.Failed failed
            ? new WorkResult.Failed(override.completed(failed.diagnosis()), failed.log())
            : result;
      } catch (MirrorException e) {
        Interrupts.rethrow(e);
        notFetched = Optional.of(ItemFailures.of(e, FailureClass.DOWNLOAD, ""));
        return notFetched.get();
      }
    }

    private WorkResult build(Target target, Path sdist) {
      String log = Workspace.buildLog(work.pin(), target.id());
      BuildExperience experience =
          BuildExperience.of(outside.experience(), work, target.id(), workspace);
      Optional<WorkResult.Failed> before = experience.failure();
      if (before.isPresent()) {
        return before.get();
      }
      Path output = workspace.buildOutput(work.id() + "-" + target.id().python());
      try {
        Folders.empty(output);
        Files.deleteIfExists(workspace.folder().resolve(log));
        BuildResult result =
            slots.run(experience.memoryBytes(), share -> built(target, sdist, output, log, share));
        if (isShortOfMemory(result)) {
          result = slots.runAlone(share -> built(target, sdist, output, log, share));
        }
        WorkResult stored = stored(target, sdist, result, log);
        experience.learn(result, stored);
        return stored;
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

    /** It had a share of the memory only; alone it may have all. */
    private static boolean isShortOfMemory(BuildResult result) {
      return result instanceof BuildResult.Failed failed
          && failed.diagnosis().failureClass() == FailureClass.OUT_OF_MEMORY;
    }

    private BuildResult built(
        Target target, Path sdist, Path output, String log, BuildSlots.Share share) {
      return outside.builder().get().build(request(target, sdist, output, log, share));
    }

    private BuildRequest request(
        Target target, Path sdist, Path output, String log, BuildSlots.Share share) {
      return new BuildRequest(
          work.pin(),
          sdist,
          target,
          work.buildConstraints(),
          locks.of(work, target),
          override,
          work.buildTag(),
          work.sourceDateEpoch(),
          workspace.work(),
          output,
          workspace.folder().resolve(log),
          share.memoryBytes(),
          share.processors(),
          false);
    }

    private WorkResult stored(Target target, Path sdist, BuildResult result, String log)
        throws IOException {
      if (result instanceof BuildResult.Failed failed) {
        return new WorkResult.Failed(failed.diagnosis(), existing(log));
      }
      BuildResult.Built built = (BuildResult.Built) result;
      Optional<String> misfit = misfit(built.wheel(), target);
      if (misfit.isPresent()) {
        return new WorkResult.Failed(
            new Diagnosis(FailureClass.BAD_WHEEL, misfit.get(), USELESS, EXCLUDE), existing(log));
      }
      if (lacksItsExtension(built.wheel())) {
        return new WorkResult.Failed(
            new Diagnosis(
                FailureClass.BAD_WHEEL,
                "the build made " + built.wheel().getFileName() + " without its extension",
                "all wheels that upstream has of it are compiled: what could not be compiled was"
                    + " left out without a failure",
                "see the log for what is missing and install it (a compiler, or the Python's or a"
                    + " library's headers), or exclude the pin with a reason: <exclude>…</exclude>"),
            existing(log));
      }
      Optional<WheelFile> other = inWheelhouse(target.id());
      if (other.isPresent()) {
        return new WorkResult.Done(other.get());
      }
      WheelFile file = add(built, sdist, target.id());
      made.add(new Made(work, target, sdist, file));
      return new WorkResult.Done(file);
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

    /** Projects that can do without their extension leave it out when it cannot be compiled. */
    private boolean lacksItsExtension(Path wheel) {
      return work.compiledUpstream()
          && WheelFilename.parse(String.valueOf(wheel.getFileName())).isPure();
    }

    private WheelFile add(BuildResult.Built built, Path sdist, TargetId target) throws IOException {
      String key = work.key(target);
      String filename = String.valueOf(built.wheel().getFileName());
      outside.wheelhouse().recordBuild(key, filename, Sha256.of(built.wheel()));
      Origin.Built origin =
          new Origin.Built(
              key,
              Sha256.of(sdist),
              work.buildTag(),
              built.networkIsolated(),
              built.externalLibraries(),
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
