package io.github.wheelmirror.builder;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds wheels from sdists by their own PEP 517 backends, each in a fresh folder, a kept
 * environment and the host's best sandbox. A build that fails is an outcome, never an exception.
 * Safe for threads as long as no two build the same pin for the same Python in one work folder.
 */
public final class Pep517WheelBuilder {

  /** Legacy setuptools asks for wheel; an honest backend needs no second round after that. */
  private static final int MAX_ROUNDS = 4;

  private final ProcessRunner runner;
  private final SearchPath path;
  private final BuildEnvironments environments;
  private final SdistUnpacker unpacker;
  private final WheelAgreement agreement;
  private Optional<Sandbox> sandbox = Optional.empty();

  /**
   * @param path where builds find compilers and other programs
   */
  public Pep517WheelBuilder(
      ProcessRunner runner,
      SearchPath path,
      BuildEnvironments environments,
      SdistUnpacker unpacker,
      WheelAgreement agreement) {
    this.runner = runner;
    this.path = path;
    this.environments = environments;
    this.unpacker = unpacker;
    this.agreement = agreement;
  }

  /**
   * Builds, and leaves nothing but the wheel and the log.
   *
   * @throws MirrorException machinery, when the work or output folder cannot be written
   */
  public BuildOutcome build(BuildJob job) {
    Path folder = job.workDirectory().resolve(job.folderName());
    try {
      FileTree.delete(folder);
      Files.createDirectories(folder);
      try {
        BuildOutcome outcome = build(job, folder.toRealPath());
        if (outcome instanceof BuildOutcome.Refused refused) {
          note(job, "refused: " + refused.reason());
        } else if (outcome instanceof BuildOutcome.NoSuchWheel missing) {
          note(job, "refused: " + missing.reason());
        }
        return outcome;
      } finally {
        FileTree.delete(folder);
      }
    } catch (IOException | MirrorException e) {
      if (Thread.currentThread().isInterrupted()) {
        return new BuildOutcome.Interrupted();
      }
      if (e instanceof MirrorException known) {
        throw known;
      }
      throw MirrorException.machinery(
          "cannot build " + job.name() + " " + job.version() + " in " + folder,
          String.valueOf(e),
          "see that the disk is not full and that the folder may be written",
          e);
    }
  }

  private BuildOutcome build(BuildJob job, Path folder) throws IOException {
    Unpacked unpacked = unpacker.unpack(job.sdist(), folder.resolve("source"));
    if (unpacked instanceof Unpacked.UnsafeArchive unsafe) {
      return new BuildOutcome.Refused(unsafe.reason());
    }
    Path source = ((Unpacked.Tree) unpacked).top();
    try {
      return new Rounds(job, new HookRunner.Workplace(folder, source), BuildSystem.of(source))
          .run();
    } catch (RefusedSourceException e) {
      return new BuildOutcome.Refused(e.reason());
    }
  }

  private static void note(BuildJob job, String line) throws IOException {
    Path folder = job.log().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(
        job.log(),
        line + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private synchronized Sandbox sandbox(Path scratch) throws IOException {
    if (sandbox.isEmpty()) {
      sandbox = Optional.of(Sandbox.find(runner, path, scratch));
    }
    return sandbox.get();
  }

  /** The hooks, again with a richer environment for as long as the backend asks for more. */
  private final class Rounds {
    private final BuildJob job;
    private final HookRunner.Workplace place;
    private final BuildSystem system;
    private final List<String> requirements;
    private Duration left;
    private Duration spent = Duration.ZERO;

    Rounds(BuildJob job, HookRunner.Workplace place, BuildSystem system) {
      this.job = job;
      this.place = place;
      this.system = system;
      this.requirements = new ArrayList<>(system.requires());
      this.left = job.timeout();
    }

    BuildOutcome run() throws IOException, RefusedSourceException {
      Sandbox inside = sandbox(place.folder());
      HookRunner hooks = new HookRunner(runner, inside, path);
      for (int round = 0; round < MAX_ROUNDS; round++) {
        EnvironmentResult result =
            environments.obtain(job.interpreter(), requirements, job.buildConstraints(), job.log());
        if (result instanceof EnvironmentResult.Failed failed) {
          return new BuildOutcome.EnvironmentFailed(failed.reason(), failed.tail());
        }
        if (result instanceof EnvironmentResult.Interrupted) {
          return new BuildOutcome.Interrupted();
        }
        BuildEnvironment environment = ((EnvironmentResult.Ready) result).environment();
        HookRunner.Answer answer = answer(hooks, inside, environment);
        if (answer instanceof HookRunner.Answer.Failed failed) {
          return failure(failed.outcome());
        }
        if (answer instanceof HookRunner.Answer.Made made) {
          return collect(made.fileName(), environment, inside);
        }
        add(((HookRunner.Answer.Wants) answer).requirements());
      }
      return new BuildOutcome.Refused("its backend asks for other requirements every time");
    }

    private HookRunner.Answer answer(HookRunner hooks, Sandbox inside, BuildEnvironment environment)
        throws IOException, RefusedSourceException {
      String before = inside.filesProtected() ? "" : Fingerprint.of(environment.directory());
      long start = System.nanoTime();
      HookRunner.Answer answer =
          hooks.run(
              place,
              system,
              environment,
              requirements,
              job.sourceDateEpoch(),
              new Limits(left, job.maxLogBytes()),
              job.log());
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      spent = spent.plus(took);
      left = left.minus(took).isNegative() ? Duration.ofMillis(1) : left.minus(took);
      if (!inside.filesProtected() && !before.equals(Fingerprint.of(environment.directory()))) {
        environments.discard(environment);
        throw new RefusedSourceException("its build environment was changed while it was built");
      }
      return answer;
    }

    private void add(List<String> wanted) throws RefusedSourceException {
      for (String one : wanted) {
        if (!BuildSystem.isRequirement(one)) {
          throw new RefusedSourceException("its backend asks for '" + one + "'");
        }
        requirements.add(one);
      }
    }

    private BuildOutcome collect(String said, BuildEnvironment environment, Sandbox inside)
        throws IOException {
      WheelFolder wheels = new WheelFolder(place.wheels());
      Optional<String> refusal =
          wheels.refusal(said).or(() -> agreement.refusal(said, job.name(), job.version()));
      if (refusal.isPresent()) {
        return new BuildOutcome.NoSuchWheel(refusal.get());
      }
      return new BuildOutcome.Built(
          wheels.moveTo(said, job.outputDirectory()),
          spent,
          environment.freeze(),
          inside.networkIsolated());
    }

    private BuildOutcome failure(ProcessOutcome outcome) {
      String tail = outcome.transcript().output();
      if (outcome instanceof ProcessOutcome.TimedOut) {
        return new BuildOutcome.TimedOut(job.timeout(), tail);
      }
      if (outcome instanceof ProcessOutcome.OutputLimitExceeded) {
        return new BuildOutcome.OutputLimit(job.maxLogBytes(), tail);
      }
      if (outcome instanceof ProcessOutcome.Exited exited) {
        return exited.code() == 0
            ? new BuildOutcome.NoSuchWheel("its backend ended without an answer")
            : new BuildOutcome.BackendFailed(exited.code(), tail);
      }
      return new BuildOutcome.Interrupted();
    }
  }
}
