package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.ReportedPin;
import io.github.wheelmirror.build.ReportedState;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.tree.Coverage;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Failures that the released mirror did not have, for {@code failOnNew}. */
final class NewFailures {

  private final Outside outside;

  NewFailures(Outside outside) {
    this.outside = outside;
  }

  private record Key(String slug, String python, String branch, Pin pin) {}

  /**
   * Fails for what fails now and did not fail in the current releases.
   *
   * @throws MirrorException (input) naming the pins
   */
  void refuse(BuildReport report) {
    Set<Key> known = new HashSet<>();
    report.pins().stream()
        .flatMap(pin -> pin.states().stream())
        .map(state -> state.target().slug())
        .distinct()
        .forEach(slug -> known.addAll(known(slug)));
    Set<String> pins = new LinkedHashSet<>();
    for (ReportedPin pin : report.pins()) {
      for (ReportedState state : pin.states()) {
        if (fails(state.outcome())) {
          for (String branch : state.branches()) {
            if (!known.contains(
                new Key(state.target().slug(), state.target().python(), branch, pin.pin()))) {
              pins.add(pin.pin().toString());
            }
          }
        }
      }
    }
    if (!pins.isEmpty()) {
      throw MirrorException.input(
          pins.size() + (pins.size() == 1 ? " pin fails" : " pins fail") + " that did not before",
          String.join(", ", pins),
          "see the reasons above; exclude a pin with a reason, or leave out failOnNew");
    }
  }

  private Set<Key> known(String slug) {
    Set<Key> known = new HashSet<>();
    for (Region region : outside.regions()) {
      Optional<Release> current = region.current(slug);
      if (current.isPresent()) {
        Coverage coverage = region.coverage(slug, current.get().snapshot());
        coverage.entries().stream()
            .filter(entry -> fails(entry.outcome()))
            .forEach(
                entry -> known.add(new Key(slug, entry.python(), entry.branch(), entry.pin())));
        return known;
      }
    }
    return known;
  }

  private static boolean fails(Outcome outcome) {
    return outcome instanceof Outcome.Failed || outcome instanceof Outcome.Unsatisfiable;
  }
}
