package io.github.wheelmirror.constraints;

import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A branch (or end-of-life tag) and what its name says.
 *
 * <p>Ordered for people: development first, then the newest series, then branches without series.
 *
 * @param name the short name: {@code stable/2026.1}
 * @param ref the full name: {@code refs/heads/stable/2026.1}
 * @param series {@code 2026.1}, {@code zed}; empty if the name has none
 * @param status where it is in its life
 */
public record Branch(String name, String ref, String series, BranchStatus status)
    implements Comparable<Branch> {

  private static final Pattern REF =
      Pattern.compile("refs/(?:heads/|tags/|remotes/[^/]+/)(.+)", Pattern.DOTALL);
  private static final Pattern SERIES_BRANCH =
      Pattern.compile("(stable|unmaintained)/([A-Za-z0-9][A-Za-z0-9._-]*)");
  private static final Pattern SERIES_TAG =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9._]*)-(eol|eom|em)");
  private static final Comparator<Branch> ORDER =
      Comparator.comparing(Branch::rank)
          .thenComparing(branch -> Series.of(branch.series), Comparator.reverseOrder())
          .thenComparing(Branch::status)
          .thenComparing(Branch::name)
          .thenComparing(Branch::ref);

  public Branch {
    Objects.requireNonNull(ref);
    Objects.requireNonNull(series);
    Objects.requireNonNull(status);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a branch without name");
    }
  }

  /** Reads what a ref's name says; a short name is taken for a branch. */
  public static Branch classify(String ref) {
    String full = ref.startsWith("refs/") ? ref : "refs/heads/" + ref;
    Matcher known = REF.matcher(full);
    String name = known.matches() ? known.group(1) : full;
    boolean tag = full.startsWith("refs/tags/");
    Matcher branch = SERIES_BRANCH.matcher(name);
    Matcher end = SERIES_TAG.matcher(name);
    if (!tag && (name.equals("master") || name.equals("main"))) {
      return new Branch(name, full, "", BranchStatus.DEVELOPMENT);
    }
    if (!tag && branch.matches()) {
      BranchStatus status =
          branch.group(1).equals("stable") ? BranchStatus.STABLE : BranchStatus.UNMAINTAINED;
      return new Branch(name, full, branch.group(2), status);
    }
    if (tag && end.matches()) {
      BranchStatus status =
          end.group(2).equals("eol") ? BranchStatus.END_OF_LIFE : BranchStatus.UNMAINTAINED;
      return new Branch(name, full, end.group(1), status);
    }
    return new Branch(name, full, "", BranchStatus.OTHER);
  }

  @Override
  public int compareTo(Branch other) {
    return ORDER.compare(this, other);
  }

  private int rank() {
    return status == BranchStatus.DEVELOPMENT ? 0 : series.isEmpty() ? 2 : 1;
  }
}
