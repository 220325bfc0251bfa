package io.github.wheelmirror.tree;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Applies what a person accepted to what is found, and notices which entries do nothing. Safe for
 * threads.
 */
public final class Baseline {

  /** Accepts nothing. */
  public static final Baseline NONE = new Baseline(List.of(), LocalDate.MAX);

  private final List<AcceptedFinding> entries;
  private final LocalDate today;
  private final Set<AcceptedFinding> used = Collections.synchronizedSet(new LinkedHashSet<>());

  /**
   * @param today entries that expired before do not hold
   */
  public Baseline(List<AcceptedFinding> entries, LocalDate today) {
    this.entries = List.copyOf(entries);
    this.today = today;
  }

  /** The same problems, those that are accepted with the reason and as no more than an info. */
  List<Problem> apply(List<Problem> problems) {
    return problems.stream().map(this::apply).toList();
  }

  private Problem apply(Problem problem) {
    for (AcceptedFinding entry : entries) {
      if (entry.covers(problem)) {
        used.add(entry);
        if (!entry.expired(today)) {
          return problem.accepted(entry.reason() + " (until " + entry.expires() + ")");
        }
      }
    }
    return problem;
  }

  /**
   * Entries that have expired, that nothing was found for, or whose check nobody knows.
   *
   * @param complete whether all checks were made; otherwise what was not found may be there
   */
  public List<String> warnings(boolean complete) {
    List<String> warnings = new ArrayList<>();
    for (AcceptedFinding entry : entries) {
      if (!Checks.isKnown(entry.check())) {
        warnings.add(
            "the baseline accepts "
                + entry
                + ", and there is no check of that name: see the table"
                + " of checks");
      } else if (entry.expired(today)) {
        warnings.add(
            "the baseline accepted "
                + entry
                + " until "
                + entry.expires()
                + " and does not any more ("
                + entry.reason()
                + "): "
                + (used.contains(entry)
                    ? "it is still found"
                    : complete
                        ? "it is not found, remove the entry"
                        : "remove or renew the entry"));
      } else if (complete && !used.contains(entry) && !Checks.isOfSamples(entry.check())) {
        warnings.add("the baseline accepts " + entry + ", which is not found: remove the entry");
      }
    }
    return warnings;
  }
}
