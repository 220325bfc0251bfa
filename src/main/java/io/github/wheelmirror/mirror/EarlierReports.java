package io.github.wheelmirror.mirror;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.report.MirrorLog;
import io.github.wheelmirror.report.MirrorReport;
import io.github.wheelmirror.report.ReleaseFacts;
import io.github.wheelmirror.report.ReportLayout;
import io.github.wheelmirror.report.ReportPages;
import io.github.wheelmirror.tree.ChannelStatus;
import io.github.wheelmirror.tree.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What earlier reports found of releases: that of the workspace, and the last published one of each
 * channel. One that cannot be read is as good as none.
 */
final class EarlierReports {

  /** A release or two may have no report. */
  private static final int LOOKS = 3;

  private final Workspace workspace;
  private final RegionsFacts regions;
  private final MirrorLog log;

  EarlierReports(Workspace workspace, RegionsFacts regions, MirrorLog log) {
    this.workspace = workspace;
    this.regions = regions;
    this.log = log;
  }

  /** Of all of them. */
  List<ReleaseFacts> releases() {
    List<ReleaseFacts> all = new ArrayList<>();
    regions.newest().values().forEach(newest -> all.addAll(published(newest.status())));
    Path file = workspace.report().resolve(ReportLayout.RELEASE_FACTS);
    try {
      if (Files.isRegularFile(file)) {
        all.addAll(read(Files.readAllBytes(file), file.toString()));
      }
    } catch (MirrorException | IOException e) {
      log.note(file + " is written anew: " + e.getMessage());
    }
    return all;
  }

  private List<ReleaseFacts> published(ChannelStatus channel) {
    long newest = channel.serial();
    for (long serial = newest; serial > Math.max(0, newest - LOOKS); serial--) {
      for (Region region : regions.reachable()) {
        try {
          Optional<byte[]> json = region.report(channel.slug(), serial, ReportLayout.RELEASE_FACTS);
          if (json.isPresent()) {
            return read(json.get(), "the report of release " + serial);
          }
        } catch (MirrorException e) {
          log.note("region " + region.name() + ": " + e.getMessage());
        }
      }
    }
    return List.of();
  }

  private static List<ReleaseFacts> read(byte[] json, String where) {
    ReportPages.PastReleases earlier = Json.read(json, ReportPages.PastReleases.class, where);
    return earlier.schemaVersion() == MirrorReport.SCHEMA_VERSION ? earlier.releases() : List.of();
  }
}
