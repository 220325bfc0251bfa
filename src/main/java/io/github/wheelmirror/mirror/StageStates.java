package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.BuildPlan;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.PlanState;
import io.github.wheelmirror.build.PlannedState;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.Want;
import io.github.wheelmirror.constraints.WantedPin;
import io.github.wheelmirror.report.MirrorReport.FailureFacts;
import io.github.wheelmirror.report.MirrorReport.PinFacts;
import io.github.wheelmirror.report.MirrorReport.StateFacts;
import io.github.wheelmirror.report.MirrorReport.WantedAt;
import io.github.wheelmirror.report.PinState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pins of stage files with their states, as a report shows them. */
final class StageStates {

  private final Map<Pin, List<WantedAt>> wanted = new HashMap<>();

  /** Who wants each pin is told by the resolution, if there is one. */
  StageStates(Optional<Resolution> resolution) {
    for (WantedPin pin : resolution.map(Resolution::pins).orElse(List.of())) {
      wanted.put(
          pin.pin(),
          pin.wants().stream()
              .map(want -> new WantedAt(want.branch(), want.where(), want.marker()))
              .distinct()
              .toList());
    }
  }

  /** Of what was built. */
  List<PinFacts> built(BuildReport report) {
    return report.pins().stream()
        .map(
            pin ->
                new PinFacts(
                    pin.pin(),
                    wanted.getOrDefault(pin.pin(), List.of()),
                    pin.states().stream()
                        .map(
                            state ->
                                StateFacts.of(state.target(), state.branches(), state.outcome()))
                        .map(state -> withLog(pin.pin(), state))
                        .toList()))
        .toList();
  }

  /** A build that ended well has a log by its name, if it was of this workspace. */
  private static StateFacts withLog(Pin pin, StateFacts state) {
    return state.state() == PinState.BUILT
        ? state.withLog(Workspace.buildLog(pin, state.target()))
        : state;
  }

  /** Of what is planned. */
  List<PinFacts> planned(BuildPlan plan) {
    return plan.pins().stream()
        .map(
            pin ->
                new PinFacts(
                    pin.pin(),
                    wanted.getOrDefault(pin.pin(), List.of()),
                    pin.states().stream().map(StageStates::planned).toList()))
        .toList();
  }

  private static StateFacts planned(PlannedState planned) {
    PlanState state = planned.state();
    String file = "";
    String sha256 = "";
    String words = "";
    FailureFacts failure = FailureFacts.NONE;
    if (state instanceof PlanState.Reuse reuse) {
      file = reuse.file().filename();
      sha256 = reuse.file().sha256();
    } else if (state instanceof PlanState.Mirror mirror) {
      file = mirror.filename();
    } else if (state instanceof PlanState.Upstream upstream) {
      file = upstream.filename();
      sha256 = upstream.sha256();
    } else if (state instanceof PlanState.NotApplicable not) {
      words = StateFacts.notApplicable(not.marker());
    } else if (state instanceof PlanState.Excluded excluded) {
      words = StateFacts.excluded(excluded.reason(), excluded.expires());
    } else if (state instanceof PlanState.Unsatisfiable absent) {
      failure = FailureFacts.unsatisfiable(absent.reason(), absent.words());
    }
    return new StateFacts(
        planned.target(), planned.branches(), PinState.of(state), file, sha256, words, failure, "");
  }

  /** Of what is wanted. */
  List<PinFacts> resolved(Resolution wantedBy) {
    List<PinFacts> pins = new ArrayList<>();
    for (WantedPin pin : wantedBy.pins()) {
      List<StateFacts> states = new ArrayList<>();
      for (Want want : pin.wants()) {
        states.add(
            new StateFacts(
                want.target(),
                List.of(want.branch()),
                want.active() ? PinState.WANTED : PinState.NOT_APPLICABLE,
                "",
                "",
                want.active() ? "" : StateFacts.notApplicable(want.marker()),
                FailureFacts.NONE,
                ""));
      }
      pins.add(new PinFacts(pin.pin(), wanted.getOrDefault(pin.pin(), List.of()), states));
    }
    return pins;
  }
}
