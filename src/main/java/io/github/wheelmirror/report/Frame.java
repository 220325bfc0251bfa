package io.github.wheelmirror.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What all pages of a report have in common: head, navigation, and how times are written. */
final class Frame {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT);
  private static final int MINUTES = 120;
  private static final int HOURS = 48;

  private final ReportIndex index;

  Frame(ReportIndex index) {
    this.index = index;
  }

  /** A page up to the beginning of its content. */
  Html begin(String title, Href self) {
    Html html = new Html();
    html.open("html", "lang", "en").open("head");
    html.empty("meta", "charset", "utf-8")
        .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
        .empty("meta", "name", "referrer", "content", "no-referrer")
        .empty(
            "meta",
            "http-equiv",
            "Content-Security-Policy",
            "content",
            // file: is for a report that is read from disk, where 'self' is nothing
            "default-src 'none'; style-src 'self' file:; script-src 'self' file:; base-uri 'none';"
                + " form-action 'none'")
        .leaf("title", title + " · wheel mirror");
    html.style(ReportLayout.file(ReportLayout.STYLE));
    html.script(ReportLayout.file(ReportLayout.SCRIPT));
    html.closeLine().open("body");
    html.link(new Href("#_main"), "Skip to the content", "class", "skip");
    html.open("header", "class", "top");
    navigation(html, self);
    html.closeLine();
    // no project has such a name
    html.open("main", "id", "_main", "tabindex", "-1");
    html.leaf("h1", title);
    return html;
  }

  /** Ends a page. */
  static String end(Html html) {
    html.closeLine(); // main
    html.close(); // body
    return html.closeLine().toString();
  }

  private void navigation(Html html, Href self) {
    html.open("nav", "aria-label", "Report");
    item(html, new Href(ReportLayout.INDEX), "Overview", self);
    if (!index.report().pins().isEmpty()) {
      Href first = ReportLayout.pins(index.report().pins().get(0).pin().name());
      boolean here = self.value().startsWith("pins-");
      item(html, here ? self : first, "Pins", self);
    }
    int failing = index.failures().stream().mapToInt(FailureKind::pins).sum();
    item(html, new Href(ReportLayout.FAILURES), counted("Failures", failing), self);
    int findings = ChecksPage.worthALook(index.report());
    item(html, new Href(ReportLayout.CHECKS), counted("Checks", findings), self);
    item(html, new Href(ReportLayout.RELEASES), "Releases", self);
    html.closeLine();
    if (!index.branches().isEmpty()) {
      html.open("nav", "aria-label", "Branches", "class", "branches");
      index.branches().forEach(branch -> item(html, ReportLayout.branch(branch), branch, self));
      html.closeLine();
    }
  }

  private static String counted(String text, int count) {
    return count == 0 ? text : text + " " + count;
  }

  private static void item(Html html, Href to, String text, Href self) {
    if (to.equals(self)) {
      html.link(to, text, "aria-current", "page");
    } else {
      html.link(to, text);
    }
    html.text(" ");
  }

  /** A time, with its age when the report was written; the script tells the age of today. */
  void time(Html html, String instant) {
    Instant then = Instant.parse(instant);
    html.leaf("time", MINUTE.format(then.atOffset(ZoneOffset.UTC)), "datetime", instant);
    html.text(" ");
    html.leaf(
        "span",
        "("
            + age(Duration.between(then, Instant.parse(index.report().written())))
            + " before this)",
        "class",
        "age",
        "data-since",
        instant);
  }

  /** Such as {@code 12 days}. */
  static String age(Duration age) {
    long minutes = Math.max(0, age.toMinutes());
    if (minutes < MINUTES) {
      return minutes + " min";
    }
    return age.toHours() < HOURS ? age.toHours() + " h" : age.toDays() + " days";
  }

  /** The day of an instant. */
  static String day(String instant) {
    return instant.substring(0, "2026-01-31".length());
  }

  /** The first digits of a digest, all of it to be seen on demand. */
  static void digest(Html html, String digest) {
    html.leaf("code", digest.substring(0, Math.min(12, digest.length())), "title", digest);
  }

  /** A table that may be wider than the screen: scrolls by itself, for the keyboard too. */
  static void scrolling(Html html, String label) {
    html.open("div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label", label);
  }
}
