package io.github.wheelmirror.builder;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildCost;
import io.github.wheelmirror.build.BuildRequest;
import io.github.wheelmirror.build.Sharing;
import io.github.wheelmirror.build.WheelCoverage;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.python.CoreMetadata;
import io.github.wheelmirror.python.InstallationMetadata;
import io.github.wheelmirror.python.WheelFilename;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whom a pure wheel may serve: where code of the source computes its metadata, the highest Python
 * that wants it prepares that too, and they must agree.
 */
final class MetadataAgreement {

  private static final String OTHERS = "other Pythons have wheels of their own";

  private final Pep517WheelBuilder builder;
  private final Function<Target, Optional<Interpreter>> interpreters;

  /**
   * @param interpreters the Python of this host for a target, if it has it
   */
  MetadataAgreement(
      Pep517WheelBuilder builder, Function<Target, Optional<Interpreter>> interpreters) {
    this.builder = builder;
    this.interpreters = interpreters;
  }

  /**
   * Whom the wheel may serve.
   *
   * @param narrow the Pythons that its tags must name instead of their own; empty if those are well
   * @param cost what finding out took
   */
  record Answer(Sharing.Shared shared, List<String> narrow, BuildCost cost) {

    static final Answer WITH_ALL =
        new Answer(Sharing.Shared.WITH_ALL, List.of(), new BuildCost(0, 0));

    Answer {
      narrow = List.copyOf(narrow);
    }
  }

  private record Highest(Sharing.Other other, Interpreter interpreter) {}

  /** Whether the metadata on the other Python is the same, and if not what to say of it. */
  private record Opinion(String against, BuildCost cost) {}

  /**
   * Asks, if need be.
   *
   * @param job what the wheel was built by
   * @throws IOException if the wheel has no metadata
   */
  Answer of(BuildOutcome.Built built, BuildJob job, BuildRequest request) throws IOException {
    WheelFilename name = WheelFilename.parse(String.valueOf(built.wheel().getFileName()));
    if (!built.computed() || !name.isPure()) {
      return Answer.WITH_ALL;
    }
    CoreMetadata metadata = MadeMetadata.ofWheel(built.wheel());
    String requiresPython = metadata.requiresPython().orElse("");
    List<Sharing.Other> admitted =
        request.sharing().others().stream()
            .filter(each -> WheelCoverage.admits(name, requiresPython, each.target()))
            .toList();
    Optional<Highest> highest = highest(admitted, job.interpreter());
    Opinion opinion =
        highest.isPresent()
            ? opinion(metadata, job, highest.get())
            : new Opinion("", new BuildCost(0, 0));
    if (opinion.against().isEmpty()) {
      List<String> pythons = pythons(request.target(), admitted);
      return request.sharing().apart()
          ? new Answer(new Sharing.Shared(pythons, OTHERS), tags(pythons), opinion.cost())
          : new Answer(new Sharing.Shared(pythons, ""), List.of(), opinion.cost());
    }
    job.note("the wheel serves " + job.interpreter().name() + " only: " + opinion.against());
    // free-threaded or not, a Python takes the same pure wheels
    List<String> pythons =
        pythons(
            request.target(),
            admitted.stream()
                .filter(each -> tag(each.target()).equals(tag(request.target())))
                .toList());
    return new Answer(
        new Sharing.Shared(pythons, opinion.against()), tags(pythons), opinion.cost());
  }

  /** The highest other Python of this host, if one has another minor version. */
  private Optional<Highest> highest(List<Sharing.Other> others, Interpreter own) {
    List<Highest> here = new ArrayList<>();
    for (Sharing.Other other : others) {
      interpreters.apply(other.target()).ifPresent(one -> here.add(new Highest(other, one)));
    }
    return here.stream()
        .filter(each -> minor(each.interpreter()) != minor(own))
        .max(Comparator.comparing(each -> minor(each.interpreter())));
  }

  private static int minor(Interpreter interpreter) {
    List<Integer> version = interpreter.facts().version();
    return version.get(0) * 1000 + version.get(1);
  }

  private Opinion opinion(CoreMetadata metadata, BuildJob job, Highest highest) throws IOException {
    String python = highest.interpreter().name();
    job.note("its metadata is computed: " + python + " prepares it too");
    long start = System.nanoTime();
    BuildOutcome outcome;
    try {
      outcome = builder.build(job.metadataOn(highest.interpreter(), highest.other().locks()));
    } catch (MirrorException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return new Opinion(failed(python, e.what()), cost(start, 0));
    }
    if (outcome instanceof BuildOutcome.Interrupted) {
      Thread.currentThread().interrupt();
      throw HostWheelBuilder.interrupted(job.name());
    }
    if (outcome instanceof BuildOutcome.Prepared prepared) {
      List<String> differences =
          new InstallationMetadata(metadata)
              .differences(new InstallationMetadata(prepared.metadata()));
      return new Opinion(
          differences.isEmpty() ? "" : "on " + python + " " + String.join("; ", differences),
          cost(start, prepared.memoryBytes()));
    }
    return new Opinion(
        failed(python, OutcomeDiagnosis.of(outcome, highest.other().target()).symptom()),
        cost(start, 0));
  }

  private static String failed(String python, String symptom) {
    return "its metadata cannot be prepared on " + python + ": " + symptom;
  }

  private static BuildCost cost(long start, long memoryBytes) {
    return new BuildCost((System.nanoTime() - start) / 1e9, memoryBytes);
  }

  private static List<String> pythons(Target own, List<Sharing.Other> others) {
    List<String> pythons = new ArrayList<>(List.of(own.id().python()));
    others.forEach(each -> pythons.add(each.target().id().python()));
    return pythons;
  }

  private static List<String> tags(List<String> pythons) {
    return pythons.stream().map(MetadataAgreement::tag).distinct().toList();
  }

  private static String tag(Target target) {
    return tag(target.id().python());
  }

  /** A free-threaded Python has the interpreter tag of the others (PEP 425, PEP 703). */
  private static String tag(String python) {
    return python.endsWith("t") ? python.substring(0, python.length() - 1) : python;
  }
}
