package io.github.wheelmirror.report;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.report.MirrorReport.PinFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A report as files: pages that work from disk and from any server, need no other host, and are
 * readable without their script; the same facts as JSON; the ends of logs as text.
 */
public final class ReportPages {

  private ReportPages() {}

  /** Past releases, as a file that a later report takes them from. */
  public record PastReleases(int schemaVersion, List<ReleaseFacts> releases) {
    public PastReleases {
      releases = List.copyOf(releases);
    }
  }

  /**
   * All files by their paths in the report.
   *
   * @param logs ends of the logs of builds by their paths in the workspace
   */
  public static SortedMap<String, byte[]> of(MirrorReport report, Map<String, String> logs) {
    ReportIndex index = new ReportIndex(report);
    LogLinks links = new LogLinks(logs);
    ReportStatus status = ReportStatus.of(index);
    SortedMap<String, byte[]> files = new TreeMap<>();
    page(files, ReportLayout.INDEX, new OverviewPage(index).html(status));
    page(files, ReportLayout.FAILURES, new FailuresPage(index, links).html());
    page(files, ReportLayout.CHECKS, new ChecksPage(index).html());
    page(files, ReportLayout.RELEASES, new ReleasesPage(index).html());
    for (String branch : index.branches()) {
      page(files, ReportLayout.branch(branch).value(), new BranchPage(index, branch).html());
    }
    SortedMap<Character, SortedMap<ProjectName, List<PinFacts>>> letters = index.letters();
    letters.forEach(
        (letter, projects) ->
            page(
                files,
                ReportLayout.pins(projects.firstKey()).value(),
                new PinsPage(index, links).html(letter, projects, letters)));
    logs.forEach((path, text) -> ReportLayout.log(path).ifPresent(file -> page(files, file, text)));
    files.put(ReportLayout.STYLE, resource(ReportLayout.STYLE));
    files.put(ReportLayout.SCRIPT, resource(ReportLayout.SCRIPT));
    // on one line, for indentation is half of so many states
    page(files, ReportLayout.DATA, Json.line(report) + "\n");
    files.put(ReportLayout.STATUS, Json.write(status));
    files.put(
        ReportLayout.RELEASE_FACTS,
        Json.write(new PastReleases(MirrorReport.SCHEMA_VERSION, report.releases())));
    return files;
  }

  private static void page(Map<String, byte[]> files, String path, String text) {
    if (files.put(path, text.getBytes(StandardCharsets.UTF_8)) != null) {
      throw new IllegalStateException("two pages are " + path);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = ReportPages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the plugin lacks " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
