package io.github.wheelmirror.builder;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.constraints.Target;
import java.util.List;
import java.util.Optional;

/** Which targets are Pythons of this host. */
public final class HostPythons {

  private final Interpreters interpreters;

  /** The Pythons that are found on this host. */
  public HostPythons(Interpreters interpreters) {
    this.interpreters = interpreters;
  }

  /** The Python of a target that is not {@linkplain #refusal refused}. */
  Interpreter find(Target target) {
    return interpreters.find(target.id().python());
  }

  /** Why a target cannot be served; every Python of a host tells the same platform. */
  public Optional<Diagnosis> refusal(Target target) {
    try {
      return foreign(Optional.of(find(target)), target);
    } catch (MirrorException absent) {
      if (Thread.currentThread().isInterrupted()) {
        throw HostWheelBuilder.interrupted("for " + target.id());
      }
      // another platform's target may name a Python that this host never had
      return foreign(interpreters.all().stream().findFirst(), target)
          .or(() -> Optional.of(absent(target)));
    }
  }

  /** The Python of a target that this host is of. */
  Optional<Interpreter> here(Target target) {
    return refusal(target).isEmpty() ? Optional.of(find(target)) : Optional.empty();
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
}
