package io.github.wheelmirror.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.clients.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reports read from disk by a real Chromium. Pictures of the pages are left in {@code
 * target/report-pictures}, for a person to look at.
 */
class ReportInBrowserTest {

  private static final boolean LONG = Boolean.getBoolean("long");

  /** Installed by {@code .ci/run}. */
  private static final Path AXE = Path.of("target/tools/axe/node_modules/axe-core/axe.min.js");

  private static final String ROWS =
      "[...document.querySelectorAll('.pins tbody tr')].filter(row => row.offsetParent)";

  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Path program = Programs.need("chromium");
    write("whole", Scenes.of(400, 5, 4), Map.of());
    write("large", Scenes.of(3000, 5, 8), Map.of());
    write("hostile", Scenes.hostile(), Scenes.hostileLogs());
    write("nothing", Scenes.nothing(), Map.of());
    browser = Browser.start(program, folder.resolve("profile"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void screen() throws Exception {
    browser.complaints.clear();
    browser.screen(1400, 900, "light");
  }

  @AfterEach
  void nothingIsComplainedOf() {
    assertThat(browser.complaints).isEmpty();
  }

  private static void write(String name, MirrorReport report, Map<String, String> logs)
      throws IOException {
    for (Map.Entry<String, byte[]> file : ReportPages.of(report, logs).entrySet()) {
      Path to = folder.resolve(name).resolve(file.getKey());
      Files.createDirectories(to.getParent());
      Files.write(to, file.getValue());
    }
  }

  private static void open(String report, String page, String place) throws Exception {
    browser.open(folder.resolve(report).resolve(page), place);
  }

  private static int rows() throws Exception {
    return browser.evaluate(ROWS + ".length").asInt();
  }

  private static String set(String field, String value) {
    return """
        (() => {
          const field = document.forms[0].elements.%s;
          field.value = '%s';
          field.dispatchEvent(new Event('input', {bubbles: true}));
        })()"""
        .formatted(field, value);
  }

  private static void click(String selector) throws Exception {
    browser.evaluate("document.querySelector(\"" + selector + "\").click()");
  }

  private static List<String> column(int column) throws Exception {
    List<String> texts = new ArrayList<>();
    browser
        .evaluate(ROWS + ".map(row => row.cells[" + column + "].textContent)")
        .forEach(each -> texts.add(each.asText()));
    return texts;
  }

  @Test
  void pinsAreFilteredByTextStateAndTarget() throws Exception {
    open("whole", "branch-master.html", "");
    int all = rows();
    assertThat(all).isGreaterThan(100);
    assertThat(browser.text("document.querySelector('output').textContent"))
        .isEqualTo(all + " pins");
    browser.evaluate("document.forms[0].elements.text.focus()");
    browser.type("nova-part 7.");
    assertThat(column(0)).isNotEmpty().allMatch(name -> name.startsWith("nova-part"));
    assertThat(column(1)).allMatch(version -> version.contains("7."));
    assertThat(browser.text("document.querySelector('output').textContent"))
        .isEqualTo(rows() + " of " + all + " pins");
    click("button[type=reset]");
    browser.evaluate("new Promise(done => setTimeout(done, 50))");
    assertThat(rows()).isEqualTo(all);
    browser.evaluate(set("state", "lacking"));
    assertThat(column(3)).isNotEmpty().allMatch(text -> text.matches("failed|unsatisfiable"));
    browser.evaluate(set("state", "excluded"));
    assertThat(column(3)).isNotEmpty().containsOnly("excluded");
  }

  @Test
  void pinsAreSortedByNameVersionAndState() throws Exception {
    open("whole", "branch-master.html", "");
    String head = ".pins thead th:nth-child(%d) button";
    click(head.formatted(2));
    List<String> versions = column(1);
    assertThat(versions.indexOf("2.0")).isLessThan(versions.indexOf("10.0"));
    assertThat(versions.stream().map(v -> Integer.parseInt(v.split("\\.")[0]))).isSorted();
    assertThat(
            browser.text(
                "document.querySelector('.pins thead th:nth-child(2)').getAttribute('aria-sort')"))
        .isEqualTo("ascending");
    click(head.formatted(2));
    assertThat(column(1).get(0)).startsWith("12.");
    browser.evaluate("document.querySelector('.pins thead th:nth-child(3) button').focus()");
    browser.press("Enter", 13);
    assertThat(column(2).get(0)).isEqualTo("failed");
    click(head.formatted(1));
    assertThat(column(0)).isSorted();
  }

  @Test
  void theHeatMapLeadsToWhatIsLacking() throws Exception {
    open("whole", "index.html", "");
    String link = browser.text("document.querySelector('.heat td.h a[href*=lacking]').href");
    browser.open(link);
    assertThat(browser.text("document.forms[0].elements.state.value")).isEqualTo("lacking");
    assertThat(browser.text("document.forms[0].elements.target.value"))
        .isEqualTo(Scenes.SLUG + "/cp39");
    assertThat(column(2)).isNotEmpty().allMatch(text -> text.matches("failed|unsatisfiable"));
  }

  @Test
  void aPinIsInSightWhenItsLinkIsFollowed() throws Exception {
    open("large", "branch-master.html", "");
    String script = "[...document.querySelectorAll('.pins tbody a')].at(-40).href";
    String link = browser.text(script);
    browser.open(link);
    JsonNode top =
        browser.evaluate(
            """
            new Promise(done => setTimeout(() => done(
              document.querySelector(':target').getBoundingClientRect().top), 300))""");
    assertThat(top.asDouble()).isBetween(-5.0, 600.0);
  }

  @Test
  void aLargeBranchCanBeUsedSoon() throws Exception {
    open("large", "branch-master.html", "");
    assertThat(rows()).isEqualTo(3000);
    long loaded =
        browser.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd").asLong();
    long filtered =
        browser
            .evaluate(
                """
                (() => {
                  const begin = performance.now();
                  const field = document.forms[0].elements.text;
                  field.value = 'zope';
                  field.dispatchEvent(new Event('input', {bubbles: true}));
                  document.body.offsetHeight;
                  return performance.now() - begin;
                })()""")
            .asLong();
    // told, not asserted: other work may share the machine
    System.out.println(
        "large page: loaded in %d ms, filtered in %d ms".formatted(loaded, filtered));
    assertThat(rows()).isBetween(10, 1500);
  }

  @Test
  void withoutItsScriptAllCanBeRead() throws Exception {
    browser.scripts(false);
    try {
      open("whole", "branch-master.html", "");
      assertThat(rows()).isGreaterThan(100);
      assertThat(
              browser.evaluate("document.querySelector('form').offsetParent === null").asBoolean())
          .isTrue();
      open("whole", "index.html", "");
      assertThat(browser.text("document.querySelector('.age').textContent"))
          .contains("before this");
    } finally {
      browser.scripts(true);
    }
  }

  @Test
  void textOfStrangersDoesNothing() throws Exception {
    for (String page : pages("hostile")) {
      open("hostile", page, "");
      assertThat(browser.text("document.title")).as(page).endsWith(" · wheel mirror");
      assertThat(browser.evaluate("document.images.length").asInt()).as(page).isZero();
      assertThat(browser.evaluate("document.scripts.length").asInt()).as(page).isOne();
      assertThat(browser.text("document.body.textContent")).as(page).contains("onerror=");
    }
  }

  @Test
  void noPageIsWiderThanANarrowScreen() throws Exception {
    browser.screen(390, 800, "light");
    for (String report : List.of("whole", "hostile", "nothing")) {
      for (String page : pages(report)) {
        open(report, page, "");
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
            .as(report + " " + page)
            .isLessThanOrEqualTo(390);
      }
    }
  }

  @Test
  void axeFindsNothingSerious() throws Exception {
    Programs.require(
        Files.exists(AXE), "axe-core is not below target/tools: .ci/run puts it there");
    String axe = Files.readString(AXE);
    for (String scheme : List.of("light", "dark")) {
      browser.screen(1400, 900, scheme);
      // without -Dlong=true each report in one of the two
      List<String> light = LONG || scheme.equals("light") ? List.of("whole", "nothing") : List.of();
      List<String> dark = LONG || scheme.equals("dark") ? List.of("hostile") : List.of();
      for (String report : Stream.concat(light.stream(), dark.stream()).toList()) {
        for (String page : pages(report)) {
          if (report.equals("whole") && page.startsWith("pins-") && !page.equals("pins-o.html")) {
            continue; // all alike
          }
          open(report, page, "");
          browser.evaluate(axe + ";0");
          JsonNode found =
              browser.evaluate(
                  """
                  axe.run(document, {preload: false, resultTypes: ['violations']}).then(all => all.violations
                    .filter(each => ['serious', 'critical'].includes(each.impact))
                    .map(each => each.id + ': ' + each.nodes.slice(0, 3).map(node =>
                      node.html.slice(0, 200) + ' ' + node.failureSummary).join(' | ')))""");
          assertThat(found.toString()).as("%s %s %s", report, page, scheme).isEqualTo("[]");
        }
      }
    }
  }

  @Test
  void picturesAreTaken() throws Exception {
    Path pictures = Files.createDirectories(Path.of("target/report-pictures"));
    for (String scheme : List.of("light", "dark")) {
      for (int width : new int[] {390, 1400}) {
        browser.screen(width, width == 390 ? 1200 : 1700, scheme);
        for (String page :
            List.of(
                "index",
                "branch-master",
                "failures",
                "checks",
                "releases",
                "pins-o",
                "branch-unmaintained-2023.1")) {
          open("whole", page + ".html", page.equals("pins-o") ? "#oslo-part9" : "");
          byte[] picture = browser.picture();
          assertThat(picture.length).as(page).isGreaterThan(5000);
          Files.write(pictures.resolve(page + "-" + width + "-" + scheme + ".png"), picture);
        }
      }
    }
    browser.screen(1400, 900, "light");
    for (String report : List.of("nothing", "hostile")) {
      open(report, "index.html", "");
      Files.write(pictures.resolve(report + ".png"), browser.picture());
    }
  }

  private static List<String> pages(String report) throws IOException {
    try (var found = Files.list(folder.resolve(report))) {
      return found
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".html"))
          .sorted()
          .toList();
    }
  }
}
