package io.github.wheelmirror.builder;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildRequest;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.FailureClassifier;
import io.github.wheelmirror.build.WheelBuilder;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.python.BuildTag;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Builds on this host, for targets that are Pythons of this host. */
public final class HostWheelBuilder implements WheelBuilder {

  /** How a process ends that was killed: 128 and the number of the signal. */
  private static final int KILLED = 128 + 9;

  private static final String OR_EXCLUDE =
      ", or exclude the pin with a reason: <exclude>…</exclude>";

  private final Interpreters interpreters;
  private final Pep517WheelBuilder builder;
  private final Duration timeout;
  private final long maxLogBytes;

  /** A builder; {@code timeout} and {@code maxLogBytes} bound each build. */
  public HostWheelBuilder(
      Interpreters interpreters, Pep517WheelBuilder builder, Duration timeout, long maxLogBytes) {
    this.interpreters = interpreters;
    this.builder = builder;
    this.timeout = timeout;
    this.maxLogBytes = maxLogBytes;
  }

  /** Every Python of a host tells the same platform. */
  @Override
  public Optional<Diagnosis> refusal(Target target) {
    try {
      return foreign(Optional.of(interpreters.find(target.id().python())), target);
    } catch (MirrorException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted("for " + target.id());
      }
      // another platform's target may name a Python that this host never had
      return foreign(interpreters.all().stream().findFirst(), target)
          .or(
              () ->
                  Optional.of(
                      new Diagnosis(FailureClass.NO_INTERPRETER, e.what(), e.why(), e.fix())));
    }
  }

  private static Optional<Diagnosis> foreign(Optional<Interpreter> any, Target target) {
    String wanted = target.id().slug();
    return any.map(one -> one.facts().host().slug())
        .filter(slug -> !slug.equals(wanted))
        .map(
            slug ->
                new Diagnosis(
                    FailureClass.WAITING_FOR_AGENT,
                    "this host is " + slug + " and cannot build for " + wanted,
                    "what is built fits the platform that it was built on",
                    "run build with this plan on a host of that platform"));
  }

  @Override
  public BuildResult build(BuildRequest request) {
    Optional<Diagnosis> refusal = refusal(request.target());
    if (refusal.isPresent()) {
      return failed(refusal.get(), "");
    }
    BuildJob job =
        new BuildJob(
            request.pin().name().value(),
            request.pin().version().toString(),
            request.sdist(),
            interpreters.find(request.target().id().python()),
            request.buildConstraints(),
            request.workDirectory(),
            request.outputDirectory(),
            request.log(),
            request.sourceDateEpoch(),
            timeout,
            maxLogBytes);
    return result(builder.build(job), request);
  }

  private static BuildResult failed(Diagnosis diagnosis, String tail) {
    return new BuildResult.Failed(diagnosis, tail);
  }

  private static BuildResult result(BuildOutcome outcome, BuildRequest request) {
    if (outcome instanceof BuildOutcome.Built built) {
      return tagged(built, request);
    }
    if (outcome instanceof BuildOutcome.BackendFailed failed) {
      // as a shell does: a back-end that was killed cannot say so itself
      String words = failed.tail() + (failed.exitCode() == KILLED ? "\nKilled\n" : "");
      return failed(FailureClassifier.classify(words, request.target()), failed.tail());
    }
    if (outcome instanceof BuildOutcome.EnvironmentFailed failed) {
      return failed(
          FailureClassifier.classifyEnvironment(failed.reason(), failed.tail(), request.target()),
          failed.tail());
    }
    if (outcome instanceof BuildOutcome.TimedOut late) {
      return failed(tooLong(late.limit()), late.tail());
    }
    if (outcome instanceof BuildOutcome.OutputLimit flood) {
      return failed(tooMuch(flood.maxBytes()), flood.tail());
    }
    if (outcome instanceof BuildOutcome.Refused refused) {
      return failed(refused(refused.reason()), "");
    }
    if (outcome instanceof BuildOutcome.NoSuchWheel wrong) {
      return failed(
          badWheel(wrong.reason(), "the back-end did not make the wheel of this pin"), "");
    }
    Thread.currentThread().interrupt();
    throw interrupted(request.pin().toString());
  }

  private static MirrorException interrupted(String what) {
    return MirrorException.machinery(
        "building " + what + " was interrupted",
        "the run was asked to end",
        "run the goal again",
        null);
  }

  private static Diagnosis tooLong(Duration limit) {
    return new Diagnosis(
        FailureClass.TIMEOUT,
        "the build did not end within " + limit.toSeconds() + " s",
        "it hangs, waits for what no build has, or needs longer; the end of its log tells where",
        "give it longer with -Dwheel-mirror.buildTimeout=SECONDS" + OR_EXCLUDE);
  }

  private static Diagnosis tooMuch(long maxBytes) {
    return new Diagnosis(
        FailureClass.OUTPUT_LIMIT,
        "the build printed more than " + maxBytes + " bytes",
        "no sound build prints that much: it repeats itself",
        "see the log for what it repeats" + OR_EXCLUDE);
  }

  private static Diagnosis refused(String reason) {
    boolean noBuildFile = reason.contains("pyproject.toml") && reason.contains("setup.py");
    return new Diagnosis(
        noBuildFile ? FailureClass.NO_BUILD_FILE : FailureClass.UNSAFE_SDIST,
        reason,
        noBuildFile
            ? "one of them must say how it is built"
            : "it breaks the rules for sdists and their builds, so it is not built here",
        "upstream's sdist is at fault: exclude the pin with a reason: <exclude>…</exclude>");
  }

  private static Diagnosis badWheel(String symptom, String why) {
    return new Diagnosis(
        FailureClass.BAD_WHEEL,
        symptom,
        why,
        "the sdist's back-end is at fault: exclude the pin with a reason: <exclude>…</exclude>");
  }

  private static BuildResult tagged(BuildOutcome.Built built, BuildRequest request) {
    try {
      Path wheel = WheelRetagger.retag(built.wheel(), BuildTag.parse(request.buildTag()));
      return new BuildResult.Built(wheel, built.duration(), built.networkIsolated());
    } catch (IOException e) {
      return failed(badWheel("the built wheel cannot be given its build tag", IoWords.of(e)), "");
    } catch (IllegalArgumentException e) {
      return failed(
          badWheel("the built wheel cannot be given its build tag", String.valueOf(e.getMessage())),
          "");
    }
  }
}
