package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Applies the excludes and notices which of them do nothing; for one thread. */
final class Excludes {

  private final LocalDate today;
  private final Map<Exclude, Boolean> used = new LinkedHashMap<>();
  private final Set<Exclude> outdated = new LinkedHashSet<>();

  Excludes(PlanSettings settings) {
    this.today = settings.today();
    settings.excludes().forEach(exclude -> used.put(exclude, false));
  }

  /** Those that name the pin, in the order of the configuration. */
  List<Exclude> naming(Pin pin) {
    return used.keySet().stream().filter(exclude -> exclude.names(pin)).toList();
  }

  /** The first of the excludes that covers the branch and the target and has not expired. */
  Optional<PlanState> state(List<Exclude> naming, String branch, TargetId target) {
    for (Exclude exclude : naming) {
      if (exclude.covers(branch, target)) {
        used.put(exclude, true);
        if (!exclude.expired(today)) {
          return Optional.of(new PlanState.Excluded(exclude.reason(), exclude.expires()));
        }
        outdated.add(exclude);
      }
    }
    return Optional.empty();
  }

  /** Excludes that have expired, or that no wanted pin fits. */
  Collection<String> warnings() {
    List<String> warnings = new ArrayList<>();
    used.forEach(
        (exclude, matched) -> {
          if (outdated.contains(exclude)) {
            warnings.add(
                "the exclude of "
                    + exclude.pin()
                    + " expired on "
                    + exclude.expires()
                    + " and does not hold any more ("
                    + exclude.reason()
                    + ")");
          } else if (!matched) {
            warnings.add("the exclude of " + exclude.pin() + " fits no wanted pin");
          }
        });
    return warnings;
  }
}
