package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.PlanState;
import io.github.wheelmirror.build.PlannedBase;
import io.github.wheelmirror.build.PlannedPin;
import io.github.wheelmirror.build.PlannedState;
import io.github.wheelmirror.build.ReportedPin;
import io.github.wheelmirror.build.ReportedState;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan whose work is done, as the next run would plan it again: what it built is reused, and what
 * was released from it is the base. Such a plan is kept, so that a run with nothing to do writes
 * nothing.
 */
final class SettledPlan {

  private record Key(Pin pin, TargetId target, List<String> branches) {}

  private final BuildPlan earlier;
  private final BuildReport report;
  private final Map<String, String> released;

  /**
   * A settled plan.
   *
   * @param snapshots ids of the snapshots made from the report, by slug
   */
  SettledPlan(BuildPlan earlier, BuildReport report, Map<String, String> snapshots) {
    this.earlier = earlier;
    this.report = report;
    this.released = snapshots;
  }

  /** Whether the new plan asks for nothing but what this one did. */
  boolean covers(BuildPlan plan) {
    return plan.builds().isEmpty()
        && plan.resolution().equals(earlier.resolution())
        && plan.upstreamWheels() == earlier.upstreamWheels()
        && plan.indexes().equals(earlier.indexes())
        && plan.lockGeneration().equals(earlier.lockGeneration())
        && plan.branches().equals(earlier.branches())
        && plan.downloads().equals(earlier.downloads())
        && plan.overrides().equals(earlier.overrides())
        && plan.warnings().equals(earlier.warnings())
        && sameBases(plan.bases())
        && states(plan, Map.of()).equals(states(earlier, outcomes()));
  }

  private boolean sameBases(List<PlannedBase> bases) {
    if (bases.equals(earlier.bases())) {
      return true;
    }
    return bases.size() == earlier.bases().size()
        && bases.stream()
            .allMatch(
                base ->
                    earlier.bases().contains(base)
                        || base.snapshot().equals(released.get(base.slug())));
  }

  private Map<Key, Outcome> outcomes() {
    Map<Key, Outcome> outcomes = new HashMap<>();
    for (ReportedPin pin : report.pins()) {
      for (ReportedState state : pin.states()) {
        outcomes.put(new Key(pin.pin(), state.target(), state.branches()), state.outcome());
      }
    }
    return outcomes;
  }

  /** Each state as text that is the same before and after the work; a failure stays different. */
  private static Map<Key, String> states(BuildPlan plan, Map<Key, Outcome> outcomes) {
    Map<Key, String> states = new HashMap<>();
    for (PlannedPin pin : plan.pins()) {
      for (PlannedState state : pin.states()) {
        Key key = new Key(pin.pin(), state.target(), state.branches());
        states.put(key, text(state.state(), outcomes.get(key)));
      }
    }
    return states;
  }

  private static String text(PlanState state, @org.jspecify.annotations.Nullable Outcome outcome) {
    if (outcome instanceof Outcome.Failed) {
      return "failed";
    }
    if (state instanceof PlanState.Reuse reuse) {
      return "own " + reuse.file().filename() + " " + reuse.file().sha256();
    }
    if (state instanceof PlanState.Build && outcome != null && outcome.wheel().isPresent()) {
      Outcome.Wheel wheel = outcome.wheel().get();
      return "own " + wheel.filename() + " " + wheel.sha256();
    }
    return state.toString();
  }
}
