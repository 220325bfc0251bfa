package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Release;
import java.util.List;
import java.util.SortedMap;

/** Puts the report beside each new release. A release stands whatever comes of its report. */
final class PublishReport {

  private final MirrorRequest request;
  private final Outside outside;

  PublishReport(MirrorRequest request, Outside outside) {
    this.request = request;
    this.outside = outside;
  }

  /** Of all that were switched; nothing is made or written if none was. */
  void run(List<SwitchRegions.Switched> switched) {
    if (switched.isEmpty()) {
      return;
    }
    SortedMap<String, byte[]> report;
    try {
      report = new WriteReport(outside, request).files();
    } catch (MirrorException e) {
      outside.log().warning("what was released has no report: " + e.getMessage());
      return;
    }
    for (SwitchRegions.Switched each : switched) {
      Release release = each.release();
      try {
        each.region().publish(release, report);
      } catch (MirrorException e) {
        outside
            .log()
            .warning(
                "region %s serves release %d of %s without its report: %s"
                    .formatted(
                        each.region().name(), release.serial(), release.slug(), e.getMessage()));
      }
    }
  }
}
