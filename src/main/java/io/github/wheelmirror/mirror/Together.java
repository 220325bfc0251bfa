package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Region;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Several failures told as one, each reason and fix once. */
final class Together {

  /** So many of the same kind are told; the rest is counted. */
  private static final int TOLD = 20;

  private Together() {}

  /**
   * Throws what there is: a single failure as it is.
   *
   * @param what behind the number of regions, like "regions cannot be rolled back"
   */
  static void refuse(String what, Map<Region, MirrorException> failures) {
    List<MirrorException> all = List.copyOf(failures.values());
    if (all.size() == 1) {
      throw all.get(0);
    }
    if (!all.isEmpty()) {
      throw of(all.size() + " " + what, all);
    }
  }

  static MirrorException of(String what, List<MirrorException> failures) {
    Set<String> reasons = new LinkedHashSet<>();
    Set<String> fixes = new LinkedHashSet<>();
    boolean machinery = false;
    for (MirrorException failure : failures) {
      reasons.add(failure.what() + ": " + failure.why());
      fixes.add(failure.fix());
      machinery |= failure.kind() == MirrorException.Kind.MACHINERY;
    }
    StringBuilder why = new StringBuilder();
    reasons.stream().limit(TOLD).forEach(reason -> why.append(reason).append('\n'));
    if (reasons.size() > TOLD) {
      why.append("and ").append(reasons.size() - TOLD).append(" more\n");
    }
    return new MirrorException(
        machinery ? MirrorException.Kind.MACHINERY : MirrorException.Kind.INPUT,
        what,
        why.toString().strip(),
        String.join("\n", fixes),
        failures.get(0));
  }
}
