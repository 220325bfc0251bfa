package io.github.wheelmirror.report;

import io.github.wheelmirror.report.MirrorReport.RegionFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The front page: how it stands, what each region serves, and where pins are lacking. */
final class OverviewPage {

  /** As many as a person reads at a glance. */
  private static final int PROBLEMS = 12;

  private final ReportIndex index;
  private final MirrorReport report;
  private final Frame frame;

  OverviewPage(ReportIndex index) {
    this.index = index;
    this.report = index.report();
    this.frame = new Frame(index);
  }

  String html(ReportStatus status) {
    Html html = frame.begin("Overview", new Href(ReportLayout.INDEX));
    html.open("p", "class", "about").text("Pins: " + report.basis().words());
    if (!report.source().isEmpty()) {
      html.text(", from ").leaf("span", report.source());
    }
    html.text(". Written ");
    frame.time(html, report.written());
    html.closeLine();
    verdict(html, status);
    tiles(html);
    regions(html);
    html.leaf("h2", "Coverage");
    if (report.targets().isEmpty() || index.branches().isEmpty()) {
      html.leaf("p", "Nothing is known of any branch yet.", "class", "empty");
    } else {
      HeatMap.write(html, index);
    }
    failures(html);
    Plots plots = new Plots(index);
    if (!plots.isEmpty()) {
      html.leaf("h2", "How it goes");
      plots.write(html);
    }
    html.leaf("h2", "Data");
    html.open("p").text("For machines: ");
    html.link(ReportLayout.file(ReportLayout.DATA), ReportLayout.DATA).text(" (all of this), ");
    html.link(ReportLayout.file(ReportLayout.STATUS), ReportLayout.STATUS)
        .text(" (for a monitor), ");
    html.link(ReportLayout.file(ReportLayout.RELEASE_FACTS), ReportLayout.RELEASE_FACTS)
        .text(" (past releases).")
        .closeLine();
    return Frame.end(html);
  }

  private static void verdict(Html html, ReportStatus status) {
    html.open("section", "class", "verdict " + status.state(), "aria-label", "State");
    html.leaf("strong", status.state().words());
    if (!status.outcome().isEmpty()) {
      html.text(" · last run: " + status.outcome());
    }
    if (!status.problems().isEmpty()) {
      html.open("ul");
      int listed = Math.min(PROBLEMS, status.problems().size());
      status.problems().subList(0, listed).forEach(problem -> html.leaf("li", problem));
      if (listed < status.problems().size()) {
        html.leaf(
            "li",
            "and %d more in %s".formatted(status.problems().size() - listed, ReportLayout.STATUS));
      }
      html.close();
    }
    html.closeLine();
  }

  private void tiles(Html html) {
    Share total = index.total();
    html.open("dl", "class", "tiles");
    tile(html, "pins", Integer.toString(report.pins().size()));
    if (report.basis() == Basis.BUILT || report.basis() == Basis.RELEASED) {
      tile(html, "served", total.words());
      int lacking = index.failures().stream().mapToInt(FailureKind::pins).sum();
      tile(html, "lacking", Integer.toString(lacking));
      long bytes = report.files().stream().mapToLong(file -> file.size()).sum();
      tile(html, "wheels", Integer.toString(report.files().size()));
      tile(html, "bytes", ByteCount.words(bytes));
    }
    for (PinState state :
        List.of(PinState.BUILT, PinState.REUSED, PinState.BUILD, PinState.MIRROR)) {
      long pins =
          report.pins().stream()
              .filter(pin -> pin.states().stream().anyMatch(each -> each.state() == state))
              .count();
      if (pins > 0) {
        tile(html, state.words(), Long.toString(pins));
      }
    }
    html.closeLine();
  }

  private static void tile(Html html, String name, String value) {
    html.open("div").leaf("dt", name).leaf("dd", value).close();
  }

  private void regions(Html html) {
    html.leaf("h2", "Regions");
    if (report.regions().isEmpty()) {
      html.leaf("p", "No region is configured.", "class", "empty");
      return;
    }
    Frame.scrolling(html, "Regions");
    html.open("table", "class", "wide").open("thead").open("tr");
    for (String heading :
        List.of("region", "channel", "release", "released", "files", "snapshot", "drift")) {
      html.leaf("th", heading, "scope", "col");
    }
    html.closeLine().close().open("tbody");
    for (RegionFacts region : report.regions()) {
      html.open("tr").leaf("th", region.region(), "scope", "row");
      html.leaf("td", region.channel().isEmpty() ? "–" : region.channel());
      if (region.serial() == 0) {
        html.leaf("td", "–").leaf("td", "–").leaf("td", "–").leaf("td", "–");
      } else {
        html.leaf("td", Long.toString(region.serial()), "class", "n").open("td");
        frame.time(html, region.released());
        html.close().leaf("td", Integer.toString(region.files()), "class", "n").open("td");
        Frame.digest(html, region.snapshot());
        html.close();
      }
      html.open("td");
      standing(html, region);
      html.close().closeLine();
    }
    html.close().close().closeLine();
  }

  private void standing(Html html, RegionFacts region) {
    boolean alone = regionsOf(region.channel()).size() < 2;
    String words =
        region.standing() == Standing.CURRENT
            ? alone ? "none: the only region" : "none"
            : region.standing().words();
    boolean bad = region.standing().isDrift() || region.standing() == Standing.UNKNOWN;
    html.leaf("span", words, "class", bad ? "bad" : "good");
    region.problems().forEach(problem -> html.leaf("div", problem, "class", "problem"));
  }

  private Set<String> regionsOf(String channel) {
    return report.regions().stream()
        .filter(each -> each.channel().equals(channel))
        .map(RegionFacts::region)
        .collect(Collectors.toSet());
  }

  private void failures(Html html) {
    if (index.failures().isEmpty()) {
      return;
    }
    html.leaf("h2", "What is not served");
    Frame.scrolling(html, "What is not served");
    html.open("table", "class", "wide").open("thead").open("tr");
    for (String heading : List.of("kind", "pins", "most frequent", "fix")) {
      html.leaf("th", heading, "scope", "col");
    }
    html.closeLine().close().open("tbody");
    for (FailureKind kind : index.failures()) {
      FailureKind.Words words = kind.causes().get(0).words();
      html.open("tr").open("th", "scope", "row");
      html.link(new Href(ReportLayout.FAILURES).at(kind.kind()), FailuresPage.title(kind));
      html.close().leaf("td", Integer.toString(kind.pins()), "class", "n");
      html.leaf("td", words.symptom()).leaf("td", first(words.fix()).orElse("–")).closeLine();
    }
    html.close().close().closeLine();
  }

  private static Optional<String> first(String text) {
    return text.lines().filter(line -> !line.isBlank()).findFirst();
  }
}
