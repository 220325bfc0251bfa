package io.github.wheelmirror.constraints;

import io.github.wheelmirror.Spelling;
import java.util.Comparator;
import java.util.List;

/** The names that a person may have meant. */
final class NearMisses {

  private static final int SHOWN = 5;

  private NearMisses() {}

  /** A sentence with the branches nearest to the first pattern. */
  static String of(List<String> patterns, List<GitRef> refs) {
    String meant = patterns.get(0).replace("*", "");
    List<String> names =
        refs.stream()
            .map(ref -> Branch.classify(ref.name()))
            .filter(branch -> !branch.ref().startsWith("refs/tags/") || !branch.series().isEmpty())
            .map(Branch::name)
            .distinct()
            .sorted(
                Comparator.comparing((String name) -> distance(meant, name))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(SHOWN)
            .toList();
    return names.isEmpty()
        ? "the repository has no branches"
        : "the nearest names are " + String.join(", ", names);
  }

  /** Edits that turn one text into the other; a shared last part counts as near. */
  private static int distance(String meant, String name) {
    int edits = Spelling.distance(meant, name);
    boolean sameEnd = last(meant).equals(last(name));
    return sameEnd ? Math.min(1, edits) : edits;
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
