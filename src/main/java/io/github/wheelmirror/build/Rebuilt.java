package io.github.wheelmirror.build;

import java.util.Comparator;
import java.util.List;

/**
 * What came of building a wheel of this run a second time, in another folder.
 *
 * @param filename and {@code sha256}: the wheel that was built first, which is the one that is kept
 * @param identical whether the second one has the same bytes
 * @param differences what is not the same: names of members, or words; empty if it is identical
 */
public record Rebuilt(String filename, String sha256, boolean identical, List<String> differences) {

  /** By file name, then digest. */
  public static final Comparator<Rebuilt> ORDER =
      Comparator.comparing(Rebuilt::filename).thenComparing(Rebuilt::sha256);

  public Rebuilt {
    Check.filename(filename);
    Check.digest(sha256, filename + "'s digest");
    differences = List.copyOf(differences);
    if (identical != differences.isEmpty()) {
      throw new IllegalArgumentException(filename + " is identical and differs: " + differences);
    }
  }
}
