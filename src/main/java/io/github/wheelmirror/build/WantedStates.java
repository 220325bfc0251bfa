package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects one state per (pin, target, branch) and groups the branches that share one. */
final class WantedStates {

  private record Entry(String branch, PlanState state) {}

  private final Map<String, Integer> branchOrder = new HashMap<>();
  private final Comparator<TargetId> targetOrder;
  private final Map<Pin, Map<TargetId, List<Entry>>> entries = new TreeMap<>();

  /**
   * @param branches in their order
   */
  WantedStates(List<String> branches, Comparator<TargetId> targetOrder) {
    this.targetOrder = targetOrder;
    branches.forEach(branch -> branchOrder.put(branch, branchOrder.size()));
  }

  /** Adds the state; a second one for the same three is a defect. */
  void add(Pin pin, TargetId target, String branch, PlanState state) {
    List<Entry> known =
        entries
            .computeIfAbsent(pin, key -> new TreeMap<>(targetOrder))
            .computeIfAbsent(target, key -> new ArrayList<>());
    if (known.stream().anyMatch(entry -> entry.branch().equals(branch))) {
      throw new IllegalArgumentException(pin + " on " + target + " of " + branch + " is there");
    }
    known.add(new Entry(branch, state));
  }

  List<PlannedPin> pins() {
    List<PlannedPin> pins = new ArrayList<>();
    entries.forEach((pin, byTarget) -> pins.add(new PlannedPin(pin, states(byTarget))));
    return pins;
  }

  private List<PlannedState> states(Map<TargetId, List<Entry>> byTarget) {
    List<PlannedState> states = new ArrayList<>();
    byTarget.forEach((target, known) -> states.addAll(grouped(target, known)));
    return states;
  }

  private List<PlannedState> grouped(TargetId target, List<Entry> known) {
    Map<PlanState, List<String>> branches = new HashMap<>();
    for (Entry entry : known) {
      branches.computeIfAbsent(entry.state(), key -> new ArrayList<>()).add(entry.branch());
    }
    Comparator<String> order = Comparator.comparing(branch -> branchOrder.getOrDefault(branch, 0));
    return branches.entrySet().stream()
        .map(
            group ->
                new PlannedState(
                    target, group.getValue().stream().sorted(order).toList(), group.getKey()))
        .sorted(Comparator.comparing(state -> state.branches().get(0), order))
        .toList();
  }
}
