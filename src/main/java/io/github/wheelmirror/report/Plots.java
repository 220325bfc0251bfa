package io.github.wheelmirror.report;

import io.github.wheelmirror.report.MirrorReport.BuildTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The plots of a report: how releases went on, and which builds are slow. */
final class Plots {

  /** As many builds as a person looks at. */
  private static final int SLOWEST = 12;

  /** As many releases as bars. */
  private static final int NEWEST = 12;

  private final ReportIndex index;
  private final MirrorReport report;

  Plots(ReportIndex index) {
    this.index = index;
    this.report = index.report();
  }

  /** The releases of each channel whose snapshots are known, oldest first. */
  private Map<String, List<ReleaseFacts>> channels() {
    Map<String, List<ReleaseFacts>> channels = new LinkedHashMap<>();
    for (ReleaseFacts release : report.releases()) {
      if (release.known()) {
        channels.computeIfAbsent(release.slug(), s -> new ArrayList<>()).add(release);
      }
    }
    return channels;
  }

  boolean isEmpty() {
    return channels().isEmpty() && report.buildTimes().isEmpty();
  }

  void write(Html html) {
    html.open("div", "class", "plots");
    coverage(html);
    bytes(html);
    changes(html);
    slowest(html);
    html.closeLine();
  }

  private void coverage(Html html) {
    List<LinePlot.Series> series =
        series(
            each ->
                new LinePlot.Point(
                    each.released(),
                    each.coverage().percent(),
                    "release %d: %s".formatted(each.serial(), each.coverage().words())));
    double least =
        series.stream()
            .flatMap(each -> each.points().stream())
            .mapToDouble(LinePlot.Point::value)
            .min()
            .orElse(100);
    double low = Math.max(0, Math.min(99, Math.floor(least) - 1));
    new LinePlot(
            "Coverage over releases",
            low,
            100,
            value -> String.format(Locale.ROOT, "%.1f %%", value))
        .write(html, series);
  }

  private void bytes(Html html) {
    List<LinePlot.Series> series =
        series(
            each ->
                new LinePlot.Point(
                    each.released(),
                    each.bytes(),
                    "release %d: %s in %d files"
                        .formatted(each.serial(), ByteCount.words(each.bytes()), each.files())));
    double most =
        series.stream()
            .flatMap(each -> each.points().stream())
            .mapToDouble(LinePlot.Point::value)
            .max()
            .orElse(1);
    new LinePlot("Bytes that a release lists", 0, most, value -> ByteCount.words(Math.round(value)))
        .write(html, series);
  }

  private List<LinePlot.Series> series(Function<ReleaseFacts, LinePlot.Point> point) {
    List<LinePlot.Series> series = new ArrayList<>();
    channels()
        .forEach(
            (slug, releases) ->
                series.add(new LinePlot.Series(slug, releases.stream().map(point).toList())));
    return series;
  }

  private void changes(Html html) {
    channels()
        .forEach(
            (slug, releases) -> {
              List<ReleaseFacts> compared =
                  releases.stream().filter(each -> !each.before().isEmpty()).toList();
              List<ReleaseFacts> newest =
                  compared.subList(Math.max(0, compared.size() - NEWEST), compared.size());
              BarPlot.write(
                  html,
                  "New and changed pins per release, " + slug,
                  List.of("release", "new + changed + gone"),
                  List.of("new", "changed", "gone"),
                  newest.stream().map(Plots::changes).toList());
            });
  }

  private static BarPlot.Bar changes(ReleaseFacts release) {
    int changed = release.changed() + release.rebuilt();
    return new BarPlot.Bar(
        release.serial() + ", " + Frame.day(release.released()),
        Optional.of(ReportLayout.release(release)),
        List.of((double) release.added(), (double) changed, (double) release.removed()),
        "%d + %d + %d".formatted(release.added(), changed, release.removed()));
  }

  private void slowest(Html html) {
    List<BuildTime> slowest = report.buildTimes().stream().limit(SLOWEST).toList();
    BarPlot.write(
        html,
        "Slowest builds",
        List.of("project", "last took"),
        List.of(),
        slowest.stream()
            .map(
                each ->
                    new BarPlot.Bar(
                        each.project() + ", " + HeatMap.python(each.target()),
                        index.place(each.project()),
                        List.of(each.seconds()),
                        time(each.seconds())))
            .toList());
  }

  private static String time(double seconds) {
    return seconds < 10
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : About.time(Duration.ofMillis((long) (seconds * 1000)));
  }
}
