package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Applies the overrides and notices which of them do nothing; for one thread. */
final class Overrides {

  private final List<PinOverride> all;
  private final Set<PinOverride> wanted = new LinkedHashSet<>();
  private final Set<PinOverride> used = new LinkedHashSet<>();
  private final Map<Pin, BuildOverride> planned = new TreeMap<>();

  Overrides(List<PinOverride> all) {
    this.all = all;
  }

  /** Notices a pin that is served, however. */
  void wants(Pin pin) {
    all.stream().filter(each -> each.pin().matches(pin)).forEach(wanted::add);
  }

  /** What all overrides together say of a pin that has to be built. */
  BuildOverride of(Pin pin) {
    BuildOverride override = BuildOverride.NONE;
    for (PinOverride each : all) {
      if (each.pin().matches(pin)) {
        used.add(each);
        override = override.and(each.override());
      }
    }
    if (!override.isNone()) {
      planned.put(pin, override);
    }
    return override;
  }

  /** One for each pin that has to be built and has one, sorted. */
  List<PlannedOverride> planned() {
    List<PlannedOverride> overrides = new ArrayList<>();
    planned.forEach((pin, override) -> overrides.add(new PlannedOverride(pin, override)));
    return List.copyOf(overrides);
  }

  /** Overrides that no wanted pin fits, or only such as are not built. */
  Collection<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (PinOverride each : all) {
      if (!wanted.contains(each)) {
        warnings.add("the override of " + each.pin() + " fits no wanted pin");
      } else if (!used.contains(each)) {
        warnings.add(
            "the override of " + each.pin() + " changes nothing: what it fits is not built here");
      }
    }
    return warnings;
  }
}
