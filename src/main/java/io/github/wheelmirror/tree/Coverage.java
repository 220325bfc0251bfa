package io.github.wheelmirror.tree;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.ReportedPin;
import io.github.wheelmirror.build.ReportedState;
import io.github.wheelmirror.build.WheelFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Each (branch, Python, pin) of a channel in exactly one state: {@code coverage.json}.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param slug the channel
 * @param entries by branch, Python and pin
 * @param summaries by branch and Python; they count the entries
 */
public record Coverage(
    int schemaVersion, String slug, List<CoverageEntry> entries, List<CoverageSummary> summaries) {

  /** The version of this shape. */
  public static final int SCHEMA_VERSION = 1;

  public Coverage {
    Require.schema(schemaVersion, SCHEMA_VERSION, "a coverage file");
    TreeLayout.slug(slug);
    entries = entries.stream().sorted().toList();
    summaries = summaries.stream().sorted().toList();
    for (int i = 1; i < entries.size(); i++) {
      if (entries.get(i).compareTo(entries.get(i - 1)) == 0) {
        CoverageEntry entry = entries.get(i);
        throw new IllegalArgumentException(
            entry.pin() + " of " + entry.branch() + " has two states on " + entry.python());
      }
    }
    if (!summaries.equals(summarise(entries))) {
      throw new IllegalArgumentException("the summaries of " + slug + " do not count its entries");
    }
  }

  /** Of these entries. */
  public static Coverage of(String slug, List<CoverageEntry> entries) {
    List<CoverageEntry> sorted = entries.stream().sorted().toList();
    return new Coverage(SCHEMA_VERSION, slug, sorted, summarise(sorted));
  }

  /** What a run did for a channel. */
  public static Coverage of(BuildReport report, String slug) {
    List<CoverageEntry> entries = new ArrayList<>();
    for (ReportedPin pin : report.pins()) {
      for (ReportedState state : pin.states()) {
        if (state.target().slug().equals(slug)) {
          for (String branch : state.branches()) {
            entries.add(
                new CoverageEntry(branch, state.target().python(), pin.pin(), state.outcome()));
          }
        }
      }
    }
    return of(slug, entries);
  }

  /**
   * Reads {@code coverage.json}.
   *
   * @param where the file or URL, for the message
   */
  public static Coverage read(byte[] json, String where) {
    return Json.read(json, Coverage.class, where);
  }

  /** The bytes of {@code coverage.json}. */
  public byte[] bytes() {
    return Json.write(this);
  }

  /**
   * The form that is published, which depends on what is served and not on which run made it: a
   * reused wheel counts as what it is, built or mirrored, and a failure has no path of a log that
   * no client can read. So a second run that changes nothing has the same bytes.
   *
   * @param files those that outcomes name
   */
  public Coverage published(List<WheelFile> files) {
    Map<Outcome.Wheel, WheelFile> byWheel = new HashMap<>();
    files.forEach(file -> byWheel.put(new Outcome.Wheel(file.filename(), file.sha256()), file));
    return of(
        slug,
        entries.stream()
            .map(
                entry ->
                    new CoverageEntry(
                        entry.branch(),
                        entry.python(),
                        entry.pin(),
                        published(entry.outcome(), byWheel)))
            .toList());
  }

  private static Outcome published(Outcome outcome, Map<Outcome.Wheel, WheelFile> files) {
    if (outcome instanceof Outcome.Failed failed) {
      return new Outcome.Failed(
          failed.failureClass(), failed.symptom(), failed.why(), failed.fix(), "");
    }
    if (outcome.wheel().isEmpty()) {
      return outcome;
    }
    Outcome.Wheel wheel = outcome.wheel().get();
    WheelFile file = files.get(wheel);
    if (file == null) {
      throw new IllegalArgumentException("no file " + wheel.filename() + " " + wheel.sha256());
    }
    return file.origin() instanceof Origin.Built
        ? new Outcome.Built(wheel.filename(), wheel.sha256())
        : new Outcome.Mirrored(wheel.filename(), wheel.sha256());
  }

  private static List<CoverageSummary> summarise(List<CoverageEntry> entries) {
    Map<List<String>, Map<String, Integer>> counts = new HashMap<>();
    for (CoverageEntry entry : entries) {
      counts
          .computeIfAbsent(List.of(entry.branch(), entry.python()), key -> new TreeMap<>())
          .merge(entry.outcome().label(), 1, Integer::sum);
    }
    return counts.entrySet().stream()
        .map(e -> new CoverageSummary(e.getKey().get(0), e.getKey().get(1), e.getValue()))
        .sorted()
        .toList();
  }
}
