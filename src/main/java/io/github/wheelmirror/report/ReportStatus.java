package io.github.wheelmirror.report;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.EnumText;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.report.MirrorReport.RegionFacts;
import io.github.wheelmirror.tree.VerifiedChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the mirror stands, for a monitor: {@code status.json}.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param written when it was looked at, ISO 8601 instant
 * @param state the worst of all
 * @param problems why it is not {@link State#OK}, the worst first
 * @param outcome of the last run that verified or released
 * @param regions as in {@code report.json}
 * @param coverage of each branch on each target
 * @param failures how many pins are not served, by kind
 */
public record ReportStatus(
    int schemaVersion,
    String written,
    State state,
    List<String> problems,
    String outcome,
    List<RegionFacts> regions,
    List<Covered> coverage,
    Map<String, Integer> failures) {

  /** The version of this shape. */
  public static final int SCHEMA_VERSION = 1;

  /** From good to bad. */
  public enum State {
    /** Nothing has to be done. */
    OK("in order"),
    /** Somebody should look at it. */
    WARNING("worth a look"),
    /** Clients do not get what they should, or nobody knows. */
    ERROR("needs attention");

    private final String words;

    State(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    @JsonValue
    @Override
    public String toString() {
      return EnumText.of(this);
    }
  }

  /** A branch on a target. */
  public record Covered(String branch, TargetId target, int served, int wanted, double percent) {}

  public ReportStatus {
    problems = List.copyOf(problems);
    regions = List.copyOf(regions);
    coverage = List.copyOf(coverage);
    failures = Collections.unmodifiableMap(new TreeMap<>(failures));
  }

  static ReportStatus of(ReportIndex index) {
    MirrorReport report = index.report();
    List<String> errors = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (RegionFacts region : report.regions()) {
      String name = (region.region() + " " + region.channel()).strip();
      if (region.standing() == Standing.UNKNOWN) {
        errors.add(name + " could not be asked: " + String.join("; ", region.problems()));
      } else {
        if (region.standing().isDrift()) {
          warnings.add(name + ": " + region.standing().words());
        }
        region.problems().forEach(problem -> warnings.add(name + ": " + problem));
      }
    }
    for (VerifiedChannel channel : report.verified()) {
      if (!channel.releasable()) {
        errors.add(
            "%s may not be released, errors: %d"
                .formatted(channel.slug(), channel.errors().size()));
      }
    }
    if (report.basis() == Basis.NOTHING) {
      warnings.add(Basis.NOTHING.words() + ": there is neither a run here nor a release");
    }
    report.branches().stream()
        .filter(branch -> branch.state().equals("held"))
        .forEach(branch -> warnings.add(branch.name() + " is held"));
    Map<String, Integer> failures = new TreeMap<>();
    index.failures().forEach(each -> failures.put(each.kind(), each.pins()));
    failures.forEach(
        (kind, pins) -> warnings.add(FailuresPage.pins(pins) + " not served: " + kind));
    warnings.addAll(report.notes());
    List<Covered> coverage = new ArrayList<>();
    index
        .shares()
        .forEach(
            (branch, shares) ->
                shares.forEach(
                    (target, share) ->
                        coverage.add(
                            new Covered(
                                branch, target, share.served(), share.wanted(), share.percent()))));
    State state = !errors.isEmpty() ? State.ERROR : warnings.isEmpty() ? State.OK : State.WARNING;
    errors.addAll(warnings);
    return new ReportStatus(
        SCHEMA_VERSION,
        report.written(),
        state,
        errors,
        report.outcome(),
        report.regions(),
        coverage,
        failures);
  }
}
