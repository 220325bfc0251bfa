package io.github.wheelmirror.tree;

import java.util.List;

/**
 * Whether what a snapshot serves can be installed from it.
 *
 * @param problems what cannot be, and where real clients choose otherwise
 * @param runs of real clients, none if none was wanted
 * @param samples that were installed, none if none was wanted
 */
public record Closure(List<Problem> problems, List<ClosureRun> runs, List<SampleRun> samples) {

  /** Nothing was looked at. */
  public static final Closure NOT_CHECKED = new Closure(List.of(), List.of(), List.of());

  public Closure {
    problems = List.copyOf(problems);
    runs = List.copyOf(runs);
    samples = List.copyOf(samples);
  }

  /** Finds out; asked only for a snapshot whose files and pages are sound. */
  public interface Check {

    /** Looks at nothing. */
    Check NONE = (snapshot, coverage) -> NOT_CHECKED;

    /** The closure of a staged snapshot. */
    Closure of(Snapshot snapshot, Coverage coverage);
  }
}
