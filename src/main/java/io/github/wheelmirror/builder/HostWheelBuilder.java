package io.github.wheelmirror.builder;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildRequest;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.FailureClassifier;
import io.github.wheelmirror.build.WheelBuilder;
import io.github.wheelmirror.python.BuildTag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Builds on this host, for targets that are Pythons of this host. */
public final class HostWheelBuilder implements WheelBuilder {

  private static final long MEBIBYTE = 1 << 20;

  private final Interpreters interpreters;
  private final Pep517WheelBuilder builder;
  private final BuildLimits limits;

  /** A builder; the limits are those of each build. */
  public HostWheelBuilder(
      Interpreters interpreters, Pep517WheelBuilder builder, BuildLimits limits) {
    this.interpreters = interpreters;
    this.builder = builder;
    this.limits = limits;
  }

  @Override
  public void close() {
    builder.close();
  }

  @Override
  public BuildResult build(BuildRequest request) {
    Interpreter interpreter;
    try {
      interpreter = interpreters.find(request.target().id().python());
    } catch (MirrorException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted(request);
      }
      // another platform's target may name a Python that this host never had
      return foreign(interpreters.all().stream().findFirst(), request)
          .orElseGet(
              () ->
                  new BuildResult.Failed(
                      FailureClass.NO_INTERPRETER, e.what() + "\n" + e.why(), e.fix(), ""));
    }
    Optional<BuildResult> foreign = foreign(Optional.of(interpreter), request);
    if (foreign.isPresent()) {
      return foreign.get();
    }
    BuildJob job =
        new BuildJob(
            request.pin().name().value(),
            request.pin().version().toString(),
            request.sdist(),
            interpreter,
            request.buildConstraints(),
            request.locks(),
            request.workDirectory(),
            request.outputDirectory(),
            request.log(),
            request.sourceDateEpoch(),
            limits);
    return result(builder.build(job), request);
  }

  /** Every Python of a host tells the same platform. */
  private static Optional<BuildResult> foreign(Optional<Interpreter> any, BuildRequest request) {
    String wanted = request.target().id().slug();
    return any.map(one -> one.facts().host().slug())
        .filter(slug -> !slug.equals(wanted))
        .map(
            slug ->
                new BuildResult.Failed(
                    FailureClass.WAITING_FOR_AGENT,
                    "this host is " + slug + " and cannot build for " + wanted,
                    "run build with this plan on a host of that platform",
                    ""));
  }

  private static BuildResult result(BuildOutcome outcome, BuildRequest request) {
    if (outcome instanceof BuildOutcome.Built built) {
      return tagged(built, request);
    }
    if (outcome instanceof BuildOutcome.BackendFailed failed) {
      Diagnosis diagnosis =
          FailureClassifier.classify(failed.tail(), request.pin(), request.target());
      return new BuildResult.Failed(
          diagnosis.failureClass(), diagnosis.why(), diagnosis.fix(), failed.tail());
    }
    if (outcome instanceof BuildOutcome.EnvironmentFailed failed) {
      return new BuildResult.Failed(
          FailureClass.BUILD_ENVIRONMENT,
          "its build requirements cannot be installed\n" + failed.reason(),
          "see the log; a <buildConstraint> may choose other versions",
          failed.tail());
    }
    if (outcome instanceof BuildOutcome.TimedOut late) {
      return new BuildResult.Failed(
          FailureClass.TIMEOUT,
          "the build did not end within " + late.limit().toSeconds() + " s",
          "give it longer with -Dwheel-mirror.buildTimeout=SECONDS, or exclude the pin with a"
              + " reason: <exclude>…</exclude>",
          late.tail());
    }
    if (outcome instanceof BuildOutcome.OutputLimit flood) {
      return new BuildResult.Failed(
          FailureClass.OUTPUT_LIMIT,
          "the build printed more than " + flood.maxBytes() + " bytes",
          "see the log for what it repeats, or exclude the pin with a reason:"
              + " <exclude>…</exclude>",
          flood.tail());
    }
    if (outcome instanceof BuildOutcome.MemoryLimit memory) {
      return new BuildResult.Failed(
          FailureClass.OUT_OF_MEMORY,
          "the build held more than " + memory.maxBytes() / MEBIBYTE + " MiB",
          "give it more with -Dwheel-mirror.buildMemory=MIB, or exclude the pin with a reason:"
              + " <exclude>…</exclude>",
          memory.tail());
    }
    if (outcome instanceof BuildOutcome.ProcessLimit crowd) {
      return new BuildResult.Failed(
          FailureClass.PROCESS_LIMIT,
          "the build ran more than " + crowd.most() + " processes at once",
          "see the log for what it starts, or exclude the pin with a reason: <exclude>…</exclude>",
          crowd.tail());
    }
    if (outcome instanceof BuildOutcome.DiskLimit disk) {
      return new BuildResult.Failed(
          FailureClass.DISK_FULL,
          disk.maxBytes() == 0
              ? "the disk is full"
              : "the build wrote more than "
                  + disk.maxBytes() / MEBIBYTE
                  + " MiB, or the disk is full",
          "make room, or give it more with -Dwheel-mirror.buildDisk=MIB, or exclude the pin with a"
              + " reason: <exclude>…</exclude>",
          disk.tail());
    }
    if (outcome instanceof BuildOutcome.Refused refused) {
      return refused(refused.reason());
    }
    if (outcome instanceof BuildOutcome.NoSuchWheel wrong) {
      return new BuildResult.Failed(
          FailureClass.BAD_WHEEL,
          wrong.reason(),
          "the sdist's back-end is at fault: exclude the pin with a reason: <exclude>…</exclude>",
          "");
    }
    Thread.currentThread().interrupt();
    throw interrupted(request);
  }

  private static MirrorException interrupted(BuildRequest request) {
    return MirrorException.machinery(
        "the build of " + request.pin() + " was interrupted",
        "the run was asked to end",
        "run the goal again",
        null);
  }

  private static BuildResult refused(String reason) {
    boolean noBuildFile = reason.contains("pyproject.toml") && reason.contains("setup.py");
    return new BuildResult.Failed(
        noBuildFile ? FailureClass.NO_BUILD_FILE : FailureClass.UNSAFE_SDIST,
        reason,
        "upstream's sdist is at fault: exclude the pin with a reason: <exclude>…</exclude>",
        "");
  }

  private static BuildResult tagged(BuildOutcome.Built built, BuildRequest request) {
    try {
      Path wheel = WheelRetagger.retag(built.wheel(), BuildTag.parse(request.buildTag()));
      return new BuildResult.Built(
          wheel, built.duration(), built.networkIsolated(), built.requirements());
    } catch (IOException | IllegalArgumentException e) {
      return new BuildResult.Failed(
          FailureClass.BAD_WHEEL,
          "the built wheel cannot be given its build tag: " + e.getMessage(),
          "the sdist's back-end is at fault: exclude the pin with a reason: <exclude>…</exclude>",
          "");
    }
  }
}
