package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.DownloadWork;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.Rebuilt;
import io.github.wheelmirror.build.WorkResult;
import io.github.wheelmirror.build.WorkTarget;
import io.github.wheelmirror.report.WorkTally;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How a plan's work ended, or a part of it.
 *
 * @param downloads by {@link DownloadWork#id}
 * @param builds one a target of each build
 * @param rebuilt the sample that was built twice
 * @param fetched how many of the wheels were downloaded for it, by whomever
 * @param took the work
 */
record WorkResults(
    Map<String, WorkResult> downloads,
    Map<WorkTarget, WorkResult> builds,
    List<Rebuilt> rebuilt,
    int fetched,
    Duration took) {

  WorkResults {
    downloads = Map.copyOf(downloads);
    builds = Map.copyOf(builds);
    rebuilt = List.copyOf(rebuilt);
    Objects.requireNonNull(took);
  }

  /** What was done for the report that came of it. */
  WorkTally tally(BuildReport report) {
    Set<String> built = new HashSet<>();
    Set<String> failed = new HashSet<>();
    builds.forEach(
        (target, result) -> {
          if (result instanceof WorkResult.Done done) {
            built.add(done.file().sha256());
          } else {
            failed.add(target.work());
          }
        });
    downloads.forEach(
        (id, result) -> {
          if (result instanceof WorkResult.Failed) {
            failed.add(id);
          }
        });
    int present = Math.max(0, report.files().size() - built.size() - fetched);
    long absent =
        report.pins().stream()
            .filter(
                pin ->
                    pin.states().stream()
                        .anyMatch(state -> state.outcome() instanceof Outcome.Unsatisfiable))
            .count();
    return new WorkTally(fetched, built.size(), present, failed.size(), (int) absent, took);
  }
}
