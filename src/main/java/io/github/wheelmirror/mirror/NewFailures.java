package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.ReportedPin;
import io.github.wheelmirror.build.ReportedState;
import io.github.wheelmirror.constraints.Pin;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Failures that the releases which the plan compares with did not have: {@code failOnNew}. */
final class NewFailures {

  private final ChannelBases bases;

  NewFailures(ChannelBases bases) {
    this.bases = bases;
  }

  private record Key(String slug, String python, String branch, Pin pin) {}

  /**
   * Fails for what fails now and did not fail in the base of its channel.
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
    return bases.coverage(slug).entries().stream()
        .filter(entry -> fails(entry.outcome()))
        .map(entry -> new Key(slug, entry.python(), entry.branch(), entry.pin()))
        .collect(Collectors.toSet());
  }

  private static boolean fails(Outcome outcome) {
    return outcome instanceof Outcome.Failed || outcome instanceof Outcome.Unsatisfiable;
  }
}
