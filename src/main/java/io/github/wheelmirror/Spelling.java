package io.github.wheelmirror;

import java.util.Collection;
import java.util.Comparator;

/** How far one name is from another one that was meant. */
public final class Spelling {

  private static final int FAR = 3;

  private Spelling() {}

  /**
   * The name that was meant by a misspelt one.
   *
   * @return "" if none is at most three edits away
   */
  public static String nearest(String misspelt, Collection<String> names) {
    return names.stream()
        .filter(name -> distance(misspelt, name) <= Math.min(FAR, name.length() / 2))
        .min(
            Comparator.comparing((String name) -> distance(misspelt, name))
                .thenComparing(Comparator.naturalOrder()))
        .orElse("");
  }

  /** Edits that turn one text into the other (Levenshtein): characters put in, out or replaced. */
  public static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
