package io.github.wheelmirror.builder;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildCost;
import io.github.wheelmirror.build.BuildRequest;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.Diagnosis;
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

  private final HostPythons pythons;
  private final Pep517WheelBuilder builder;
  private final BuildLimits limits;
  private final MetadataAgreement agreement;
  private final BuildPlaces places;

  /** A builder; the limits are those of each build. */
  public HostWheelBuilder(
      Interpreters interpreters,
      Pep517WheelBuilder builder,
      BuildLimits limits,
      BuildPlaces places) {
    this.places = places;
    this.pythons = new HostPythons(interpreters);
    this.builder = builder;
    this.limits = limits;
    this.agreement = new MetadataAgreement(builder, pythons::here);
  }

  @Override
  public void close() {
    builder.close();
  }

  @Override
  public Optional<Diagnosis> refusal(Target target) {
    return pythons.refusal(target).or(places::refusal);
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
            pythons.find(request.target()),
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
