package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.BuildOverride;
import io.github.wheelmirror.build.BuildRequest;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.build.CompiledUpstream;
import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.Sharing;
import io.github.wheelmirror.build.WheelCoverage;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.build.WorkResult;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.tree.WheelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One sdist and the wheels that were made of it so far; of one thread. */
final class SdistBuilds {

  private final BuildMeans means;
  private final BuildSlots.Turn turn;
  private final BuildWork work;
  private final WheelCoverage coverage;
  private final BuildOverride override;
  private final UpstreamComparison comparison;
  private final List<Target> order = new ArrayList<>();
  private final List<WheelFile> wheels = new ArrayList<>();
  private final List<Building.Made> made = new ArrayList<>();
  private Optional<WorkResult> notFetched = Optional.empty();

  /** One build of the sdist. */
  private record Attempt(Target target, Sharing sharing, Path sdist, Path output, String log) {}

  /**
   * @param turn is passed on when the first wheel is only to be stored
   */
  SdistBuilds(BuildMeans means, BuildSlots.Turn turn, BuildWork work, WheelCoverage coverage) {
    this.means = means;
    this.turn = turn;
    this.work = work;
    this.coverage = coverage;
    this.override = means.plan().override(work.pin());
    this.comparison = means.fetching().comparison(work);
  }

  /** The wheels that were built, in their order. */
  List<Building.Made> made() {
    return List.copyOf(made);
  }

  /**
   * One result a target. What this host cannot build needs neither the sdist nor the lock, and
   * comes last: a wheel that is built for another target may serve it too.
   */
  Map<TargetId, WorkResult> results(List<Target> targets) {
    Map<TargetId, WorkResult> results = new LinkedHashMap<>();
    Map<Target, Diagnosis> refused = new LinkedHashMap<>();
    for (Target target : targets) {
      means.outside().builder().get().refusal(target).ifPresent(why -> refused.put(target, why));
    }
    List<Target> here = targets.stream().filter(each -> !refused.containsKey(each)).toList();
    order.addAll(here);
    order.addAll(refused.keySet());
    if (!here.isEmpty()) {
      Alone.with(
          lock(),
          "builds " + work.pin(),
          () -> {
            here.forEach(each -> results.put(each.id(), result(each, () -> build(each))));
            return results;
          });
    }
    refused.forEach(
        (each, why) -> results.put(each.id(), result(each, () -> new WorkResult.Failed(why, ""))));
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
    return means
        .outside()
        .wheelhouse()
        .byKey(work.key(target))
        .filter(wheel -> isPin(wheel) && coverage.covers(wheel, target))
        .filter(wheel -> Fetching.isUsed(means.outside(), wheel));
  }

  /** Those that come after the target and have no wheel yet. */
  private Sharing sharing(Target target) {
    List<Sharing.Other> others = new ArrayList<>();
    boolean apart = !wheels.isEmpty() || means.plan().keepsOthers(work);
    for (Target each : order.subList(order.indexOf(target) + 1, order.size())) {
      boolean served = inWheelhouse(each.id()).isPresent();
      apart |= served;
      if (!served && coverage.best(wheels, each.id()).isEmpty()) {
        others.add(new Sharing.Other(each, means.locks().of(work, each)));
      }
    }
    return new Sharing(others, apart);
  }

