package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.report.ReportLayout;
import io.github.wheelmirror.tree.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Puts the report beside each new release, and beside one that is served already and lacks it, as a
 * run leaves it that is killed in between. A release stands whatever comes of its report.
 */
final class PublishReport {

  private final MirrorRequest request;
  private final Outside outside;

  PublishReport(MirrorRequest request, Outside outside) {
    this.request = request;
    this.outside = outside;
  }

  /**
   * Of all that lack it; nothing is made or written if none does.
   *
   * @param unchanged regions that served before what this run would have released
   */
  void run(List<SwitchRegions.Switched> switched, List<SwitchRegions.Switched> unchanged) {
    List<SwitchRegions.Switched> without = new ArrayList<>(switched);
    unchanged.stream().filter(this::lacksReport).forEach(without::add);
    if (without.isEmpty()) {
      return;
    }
    SortedMap<String, byte[]> report;
    try {
      report = new WriteReport(outside, request).files();
    } catch (MirrorException e) {
      outside.log().warning("what was released has no report: " + e.getMessage());
      return;
    }
    for (SwitchRegions.Switched each : without) {
      try {
        each.region().publish(each.release(), report);
      } catch (MirrorException e) {
        outside
            .log()
            .warning(
                "region %s serves release %d of %s without its report: %s"
                    .formatted(
                        each.region().name(),
                        each.release().serial(),
                        each.release().slug(),
                        e.getMessage()));
      }
    }
  }

  /** One that cannot be looked for is not missed: the next run looks again. */
  private boolean lacksReport(SwitchRegions.Switched each) {
    Release release = each.release();
    try {
      return each.region().report(release.slug(), release.serial(), ReportLayout.INDEX).isEmpty();
    } catch (MirrorException e) {
      outside
          .log()
          .warning(
              "nobody knows whether release %d of %s has its report: %s"
                  .formatted(release.serial(), release.slug(), e.getMessage()));
      return false;
    }
  }
}
