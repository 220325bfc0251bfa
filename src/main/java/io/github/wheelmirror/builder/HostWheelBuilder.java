package io.github.wheelmirror.builder;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildCost;
import io.github.wheelmirror.build.BuildRequest;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.WheelBuilder;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.python.BuildTag;
import io.github.wheelmirror.python.WheelFilename;
import io.github.wheelmirror.tree.NativeNeeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Builds on this host, for targets that are Pythons of this host. */
public final class HostWheelBuilder implements WheelBuilder {

  private final Interpreters interpreters;
  private final Pep517WheelBuilder builder;
  private final BuildLimits limits;
  private final MetadataAgreement agreement;

  /** A builder; the limits are those of each build. */
  public HostWheelBuilder(
      Interpreters interpreters, Pep517WheelBuilder builder, BuildLimits limits) {
    this.interpreters = interpreters;
    this.builder = builder;
    this.limits = limits;
    this.agreement = new MetadataAgreement(builder, this::here);
  }

  @Override
  public void close() {
    builder.close();
  }

  /** Every Python of a host tells the same platform. */
  @Override
  public Optional<Diagnosis> refusal(Target target) {
    try {
      return foreign(Optional.of(interpreters.find(target.id().python())), target);
    } catch (MirrorException absent) {
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted("for " + target.id());
      }
      // another platform's target may name a Python that this host never had
      return foreign(interpreters.all().stream().findFirst(), target)
          .or(() -> Optional.of(absent(target)));
    }
  }

  private Optional<Interpreter> here(Target target) {
    return refusal(target).isEmpty()
        ? Optional.of(interpreters.find(target.id().python()))
        : Optional.empty();
  }

  /** Without the places of those that are here: the report travels to other machines. */
  private Diagnosis absent(Target target) {
    List<String> found = interpreters.all().stream().map(Interpreter::name).distinct().toList();
    return new Diagnosis(
        FailureClass.NO_INTERPRETER,
        "this host has no Python " + target.id().python(),
        "a wheel is built by the Python that it is for; "
            + (found.isEmpty()
                ? "no Python was found at all"
                : "found " + String.join(", ", found)),
        "put this Python on PATH, name its program with <interpreters>, or run build with this plan"
            + " on a host that has it");
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
            request.locks(),
            request.override(),
            request.workDirectory(),
            request.outputDirectory(),
            request.log(),
            request.sourceDateEpoch(),
            limits.within(request.memoryBytes(), request.processors()),
            request.fresh(),
            false);
    return result(builder.build(job), job, request);
  }

  private static BuildResult failed(Diagnosis diagnosis, String tail) {
    return new BuildResult.Failed(diagnosis, tail);
  }

  private BuildResult result(BuildOutcome outcome, BuildJob job, BuildRequest request) {
    if (outcome instanceof BuildOutcome.Built built) {
      return tagged(built, job, request);
    }
    if (outcome instanceof BuildOutcome.Interrupted) {
      Thread.currentThread().interrupt();
      throw interrupted(request.pin().toString());
    }
    return failed(OutcomeDiagnosis.of(outcome, request.target()), outcome.tail());
  }

  static MirrorException interrupted(String what) {
    return MirrorException.machinery(
        "building " + what + " was interrupted",
        "the run was asked to end",
        "run the goal again",
        null);
  }

  private BuildResult tagged(BuildOutcome.Built built, BuildJob job, BuildRequest request) {
    try {
      MetadataAgreement.Answer answer = agreement.of(built, job, request);
      WheelFilename name = WheelFilename.parse(String.valueOf(built.wheel().getFileName()));
      NativeNeeds needs = name.isPure() ? NativeNeeds.NONE : NativeNeeds.of(built.wheel());
      BuildTag tag = BuildTag.parse(request.buildTag());
      Path wheel =
          answer.narrow().isEmpty()
              ? WheelRetagger.retag(
                  built.wheel(), tag, HonestPlatform.of(name, needs, request.target().tags()))
              : WheelRetagger.retagFor(built.wheel(), tag, answer.narrow());
      BuildCost cost = new BuildCost(built.duration().toMillis() / 1000.0, built.memoryBytes());
      return new BuildResult.Built(
          wheel,
          cost.then(answer.cost()),
          built.networkIsolated(),
          List.copyOf(needs.libraries()),
          built.requirements(),
          answer.shared());
    } catch (IOException e) {
      if (IoWords.tellsFullDisk(e)) {
        throw MirrorException.machinery(
            "the built wheel cannot be given its tags",
            IoWords.of(e),
            "make room and run the goal again",
            e);
      }
      return failed(
          OutcomeDiagnosis.badWheel("the built wheel cannot be given its tags", IoWords.of(e)), "");
    } catch (IllegalArgumentException e) {
      return failed(
          OutcomeDiagnosis.badWheel(
              "the built wheel cannot be given its tags", String.valueOf(e.getMessage())),
          "");
    }
  }
}