  private WorkResult build(Target target) {
    if (notFetched.isPresent()) {
      return notFetched.get();
    }
    try {
      WorkResult result = build(target, means.fetching().sdist(work.sdist()));
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
        BuildExperience.of(means.outside().experience(), work, target.id(), means.workspace());
    Optional<WorkResult.Failed> before = experience.failure();
    if (before.isPresent()) {
      return before.get();
    }
    Path output = means.workspace().buildOutput(work.id() + "-" + target.id().python());
    try {
      Attempt attempt = new Attempt(target, sharing(target), sdist, output, log);
      Folders.empty(output);
      Files.deleteIfExists(means.workspace().folder().resolve(log));
      BuildResult result =
          means.slots().run(experience.memoryBytes(), share -> built(attempt, share));
      if (isShortOfMemory(result)) {
        result = means.slots().runAlone(share -> built(attempt, share));
      }
      turn.pass();
      WorkResult stored = stored(attempt, result);
      experience.learn(result, stored);
      return stored;
    } catch (MirrorException e) {
      Interrupts.rethrow(e);
      return ItemFailures.of(e, FailureClass.UNKNOWN, existing(log));
    } catch (IOException e) {
      return ItemFailures.of(
          e,
          "the folder of builds cannot be used",
          "make room or make " + means.workspace().work() + " writable for this user",
          existing(log));
    } finally {
      Folders.discard(output, means.outside().log());
    }
  }

  /** It had a share of the memory only; alone it may have all. */
  private static boolean isShortOfMemory(BuildResult result) {
    return result instanceof BuildResult.Failed failed
        && failed.diagnosis().failureClass() == FailureClass.OUT_OF_MEMORY;
  }

  private BuildResult built(Attempt attempt, BuildSlots.Share share) {
    return means
        .outside()
        .builder()
        .get()
        .build(
            new BuildRequest(
                work.pin(),
                attempt.sdist(),
                attempt.target(),
                attempt.sharing(),
                work.buildConstraints(),
                means.locks().of(work, attempt.target()),
                override,
                work.buildTag(),
                work.sourceDateEpoch(),
                means.workspace().work(),
                attempt.output(),
                means.workspace().folder().resolve(attempt.log()),
                share.memoryBytes(),
                share.processors(),
                false));
  }

  private WorkResult stored(Attempt attempt, BuildResult result) throws IOException {
    Target target = attempt.target();
    String log = attempt.log();
    if (result instanceof BuildResult.Failed failed) {
      return new WorkResult.Failed(failed.diagnosis(), existing(log));
    }
    BuildResult.Built built = (BuildResult.Built) result;
    Optional<Diagnosis> refusal = new BuiltWheelCheck(work).refusal(built.wheel(), target);
    if (refusal.isPresent()) {
      return new WorkResult.Failed(refusal.get(), existing(log));
    }
    Optional<WheelFile> other = inWheelhouse(target.id());
    if (other.isPresent()) {
      return new WorkResult.Done(other.get());
    }
    WheelFile file = add(built, attempt.sdist(), target.id());
    made.add(new Building.Made(work, target, attempt.sharing(), attempt.sdist(), file));
    return new WorkResult.Done(file);
  }

  private WheelFile add(BuildResult.Built built, Path sdist, TargetId target) throws IOException {
    String key = work.key(target);
    String filename = String.valueOf(built.wheel().getFileName());
    means.outside().wheelhouse().recordBuild(key, filename, Sha256.of(built.wheel()));
    Origin.Built origin =
        new Origin.Built(
            key,
            Sha256.of(sdist),
            work.buildTag(),
            built.networkIsolated(),
            built.externalLibraries(),
            built.requirements(),
            built.shared().pythons(),
            built.shared().refused(),
            upstream(work.compiledUpstream()),
            comparison.missing(built.wheel()));
    return means
        .outside()
        .wheelhouse()
        .add(built.wheel(), WheelSource.built(origin, work.sdist().uploadTime()));
  }

  private static String upstream(CompiledUpstream compiled) {
    return compiled == CompiledUpstream.NONE ? "" : compiled.toString();
  }

  private boolean isPin(WheelFile wheel) {
    return new Pin(wheel.project(), wheel.version()).equals(work.pin());
  }

  private String existing(String log) {
    return Files.isRegularFile(means.workspace().folder().resolve(log)) ? log : "";
  }

  /** Runs that share the wheelhouse share the folder of sdists too. */
  private Path lock() {
    return means.outside().sdists().place(work.sdist()).resolveSibling(".build.lock");
  }
}
