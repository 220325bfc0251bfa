package io.github.wheelmirror.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.report.MirrorReport.PinFacts;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Pages are read by a parser of XML: what is well-formed there, no browser reads otherwise. */
class ReportPagesTest {

  /** What a reader sees of {@link Scenes#HOSTILE}. */
  private static final String SEEN =
      Scenes.HOSTILE.replace("\u001b", "\\x1b").replace("\u202e", "\\u202e");

  static Stream<SortedMap<String, byte[]>> reports() {
    return Stream.of(
        ReportPages.of(Scenes.nothing(), Map.of()),
        ReportPages.of(Scenes.of(120, 3, 4), Map.of()),
        ReportPages.of(Scenes.hostile(), Scenes.hostileLogs()));
  }

  private static Map<String, Document> pages(Map<String, byte[]> files) {
    Map<String, Document> pages = new TreeMap<>();
    files.forEach(
        (name, content) -> {
          if (name.endsWith(".html")) {
            pages.put(name, parse(content));
          }
        });
    return pages;
  }

  private static Document parse(byte[] page) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(page));
    } catch (Exception e) {
      throw new AssertionError(new String(page, StandardCharsets.UTF_8), e);
    }
  }

  private static List<Element> elements(Document page, String name) {
    NodeList found = page.getElementsByTagName(name);
    return Stream.iterate(0, i -> i + 1)
        .limit(found.getLength())
        .map(i -> (Element) found.item(i))
        .toList();
  }

  private static Document page(MirrorReport report, Href page) {
    return parse(Objects.requireNonNull(ReportPages.of(report, Map.of()).get(page.value())));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void everyLinkLeadsToAPlaceWithinTheReport(SortedMap<String, byte[]> files) {
    Map<String, Document> pages = pages(files);
    Map<String, Set<String>> ids = new HashMap<>();
    pages.forEach(
        (name, page) -> {
          Set<String> own = new HashSet<>();
          elements(page, "*").stream()
              .filter(each -> each.hasAttribute("id"))
              .forEach(each -> assertThat(own.add(each.getAttribute("id"))).as(name).isTrue());
          ids.put(name, own);
        });
    assertThat(pages).containsKeys("index.html", "failures.html", "checks.html", "releases.html");
    pages.forEach(
        (name, page) ->
            elements(page, "a").stream()
                .map(link -> link.getAttribute("href"))
                .forEach(
                    href -> {
                      String[] parts = href.split("#", 2);
                      String file = parts[0].isEmpty() ? name : parts[0];
                      assertThat(files).as(name + " leads to " + href).containsKey(file);
                      if (parts.length == 2 && !parts[1].startsWith("lacking=")) {
                        assertThat(ids.get(file))
                            .as(name + " leads to " + href)
                            .contains(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
                      }
                    }));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void nothingRunsAndNothingIsLoadedButTheReportsOwn(SortedMap<String, byte[]> files) {
    pages(files)
        .forEach(
            (name, page) -> {
              assertThat(elements(page, "script"))
                  .as(name)
                  .singleElement()
                  .satisfies(
                      script -> {
                        assertThat(script.getAttribute("src")).isEqualTo("report.js");
                        assertThat(script.getTextContent()).isEmpty();
                      });
              for (String loading : List.of("img", "iframe", "object", "embed", "base", "style")) {
                assertThat(elements(page, loading)).as(name).isEmpty();
              }
              for (Element each : elements(page, "*")) {
                for (int i = 0; i < each.getAttributes().getLength(); i++) {
                  Node attribute = each.getAttributes().item(i);
                  assertThat(attribute.getNodeName()).as(name).doesNotStartWith("on");
                  if (Set.of("src", "href", "action").contains(attribute.getNodeName())) {
                    assertThat(attribute.getNodeValue()).as(name).doesNotContain(":", "//");
                  }
                }
              }
            });
    assertThat(files.keySet())
        .allMatch(name -> name.matches("(?:logs/)?[A-Za-z0-9_][A-Za-z0-9._~-]*"));
  }

  @Test
  void textOfStrangersIsReadAsItIs() {
    Map<String, Document> pages = pages(ReportPages.of(Scenes.hostile(), Scenes.hostileLogs()));
    assertThat(pages).hasSize(4 + 2 + 2);
    pages.forEach(
        (name, page) -> assertThat(page.getTextContent() + all(page)).as(name).contains(SEEN));
    String pin = all(Objects.requireNonNull(pages.get("pins-e.html")));
    // source of the wheel, marker, reason, log and more
    assertThat(pin.split(java.util.regex.Pattern.quote(SEEN), -1)).hasSizeGreaterThan(15);
    assertThat(pin).contains("copied from javascript:" + SEEN);
    assertThat(pages.values()).noneMatch(page -> all(page).contains("\u202e"));
  }

  private static String all(Document page) {
    return page.getDocumentElement().getTextContent();
  }

  @Test
  void aLogIsTextAndOneOfAnotherPlaceIsNoFile() {
    SortedMap<String, byte[]> files =
        ReportPages.of(
            Scenes.hostile(),
            Map.of("logs/evil-1.0-cp312.log", "a", "logs/../../out.log", "b", "/etc/passwd", "c"));
    assertThat(files.keySet().stream().filter(name -> name.contains("/")))
        .containsExactly("logs/evil-1.0-cp312.txt");
  }

  @Test
  void noTwoBranchesHaveOnePage() {
    List<String> names =
        List.of("stable/a", "stable-a", "Stable/a", "stable.a", "stable/a ", "a".repeat(500), "ä");
    assertThat(
            names.stream()
                .map(name -> ReportLayout.branch(name).value().toLowerCase(java.util.Locale.ROOT)))
        .doesNotHaveDuplicates()
        .allMatch(file -> file.length() < 200);
  }

  @Test
  void projectsWithNamesLikeIdsAreToldApart() {
    List<PinFacts> pins =
        Stream.of("main===1", "content===1", "foo===1", "foo-1===2", "foo===1.post1")
            .map(text -> new PinFacts(Pin.parse(text), List.of(), List.of()))
            .toList();
    MirrorReport report = Scenes.report(Basis.RESOLVED, List.of(), List.of(), pins, List.of());
    everyLinkLeadsToAPlaceWithinTheReport(ReportPages.of(report, Map.of()));
  }

  @Test
  void theHeatMapCountsWhatEachBranchWantsOfEachTarget() {
    TargetId target = Scenes.target("cp312");
    List<String> both = List.of("a", "b");
    MirrorReport report =
        Scenes.report(
            Basis.BUILT,
            List.of(target, Scenes.target("cp313")),
            List.of(Scenes.branch("a"), Scenes.branch("b")),
            List.of(
                new PinFacts(
                    Pin.parse("one===1"), List.of(), List.of(Scenes.unsatisfiable(target, both))),
                new PinFacts(
                    Pin.parse("two===1"),
                    List.of(),
                    List.of(
                        MirrorReport.StateFacts.of(
                            target,
                            List.of("a"),
                            new io.github.wheelmirror.build.Outcome.Mirrored(
                                "two-1-py3-none-any.whl", Scenes.digest(3)))))),
            List.of());
    assertThat(elements(page(report, new Href("index.html")), "td"))
        .filteredOn(cell -> cell.getAttribute("class").startsWith("h "))
        .extracting(Element::getTextContent)
        .containsExactly("50.00 %1/2", "–", "0.00 %0/1", "–");
    Document failures = page(report, new Href("failures.html"));
    assertThat(elements(failures, "h2"))
        .extracting(Element::getTextContent)
        .containsExactly("no such version: 1 pin");
    assertThat(all(failures))
        .contains("one 1", "a, b", "correct the constraint")
        .doesNotContain("two");
  }

  @Test
  void theStatusIsTheWorstOfAll() {
    assertThat(status(Scenes.nothing())).contains("\"warning\"", "nothing is known yet");
    assertThat(status(Scenes.of(120, 3, 4)))
        .contains("\"error\"", "south could not be asked: no route to host", "may not be released")
        .contains("west " + Scenes.SLUG + ": drift: behind", "unmaintained/2023.1 is held");
    MirrorReport well =
        Scenes.report(
            Basis.RELEASED,
            List.of(),
            List.of(),
            List.of(),
            List.of(Scenes.region("east", 3, Standing.CURRENT, List.of())));
    assertThat(status(well)).contains("\"state\" : \"ok\"", "\"problems\" : [ ]");
  }

  private static String status(MirrorReport report) {
    return new String(
        Objects.requireNonNull(ReportPages.of(report, Map.of()).get("status.json")),
        StandardCharsets.UTF_8);
  }

  @Test
  void pastReleasesAreReadAgainAsTheyWere() {
    MirrorReport report = Scenes.of(30, 2, 2);
    byte[] json = Objects.requireNonNull(ReportPages.of(report, Map.of()).get("releases.json"));
    assertThat(Json.read(json, ReportPages.PastReleases.class, "releases.json").releases())
        .isEqualTo(report.releases())
        .hasSize(14);
  }

  @Test
  void theSameFactsHaveTheSameBytesAndLargeOnesStaySmall() {
    SortedMap<String, byte[]> files = ReportPages.of(Scenes.of(3000, 5, 8), Map.of());
    SortedMap<String, byte[]> again = ReportPages.of(Scenes.of(3000, 5, 8), Map.of());
    assertThat(files.keySet()).isEqualTo(again.keySet());
    files.forEach(
        (name, content) -> assertThat(Arrays.equals(content, again.get(name))).as(name).isTrue());
    long pages =
        files.entrySet().stream()
            .filter(each -> !each.getKey().endsWith(".json"))
            .mapToLong(each -> each.getValue().length)
            .sum();
    assertThat(pages).isLessThan(10_000_000);
    assertThat(Objects.requireNonNull(files.get("report.json")).length).isLessThan(8_500_000);
  }

  @Test
  void noMarkupIsWrittenFromText() {
    assertThatThrownBy(() -> new Html().open("a", "href", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Html().open("p", "onclick", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Html().open("p><b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Html().open("p").toString())
        .isInstanceOf(IllegalStateException.class);
    for (String bad :
        List.of("javascript:x", "//host/x", "http://host", "../x", "a/../x", "/x", "")) {
      assertThatThrownBy(() -> new Href(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
