package io.github.wheelmirror.mirror;

import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
import io.github.wheelmirror.tree.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What regions wait for, beside what they serve: commands that are due, and entries of others. */
final class RegionsUpkeep {
  private static final int NAMED = 5;

  private final Map<Region, Quarantine> quarantines = new LinkedHashMap<>();

  /**
   * What the region waits for by itself, in words; nothing is written.
   *
   * @throws io.github.wheelmirror.MirrorException (machinery) if it cannot be read
   */
  static List<String> due(Region region) {
    return region.isAfterPruneDue()
        ? List.of(
            "something was removed, and <afterPrune> has not succeeded since; the next prune,"
                + " quarantine or deploy that has the command runs it")
        : List.of();
  }

  /**
   * Reads what is out of the region, to be compared.
   *
   * @throws io.github.wheelmirror.MirrorException (machinery) if nobody can tell
   */
  Quarantine quarantine(Region region) {
    Quarantine quarantine = region.quarantine();
    quarantines.put(region, quarantine);
    return quarantine;
  }

  /** What the quarantine of each region lacks of the others', in words; those that lack nothing. */
  Map<Region, String> behind() {
    Quarantine all = quarantines.values().stream().reduce(Quarantine.NONE, Quarantine::plus);
    Map<Region, String> behind = new LinkedHashMap<>();
    quarantines.forEach(
        (region, own) -> {
          List<QuarantineEntry> lacking = new ArrayList<>(all.entries());
          lacking.removeAll(own.entries());
          if (!lacking.isEmpty()) {
            behind.put(
                region,
                "its quarantine lacks %d of %d entries (%s); the next deploy or quarantine applies it"
                    .formatted(lacking.size(), all.entries().size(), names(lacking)));
          }
        });
    return behind;
  }

  private static String names(List<QuarantineEntry> entries) {
    List<String> names =
        new ArrayList<>(entries.stream().limit(NAMED).map(QuarantineEntry::what).toList());
    if (entries.size() > NAMED) {
      names.add("…");
    }
    return String.join(", ", names);
  }
}
