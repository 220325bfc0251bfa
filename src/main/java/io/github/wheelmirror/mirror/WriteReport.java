package io.github.wheelmirror.mirror;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.report.MirrorReport;
import io.github.wheelmirror.report.MirrorReport.BuildTime;
import io.github.wheelmirror.report.ReleaseFacts;
import io.github.wheelmirror.report.ReportLayout;
import io.github.wheelmirror.report.ReportPages;
import io.github.wheelmirror.tree.Staleness;
import io.github.wheelmirror.tree.Verification;
import io.github.wheelmirror.tree.VerifiedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Tells in pages what the workspace has and the regions serve, whatever there is of it: before the
 * first build, after a failed one, without a region. Nothing is resolved, planned or built for it.
 */
public final class WriteReport {

  private final Outside outside;
  private final Workspace workspace;
  private final LocalPaths paths;
  private final Staleness staleness;
  private final List<String> notes = new ArrayList<>();

  /**
   * Of a workspace and the regions.
   *
   * @param request says where the workspace is, and which releases are too old
   */
  public WriteReport(Outside outside, MirrorRequest request) {
    this.outside = outside;
    this.workspace = new Workspace(request.places().workspace());
    this.paths = new LocalPaths(request.places());
    this.staleness =
        new Staleness(request.release().gate().staleAfter(), outside.clock().instant());
  }

  /** Writes it into the workspace and tells where it is. */
  public void run() {
    SortedMap<String, byte[]> files = files();
    write(files);
    notes.forEach(outside.log()::warning);
    outside.log().note("the report is " + workspace.report().resolve(ReportLayout.INDEX));
  }

  /** All files of it by their paths; what a person should know of it is among its notes. */
  SortedMap<String, byte[]> files() {
    WorkspaceFacts facts = new WorkspaceFacts(workspace, notes::add);
    RegionsFacts regions =
        new RegionsFacts(outside.regions(), staleness, notes::add, outside.log());
    ProjectFacts project = facts.project().or(regions::released).orElse(ProjectFacts.NONE);
    Map<String, String> logs = new BuildLogs(workspace, paths, notes::add).of(project.pins());
    List<ReleaseFacts> earlier = new EarlierReports(workspace, regions, outside.log()).releases();
    List<ReleaseFacts> releases = new PastReleases(regions, earlier, notes::add).all();
    List<VerifiedChannel> verified =
        facts.verification().map(Verification::channels).orElse(List.of());
    return ReportPages.of(
        new MirrorReport(
            MirrorReport.SCHEMA_VERSION,
            outside.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString(),
            project.source(),
            project.basis(),
            facts.outcome(),
            notes,
            regions.lines(),
            project.targets(),
            project.branches(),
            project.pins(),
            project.files(),
            buildTimes(facts.builds()),
            verified,
            releases),
        logs);
  }

  private List<BuildTime> buildTimes(Map<Pin, Set<TargetId>> builds) {
    List<BuildTime> times = new ArrayList<>();
    builds.forEach(
        (pin, targets) ->
            targets.forEach(
                target ->
                    outside
                        .experience()
                        .history()
                        .last(pin.name(), target)
                        .ifPresent(
                            cost -> times.add(new BuildTime(pin.name(), target, cost.seconds())))));
    return times.stream()
        .distinct()
        .sorted(
            Comparator.comparing((BuildTime time) -> -time.seconds())
                .thenComparing(BuildTime::project)
                .thenComparing(BuildTime::target))
        .toList();
  }

  /** The front page last, so that it leads to nothing that is not there; then old pages go. */
  private void write(SortedMap<String, byte[]> files) {
    Path folder = workspace.report();
    byte[] front = Objects.requireNonNull(files.get(ReportLayout.INDEX));
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        if (!file.getKey().equals(ReportLayout.INDEX)) {
          AtomicFile.writeUnforced(folder.resolve(file.getKey()), file.getValue());
        }
      }
      AtomicFile.writeUnforced(folder.resolve(ReportLayout.INDEX), front);
      try (Stream<Path> found = Files.walk(folder)) {
        for (Path file : found.filter(Files::isRegularFile).toList()) {
          // not what another run is just writing, nor what somebody else keeps there
          String path = folder.relativize(file).toString();
          if (!files.containsKey(path) && ReportLayout.isOwn(path)) {
            Files.deleteIfExists(file);
          }
        }
      }
    } catch (IOException e) {
      throw MirrorException.machinery(
          "the report cannot be written to " + folder,
          IoWords.of(e),
          "make room or make the folder writable for this user",
          e);
    }
  }
}
