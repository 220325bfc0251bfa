package io.github.wheelmirror.tree;

import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.constraints.BranchStatus;
import io.github.wheelmirror.constraints.Pin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether enough of each branch is served on each Python.
 *
 * <p>A branch with wanted pins none of which is served on a Python blocks, whatever is configured:
 * that is a wrong index or a broken host, and whoever means it leaves out the branch. One that has
 * pins but wants none of them there is told: its constraints have left that Python behind.
 */
final class CoverageGate {

  /** So many pins are named in a message; all are in the build report. */
  private static final int NAMED = 5;

  private static final int MOST_SYMPTOM = 80;

  private final Manifest manifest;
  private final Coverage coverage;
  private final MinCoverage required;
  private final Map<Pin, Integer> missing = new HashMap<>();

  CoverageGate(Manifest manifest, Coverage coverage, MinCoverage required) {
    this.manifest = manifest;
    this.coverage = coverage;
    this.required = required;
    for (CoverageEntry entry : coverage.entries()) {
      if (isMissing(entry)) {
        missing.merge(entry.pin(), 1, Integer::sum);
      }
    }
  }

  private static boolean isWanted(CoverageEntry entry) {
    return !(entry.outcome() instanceof Outcome.NotApplicable
        || entry.outcome() instanceof Outcome.Excluded);
  }

  private static boolean isMissing(CoverageEntry entry) {
    return isWanted(entry) && !entry.outcome().served();
  }

  List<Problem> check() {
    Map<String, List<CoverageEntry>> places = new TreeMap<>();
    for (CoverageEntry entry : coverage.entries()) {
      places
          .computeIfAbsent(entry.branch() + " on " + entry.python(), place -> new ArrayList<>())
          .add(entry);
    }
    List<Problem> problems = new ArrayList<>();
    places.forEach((place, entries) -> check(place, entries, problems));
    return problems;
  }

  private void check(String place, List<CoverageEntry> entries, List<Problem> problems) {
    List<CoverageEntry> wanted = entries.stream().filter(CoverageGate::isWanted).toList();
    List<CoverageEntry> lacking = entries.stream().filter(CoverageGate::isMissing).toList();
    int served = wanted.size() - lacking.size();
    if (wanted.isEmpty()) {
      problems.add(unwanted(place, entries));
    } else if (served == 0) {
      problems.add(
          Problem.error(
              "nothing-served",
              place,
              "none of the " + wanted.size() + " wanted pins is served: " + worst(lacking),
              "see with goal build why they fail; if that is meant, leave out the branch with"
                  + " <excludedBranches> or the Python with <pythons>"));
    } else {
      BranchStatus status = status(entries.get(0).branch());
      double percent = 100.0 * served / wanted.size();
      if (percent < required.of(status)) {
        problems.add(tooLow(place, percent, served + " of " + wanted.size(), status, lacking));
      }
    }
  }

  private static Problem unwanted(String place, List<CoverageEntry> entries) {
    long excluded =
        entries.stream().filter(entry -> entry.outcome() instanceof Outcome.Excluded).count();
    long inapplicable = entries.size() - excluded;
    return Problem.warning(
        "nothing-wanted",
        place,
        "none of its pins is for this Python: the markers of "
            + inapplicable
            + " say so, and "
            + excluded
            + " are excluded",
        "nothing, if that is meant");
  }

  private Problem tooLow(
      String place,
      double percent,
      String counts,
      BranchStatus status,
      List<CoverageEntry> lacking) {
    return Problem.error(
        "coverage-too-low",
        place,
        String.format(
            Locale.ROOT,
            "%.2f %% of the wanted pins are served (%s), %.2f %% must be (%s): %s",
            // never rounded up to the limit
            Math.floor(percent * 100) / 100,
            counts,
            required.of(status),
            status.words(),
            worst(lacking)),
        "make the failed pins succeed, exclude them with a reason, or lower minCoverage, which is "
            + required.entry(status));
  }

  private BranchStatus status(String branch) {
    return manifest.branches().stream()
        .filter(each -> each.name().equals(branch))
        .map(ManifestBranch::status)
        .findFirst()
        .orElse(BranchStatus.OTHER);
  }

  /** Those first that fail in most places. */
  private String worst(List<CoverageEntry> lacking) {
    Comparator<CoverageEntry> byPlaces =
        Comparator.comparing(entry -> missing.getOrDefault(entry.pin(), 0));
    List<CoverageEntry> sorted =
        lacking.stream()
            .sorted(byPlaces.reversed().thenComparing(CoverageEntry::pin))
            .limit(NAMED)
            .toList();
    List<String> words = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (CoverageEntry entry : sorted) {
      String why = why(entry.outcome());
      // one cause for many pins is read once
      words.add(entry.pin() + (told.add(why) ? " (" + why + ")" : ""));
    }
    int more = lacking.size() - sorted.size();
    return String.join(", ", words) + (more > 0 ? " and " + more + " more" : "");
  }

  private static String why(Outcome outcome) {
    String words = outcome.label();
    if (outcome instanceof Outcome.Failed failed) {
      words = failed.symptom();
    } else if (outcome instanceof Outcome.Unsatisfiable unsatisfiable) {
      words = unsatisfiable.words();
    }
    String line = words.lines().findFirst().orElse("").strip();
    return line.length() > MOST_SYMPTOM ? line.substring(0, MOST_SYMPTOM) + "…" : line;
  }
}
