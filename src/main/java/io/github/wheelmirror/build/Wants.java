package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.constraints.Want;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The wants of one pin, one for each branch and target. */
final class Wants {

  private Wants() {}

  private record Place(TargetId target, String branch) {}

  /**
   * One want for each branch and target: an active one if there is any, since one constraint whose
   * marker is true is enough; else one with the markers of all. In no order.
   */
  static List<Want> merged(Collection<Want> wants) {
    Map<Place, List<Want>> byPlace =
        wants.stream()
            .collect(Collectors.groupingBy(want -> new Place(want.target(), want.branch())));
    return byPlace.values().stream().map(Wants::one).toList();
  }

  private static Want one(List<Want> same) {
    List<Want> sorted =
        same.stream()
            .sorted(Comparator.comparing(Want::marker).thenComparing(Want::where))
            .toList();
    Want first = sorted.stream().filter(Want::active).findFirst().orElse(sorted.get(0));
    if (first.active()) {
      return first;
    }
    String markers =
        sorted.stream().map(Want::marker).distinct().collect(Collectors.joining(" or "));
    return new Want(first.branch(), first.target(), false, markers, first.where(), first.extra());
  }
}
