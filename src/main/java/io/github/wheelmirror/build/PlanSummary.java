package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.TargetId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan in numbers, for the console.
 *
 * @param rows in the order of the plan's branches, then by target; one for each pair that has pins
 * @param downloads distinct wheels to copy
 * @param downloadBytes their size as far as the index tells it
 * @param builds distinct builds
 * @param overridden pins with an override
 * @param overrides how many of them have each of {@link BuildOverride#KINDS}, without zeros
 */
public record PlanSummary(
    List<Row> rows,
    int downloads,
    long downloadBytes,
    int builds,
    int overridden,
    Map<String, Integer> overrides) {

  /** The labels of all plan states, in the order of a table's columns. */
  public static final List<String> LABELS =
      List.of(
          "reuse", "mirror", "upstream", "build", "not-applicable", "excluded", "unsatisfiable");

  public PlanSummary {
    rows = List.copyOf(rows);
    overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
  }

  /**
   * The pins of a branch on a target.
   *
   * @param counts how many are in each state, for each of {@link #LABELS}
   */
  public record Row(String branch, TargetId target, Map<String, Integer> counts) {
    public Row {
      counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }

    /** Pins in all states. */
    public int pins() {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Pins in this state. */
    public int count(String label) {
      return counts.getOrDefault(label, 0);
    }
  }

  /** Counts. */
  public static PlanSummary of(BuildPlan plan) {
    Map<String, Map<TargetId, Map<String, Integer>>> counts = new HashMap<>();
    for (PlannedPin pin : plan.pins()) {
      for (PlannedState state : pin.states()) {
        for (String branch : state.branches()) {
          counts
              .computeIfAbsent(branch, key -> new HashMap<>())
              .computeIfAbsent(state.target(), key -> zeros())
              .merge(state.state().label(), 1, Integer::sum);
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    for (PlannedBranch branch : plan.branches()) {
      counts.getOrDefault(branch.name(), Map.of()).entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(row -> rows.add(new Row(branch.name(), row.getKey(), row.getValue())));
    }
    long bytes = plan.downloads().stream().mapToLong(work -> Math.max(0, work.file().size())).sum();
    return new PlanSummary(
        rows,
        plan.downloads().size(),
        bytes,
        plan.builds().size(),
        plan.overrides().size(),
        kinds(plan.overrides()));
  }

  private static Map<String, Integer> kinds(List<PlannedOverride> overrides) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String kind : BuildOverride.KINDS) {
      long count =
          overrides.stream().filter(each -> each.override().kinds().contains(kind)).count();
      if (count > 0) {
        counts.put(kind, (int) count);
      }
    }
    return counts;
  }

  private static Map<String, Integer> zeros() {
    Map<String, Integer> zeros = new LinkedHashMap<>();
    LABELS.forEach(label -> zeros.put(label, 0));
    return zeros;
  }

  /** Pins in this state over all branches and targets. */
  public int total(String label) {
    return rows.stream().mapToInt(row -> row.count(label)).sum();
  }
}
