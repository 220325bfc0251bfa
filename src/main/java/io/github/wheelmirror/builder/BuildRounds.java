package io.github.wheelmirror.builder;

import io.github.wheelmirror.build.BuildLock;
import io.github.wheelmirror.build.LockResult;
import io.github.wheelmirror.build.RequirementsUsed;
import io.github.wheelmirror.build.SourcePatch;
import io.github.wheelmirror.python.MarkerEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One build, of a wheel or of its metadata alone: its hooks, again with a richer environment for as
 * long as the backend asks for more.
 */
final class BuildRounds {

  /** Legacy setuptools asks for wheel; an honest backend needs no second round after that. */
  private static final int MAX_ROUNDS = 4;

  /** Pythons before this one build in a process of their own. */
  private static final List<Integer> FORKING = List.of(3, 8);

  private final BuildEnvironments environments;
  private final SdistUnpacker unpacker;
  private final WheelAgreement agreement;
  private final BuildHost here;
  private final BuildJob job;
  private final Path folder;
  private HookRunner.Workplace place;
  private BuildSystem system;
  private final List<String> requirements;

  /** What the backend asked for and the environment had. */
  private final List<String> met = new ArrayList<>();

  private String hook;
  private RequirementsUsed used = RequirementsUsed.NOTHING;
  private boolean fork;
  private Duration left;
  private Duration spent = Duration.ZERO;

  BuildRounds(
      BuildEnvironments environments,
      SdistUnpacker unpacker,
      WheelAgreement agreement,
      BuildHost here,
      BuildJob job,
      Path folder)
      throws IOException, RefusedSourceException {
    this.environments = environments;
    this.unpacker = unpacker;
    this.agreement = agreement;
    this.here = here;
    this.job = job;
    this.folder = folder;
    List<String> words = job.override().words();
    if (!words.isEmpty()) {
      job.note("override: " + String.join(", ", words));
    }
    this.place = unpacked();
    this.system = BuildSystem.of(place.source());
    this.requirements = new ArrayList<>(system.requires());
    this.requirements.addAll(job.override().buildRequirements());
    this.hook = job.metadataOnly() ? WarmJob.PREPARE_METADATA : WarmJob.BUILD_WHEEL;
    this.left = job.limits().time();
    this.fork = job.interpreter().isAtLeast(FORKING);
  }

  /** A fresh tree; whatever an earlier hook left is gone. */
  private HookRunner.Workplace unpacked() throws IOException, RefusedSourceException {
    FileTree.delete(folder);
    Files.createDirectories(folder);
    Unpacked unpacked = unpacker.unpack(job.sdist(), folder.resolve("source"));
    if (unpacked instanceof Unpacked.UnsafeArchive unsafe) {
      throw new RefusedSourceException(unsafe.reason());
    }
    Path top = ((Unpacked.Tree) unpacked).top();
    SourcePatcher patcher = new SourcePatcher(top, Instant.ofEpochSecond(job.sourceDateEpoch()));
    for (SourcePatch patch : job.override().patches()) {
      patcher.apply(patch);
    }
    return new HookRunner.Workplace(folder, top);
  }

  private void startOver() throws IOException, RefusedSourceException {
    place = unpacked();
    system = BuildSystem.of(place.source());
  }

