package io.github.wheelmirror.constraints;

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

  /** Edits that turn one text into the other (Levenshtein); a shared last part counts as near. */
  private static int distance(String meant, String name) {
    int[] row = new int[name.length() + 1];
    for (int j = 0; j <= name.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= meant.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= name.length(); j++) {
        int replaced = diagonal + (meant.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    boolean sameEnd = last(meant).equals(last(name));
    return sameEnd ? Math.min(1, row[name.length()]) : row[name.length()];
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
