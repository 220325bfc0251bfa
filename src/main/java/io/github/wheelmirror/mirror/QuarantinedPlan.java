package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.Exclude;
import io.github.wheelmirror.build.PlanSettings;
import io.github.wheelmirror.build.QuarantinedWheel;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.WantedPin;
import io.github.wheelmirror.tree.Quarantine;
import java.util.ArrayList;
import java.util.List;

/** Keeps what was taken out of the mirror out of the plan. */
final class QuarantinedPlan {
  private final Quarantine quarantine;

  QuarantinedPlan(Quarantine quarantine) {
    this.quarantine = quarantine;
  }

  /** The settings with what is out; of versions, those that are wanted at all. */
  PlanSettings applied(PlanSettings settings, Resolution resolution) {
    List<Exclude> versions = new ArrayList<>();
    for (WantedPin wanted : resolution.pins()) {
      quarantine
          .of(wanted.pin())
          .ifPresent(
              entry ->
                  versions.add(
                      new Exclude(
                          entry.pin(),
                          "quarantined: " + entry.reason(),
                          "",
                          List.of(),
                          List.of())));
    }
    List<QuarantinedWheel> files =
        quarantine.entries().stream()
            .flatMap(
                entry ->
                    entry.files().stream()
                        .map(
                            file ->
                                new QuarantinedWheel(
                                    file.sha256(), file.filename(), entry.reason())))
            .toList();
    return settings.quarantining(versions, files);
  }
}
