package io.github.wheelmirror.constraints;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.ConstraintLine.PinLine;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.UndefinedComparisonException;
import io.github.wheelmirror.python.UndefinedEnvironmentNameException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One branch's pins on all targets. */
final class BranchPins {

  private final String branch;
  private final Map<Pin, Map<TargetId, Want>> wants = new TreeMap<>();
  private final List<String> objections = new ArrayList<>();

  private BranchPins(String branch) {
    this.branch = branch;
  }

  /** Evaluates every line's marker on every target. */
  static BranchPins evaluate(String branch, List<PinLine> lines, List<Target> targets) {
    BranchPins pins = new BranchPins(branch);
    for (PinLine line : lines) {
      pins.add(line, targets);
    }
    pins.findContradictions();
    return pins;
  }

  /** Why the branch cannot be used, each with file and line; empty if it can. */
  List<String> objections() {
    return List.copyOf(objections);
  }

  /** By pin, one for each target. */
  Map<Pin, Collection<Want>> wants() {
    Map<Pin, Collection<Want>> all = new TreeMap<>();
    wants.forEach((pin, byTarget) -> all.put(pin, List.copyOf(byTarget.values())));
    return all;
  }

  /**
   * Adds the configured pins where the branch has none of its own for the project.
   *
   * @return notes on those that were not added
   * @throws MirrorException (input) if two of them contradict each other
   */
  List<String> addExtras(List<ExtraPin> extras, List<Target> targets) {
    Map<String, List<TargetId>> notes = new LinkedHashMap<>();
    for (ExtraPin extra : extras) {
      for (Target target : targets) {
        if (!extra.appliesTo(branch, target.id())) {
          continue;
        }
        List<Pin> present = active(extra.pin().name(), target.id());
        if (present.isEmpty()) {
          put(
              extra.pin(),
              new Want(branch, target.id(), true, "", ResolutionBuilder.EXTRA_PINS, true));
        } else if (!present.get(0).equals(extra.pin())) {
          Want other = want(present.get(0), target.id());
          if (other.extra()) {
            throw contradiction(present.get(0), extra.pin(), target.id());
          }
          String note =
              "the extra pin %s gives way to %s (%s)"
                  .formatted(extra.pin(), present.get(0), other.where());
          notes.computeIfAbsent(note, n -> new ArrayList<>()).add(target.id());
        }
      }
    }
    return notes.entrySet().stream().map(e -> e.getKey() + " on " + join(e.getValue())).toList();
  }

  /** The projects that have lines, but no active one, by target; targets with none left out. */
  List<UnconstrainedProjects> unconstrained(List<Target> targets) {
    List<UnconstrainedProjects> all = new ArrayList<>();
    for (Target target : targets) {
      TreeSet<String> idle = new TreeSet<>();
      TreeSet<String> held = new TreeSet<>();
      wants.forEach(
          (pin, byTarget) -> {
            Want want = byTarget.get(target.id());
            if (want != null && !want.extra()) {
              (want.active() ? held : idle).add(pin.name().value());
            }
          });
      idle.removeAll(held);
      if (!idle.isEmpty()) {
        all.add(new UnconstrainedProjects(branch, target.id(), List.copyOf(idle)));
      }
    }
    return all;
  }

  private void add(PinLine line, List<Target> targets) {
    for (Target target : targets) {
      try {
        boolean active = line.activeOn(target.environment());
        String where = line.where().toString();
        put(line.pin(), new Want(branch, target.id(), active, line.marker(), where, false));
      } catch (UndefinedComparisonException | UndefinedEnvironmentNameException e) {
        objections.add(
            "%s: %s: its marker cannot be evaluated on %s: %s"
                .formatted(line.where(), line.text(), target.id(), e.getMessage()));
        return;
      }
    }
  }

  /** Two lines for one pin count as one, active if any is; the first active one is told. */
  private void put(Pin pin, Want want) {
    wants
        .computeIfAbsent(pin, p -> new TreeMap<>())
        .merge(want.target(), want, (old, now) -> old.active() || !now.active() ? old : now);
  }

  private void findContradictions() {
    Map<ProjectName, Map<TargetId, List<String>>> active = new TreeMap<>();
    wants.forEach(
        (pin, byTarget) ->
            byTarget.values().stream()
                .filter(Want::active)
                .forEach(
                    want ->
                        active
                            .computeIfAbsent(pin.name(), n -> new TreeMap<>())
                            .computeIfAbsent(want.target(), t -> new ArrayList<>())
                            .add(want.where() + ": " + pin)));
    Map<String, List<TargetId>> found = new LinkedHashMap<>();
    active.forEach(
        (name, byTarget) ->
            byTarget.forEach(
                (target, pins) -> {
                  if (pins.size() > 1) {
                    found
                        .computeIfAbsent(String.join(", ", pins), p -> new ArrayList<>())
                        .add(target);
                  }
                }));
    found.forEach((pins, on) -> objections.add(pins + " contradict each other on " + join(on)));
  }

  private List<Pin> active(ProjectName name, TargetId target) {
    return wants.entrySet().stream()
        .filter(e -> e.getKey().name().equals(name))
        .filter(e -> e.getValue().containsKey(target) && want(e.getKey(), target).active())
        .map(Map.Entry::getKey)
        .toList();
  }

  private Want want(Pin pin, TargetId target) {
    Want want = wants.getOrDefault(pin, Map.of()).get(target);
    if (want == null) {
      throw new IllegalStateException("no want for " + pin + " on " + target);
    }
    return want;
  }

  private MirrorException contradiction(Pin one, Pin other, TargetId target) {
    return MirrorException.input(
        "the extra pins " + one + " and " + other + " contradict each other",
        "both apply to " + branch + " on " + target,
        "narrow their <branches> or <pythons>, or remove one");
  }

  private static String join(List<TargetId> targets) {
    return targets.stream().map(TargetId::toString).collect(Collectors.joining(", "));
  }
}
