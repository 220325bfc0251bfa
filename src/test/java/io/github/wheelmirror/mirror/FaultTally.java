package io.github.wheelmirror.mirror;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** How many builds had which fault, and what was killed meanwhile. */
final class FaultTally {

  private final Map<Fault, Integer> pins = new EnumMap<>(Fault.class);
  private int builders;
  private int builds;
  private int runs;

  void pins(Collection<Fault> faults) {
    faults.forEach(fault -> pins.merge(fault, 1, Integer::sum));
  }

  void builder(boolean killed) {
    builders += killed ? 1 : 0;
  }

  void build(boolean killed) {
    builds += killed ? 1 : 0;
  }

  void run(boolean killed) {
    runs += killed ? 1 : 0;
  }

  /** All pins, the sound ones too. */
  int all() {
    return pins.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Pins whose own build goes wrong. */
  int faulty() {
    return pins.entrySet().stream()
        .filter(pin -> pin.getKey().isFaulty())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  int killedBuilders() {
    return builders;
  }

  int killedBuilds() {
    return builds;
  }

  int killedRuns() {
    return runs;
  }

  @Override
  public String toString() {
    return "%d pins, %d with faults; killed: %d builders, %d builds, %d runs; %s"
        .formatted(all(), faulty(), builders, builds, runs, pins);
  }
}