  BuildOutcome run() throws IOException, RefusedSourceException {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      EnvironmentResult result = environments.obtain(job.interpreter(), contents(), job.log());
      if (result instanceof EnvironmentResult.Failed failed) {
        return new BuildOutcome.EnvironmentFailed(failed.reason(), failed.tail());
      }
      if (result instanceof EnvironmentResult.Interrupted) {
        return new BuildOutcome.Interrupted();
      }
      BuildEnvironment environment = ((EnvironmentResult.Ready) result).environment();
      HookRunner.Answer answer = answer(environment, hook);
      if (answer instanceof HookRunner.Answer.Failed failed) {
        Optional<List<String>> wanted = hidden(failed, environment);
        if (wanted.isEmpty()) {
          return failure(failed);
        }
        add(wanted.get(), environment);
      } else if (answer instanceof HookRunner.Answer.Made made) {
        return job.metadataOnly() ? prepared(made) : collect(made, environment);
      } else if (answer instanceof HookRunner.Answer.Wants wants) {
        add(wants.requirements(), environment);
      } else if (answer instanceof HookRunner.Answer.Absent) {
        hook = WarmJob.BUILD_WHEEL;
      } else {
        return new BuildOutcome.Interrupted();
      }
    }
    return new BuildOutcome.Refused("its backend asks for other requirements every time");
  }

  /** The locked wheels, or what an installer has to find since they cannot be locked. */
  private EnvironmentContents contents() throws IOException {
    if (requirements.isEmpty()) {
      used = RequirementsUsed.NOTHING;
      return new EnvironmentContents.Locked(List.of(), List::of);
    }
    LockResult result = job.locks().lock(requirements, system.isSetuptools());
    if (result instanceof LockResult.Locked locked) {
      BuildLock lock = locked.lock();
      used = new RequirementsUsed(lock.digest(), "");
      return new EnvironmentContents.Locked(lock.wheels(), () -> job.locks().wheels(lock));
    }
    LockResult.NotLocked refused = (LockResult.NotLocked) result;
    used = new RequirementsUsed("", refused.words());
    if (refused.reason() != LockResult.Reason.NOT_ASKED) {
      job.note("the build requirements are not locked: " + refused.words());
    }
    return new EnvironmentContents.Wanted(requirements, job.buildConstraints());
  }

  /** What a backend wants that failed before it was asked, if there is anything. */
  private Optional<List<String>> hidden(
      HookRunner.Answer.Failed failed, BuildEnvironment environment)
      throws IOException, RefusedSourceException {
    if (!failed.unasked()) {
      return Optional.empty();
    }
    startOver();
    return answer(environment, WarmJob.ASK) instanceof HookRunner.Answer.Wants wants
            && !wants.requirements().isEmpty()
        ? Optional.of(wants.requirements())
        : Optional.empty();
  }

  private HookRunner.Answer answer(BuildEnvironment environment, String hook)
      throws IOException, RefusedSourceException {
    String before = here.sandbox().filesProtected() ? "" : Fingerprint.of(environment.directory());
    long start = System.nanoTime();
    HookRunner.Answer answer = here.hooks().run(call(environment, hook));
    if (answer instanceof HookRunner.Answer.Again) {
      startOver();
      fork = false;
      answer = here.hooks().run(call(environment, hook));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    spent = spent.plus(took);
    left = left.minus(took);
    if (!here.sandbox().filesProtected()
        && !before.equals(Fingerprint.of(environment.directory()))) {
      environments.discard(environment);
      throw new RefusedSourceException("its build environment was changed while it was built");
    }
    return answer;
  }

  private HookRunner.Call call(BuildEnvironment environment, String hook) throws IOException {
    return new HookRunner.Call(
        place,
        system,
        environment,
        have(environment),
        hook,
        job.override().environment(),
        settings(),
        !hook.equals(WarmJob.ASK),
        fork,
        here.compilers().of(job.interpreter(), job.override().environment()),
        job.fresh() ? Optional.empty() : here.cache().of(job.name()),
        job.sourceDateEpoch(),
        job.limits().within(left),
        job.log());
  }

  /** As pip gives them: a string, or a list where there is more than one. */
  private @Nullable Map<String, Object> settings() {
    Map<String, Object> settings = new TreeMap<>();
    job.override()
        .configSettings()
        .forEach((name, values) -> settings.put(name, values.size() == 1 ? values.get(0) : values));
    return settings.isEmpty() ? null : settings;
  }

  private void add(List<String> wanted, BuildEnvironment environment)
      throws RefusedSourceException {
    InstalledProjects installed =
        new InstalledProjects(
            environment.freeze(), MarkerEnvironment.of(job.interpreter().facts().markers()));
    for (String one : wanted) {
      if (!BuildSystem.isRequirement(one)) {
        throw new RefusedSourceException("its backend asks for '" + one + "'");
      }
      (installed.meet(one) ? met : requirements).add(one);
    }
  }

  /**
   * What was asked for, and the versions that are there: enough to know the simplest wishes met.
   */
  private List<String> have(BuildEnvironment environment) {
    List<String> all = new ArrayList<>(requirements);
    all.addAll(met);
    all.addAll(environment.freeze());
    return all;
  }

  private BuildOutcome collect(HookRunner.Answer.Made made, BuildEnvironment environment)
      throws IOException {
    String said = made.name();
    WheelFolder wheels = new WheelFolder(place.wheels());
    Optional<String> refusal =
        wheels.refusal(said).or(() -> agreement.refusal(said, job.name(), job.version()));
    if (refusal.isPresent()) {
      return new BuildOutcome.NoSuchWheel(refusal.get());
    }
    return new BuildOutcome.Built(
        wheels.moveTo(said, job.outputDirectory()),
        spent,
        made.end().memory(),
        environment.freeze(),
        used,
        here.sandbox().networkIsolated(),
        system.computesMetadata(made.computed()));
  }

  private BuildOutcome prepared(HookRunner.Answer.Made made) {
    try {
      return new BuildOutcome.Prepared(
          MadeMetadata.of(place.wheels(), made.name()), spent, made.end().memory());
    } catch (IOException | InvalidPathException e) {
      return new BuildOutcome.Refused("its metadata cannot be read: " + e.getMessage());
    }
  }

  private BuildOutcome failure(HookRunner.Answer.Failed failed) {
    String tail = failed.tail();
    BuildLimits limits = job.limits();
    return switch (failed.end().how()) {
      case TIMEOUT -> new BuildOutcome.TimedOut(limits.time(), tail);
      case OUTPUT -> new BuildOutcome.OutputLimit(limits.outputBytes(), tail);
      case MEMORY -> new BuildOutcome.MemoryLimit(limits.memoryBytes(), tail);
      case PROCESSES -> new BuildOutcome.ProcessLimit(limits.processes(), tail);
      case DISK -> new BuildOutcome.DiskLimit(limits.diskBytes(), tail);
      case EXIT ->
          failed.end().code() == 0
              ? new BuildOutcome.NoSuchWheel("its backend ended without an answer")
              : new BuildOutcome.BackendFailed(failed.end().code(), tail);
      case ISOLATION, KILLED, LOST -> new BuildOutcome.Killed(tail);
    };
  }
}
