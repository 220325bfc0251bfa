package io.github.wheelmirror.tree;

import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.python.ProjectName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Works out which wheel serves which pin of which branch, and what is kept of the base. */
final class ServedPins {

  private record Row(String branch, Pin pin, String filename, boolean kept) {}

  private record Wish(String branch, String python, ProjectName project) {}

  private ServedPins() {}

  /**
   * A bumped pin that cannot be made leaves the wheel of the version before in service, so that a
   * client whose constraints are a little older still finds it, until the new one succeeds.
   */
  static List<ManifestServed> of(Coverage coverage, Manifest base) {
    Map<Row, List<String>> rows = new HashMap<>();
    Map<Wish, Outcome> missed = new HashMap<>();
    for (CoverageEntry entry : coverage.entries()) {
      entry
          .outcome()
          .wheel()
          .ifPresent(
              wheel ->
                  add(
                      rows,
                      new Row(entry.branch(), entry.pin(), wheel.filename(), false),
                      entry.python()));
      if (isMissed(entry.outcome())) {
        missed.put(new Wish(entry.branch(), entry.python(), entry.pin().name()), entry.outcome());
      }
    }
    for (ManifestServed before : base.served()) {
      for (String python : before.pythons()) {
        if (missed.containsKey(new Wish(before.branch(), python, before.pin().name()))) {
          add(rows, new Row(before.branch(), before.pin(), before.filename(), true), python);
        }
      }
    }
    List<ManifestServed> served = new ArrayList<>();
    rows.forEach(
        (row, pythons) ->
            served.add(new ManifestServed(row.branch, row.pin, row.filename, pythons, row.kept)));
    return served.stream().sorted().toList();
  }

  /** Wanted, but there is no wheel; unlike what nobody wants or somebody excluded on purpose. */
  static boolean isMissed(Outcome outcome) {
    return outcome instanceof Outcome.Failed || outcome instanceof Outcome.Unsatisfiable;
  }

  private static void add(Map<Row, List<String>> rows, Row row, String python) {
    rows.computeIfAbsent(row, key -> new ArrayList<>()).add(python);
  }
}
