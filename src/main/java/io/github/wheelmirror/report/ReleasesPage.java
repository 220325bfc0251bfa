package io.github.wheelmirror.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Past releases of each channel, the newest first, and what changed with each. */
final class ReleasesPage {

  /** As many changes of one release as are listed; all are in {@code releases.json}. */
  private static final int CHANGES = 400;

  private final ReportIndex index;
  private final Frame frame;

  ReleasesPage(ReportIndex index) {
    this.index = index;
    this.frame = new Frame(index);
  }

  String html() {
    Html html = frame.begin("Releases", new Href(ReportLayout.RELEASES));
    Map<String, List<ReleaseFacts>> channels = new LinkedHashMap<>();
    List<ReleaseFacts> releases = index.report().releases();
    for (int i = releases.size() - 1; i >= 0; i--) {
      channels.computeIfAbsent(releases.get(i).slug(), s -> new ArrayList<>()).add(releases.get(i));
    }
    if (channels.isEmpty()) {
      html.leaf("p", "No region that could be asked has a release.", "class", "empty");
    }
    channels.forEach((slug, list) -> channel(html, slug, list));
    return Frame.end(html);
  }

  private void channel(Html html, String slug, List<ReleaseFacts> releases) {
    html.open("section").leaf("h2", slug);
    Frame.scrolling(html, "Releases of " + slug);
    html.open("table", "class", "wide").open("thead").open("tr");
    for (String heading :
        List.of(
            "release",
            "released",
            "snapshot",
            "coverage",
            "files",
            "bytes",
            "new",
            "changed",
            "rebuilt",
            "gone")) {
      html.leaf("th", heading, "scope", "col");
    }
    html.closeLine().close().open("tbody");
    releases.forEach(release -> row(html, release));
    html.close().close().closeLine();
    releases.stream()
        .filter(release -> !release.changes().isEmpty())
        .forEach(release -> changes(html, release));
    html.closeLine();
  }

  private void row(Html html, ReleaseFacts release) {
    html.open("tr", "id", ReportLayout.id(release));
    html.leaf("th", Long.toString(release.serial()), "scope", "row", "class", "n").open("td");
    frame.time(html, release.released());
    html.close().open("td");
    Frame.digest(html, release.snapshot());
    html.close();
    if (!release.known()) {
      html.leaf("td", "its snapshot was removed since", "colspan", "7").closeLine();
      return;
    }
    number(html, release.coverage().words());
    number(html, Integer.toString(release.files()));
    number(html, ByteCount.words(release.bytes()));
    if (release.before().isEmpty()) {
      html.leaf("td", "the first one known", "colspan", "4").closeLine();
      return;
    }
    number(html, Integer.toString(release.added()));
    number(html, Integer.toString(release.changed()));
    number(html, Integer.toString(release.rebuilt()));
    number(html, Integer.toString(release.removed()));
    html.closeLine();
  }

  private static void number(Html html, String text) {
    html.leaf("td", text, "class", "n");
  }

  private void changes(Html html, ReleaseFacts release) {
    html.open("details");
    html.leaf(
        "summary",
        "Changes of release %d (%d)".formatted(release.serial(), release.changes().size()));
    html.open("ul");
    for (ReleaseFacts.Change change :
        release.changes().subList(0, Math.min(CHANGES, release.changes().size()))) {
      html.open("li");
      html.link(index.place(change.project()), change.project().toString());
      html.text(", " + change.branch() + ": " + change.words()).close();
    }
    html.closeLine();
    if (release.changes().size() > CHANGES) {
      html.leaf("p", "and %d more".formatted(release.changes().size() - CHANGES));
    }
    html.closeLine();
  }
}
