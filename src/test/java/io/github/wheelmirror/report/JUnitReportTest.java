package io.github.wheelmirror.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.tree.ClosureRun;
import io.github.wheelmirror.tree.CoverageSummary;
import io.github.wheelmirror.tree.Problem;
import io.github.wheelmirror.tree.SampleRun;
import io.github.wheelmirror.tree.Severity;
import io.github.wheelmirror.tree.VerifiedChannel;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Read by the JDK's own parser, as the readers of CI servers do. */
class JUnitReportTest {

  private static final String SLUG = "ubuntu-24.04-x86_64";

  private static VerifiedChannel channel(List<Problem> problems, List<ClosureRun> clients) {
    return new VerifiedChannel(
        SLUG,
        "a".repeat(64),
        problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR),
        problems,
        List.of(
            new CoverageSummary("master", "cp312", Map.of("mirrored", 573, "failed", 2)),
            new CoverageSummary("stable/2025.1", "cp312", Map.of("mirrored", 5))),
        clients,
        List.of());
  }

  private static ClosureRun run(String client, ClosureRun.State state, String words) {
    return new ClosureRun("master", "cp312", client, state, 573, 500, words);
  }

  private static Element suite(VerifiedChannel channel) {
    try {
      DocumentBuilder parser = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
      parser.setErrorHandler(null);
      return parser.parse(new ByteArrayInputStream(JUnitReport.of(channel))).getDocumentElement();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getElementsByTagName(name);
    for (int i = 0; i < nodes.getLength(); i++) {
      found.add((Element) nodes.item(i));
    }
    return found;
  }

  private static Map<String, Element> tests(Element suite) {
    Map<String, Element> tests = new TreeMap<>(Comparator.naturalOrder());
    for (Element test : children(suite, "testcase")) {
      String name = test.getAttribute("classname") + ": " + test.getAttribute("name");
      assertThat(tests.put(name, test)).as(name).isNull();
    }
    return tests;
  }

  private static Element test(Element suite, String name) {
    return Objects.requireNonNull(tests(suite).get(name), name);
  }

  private static String end(Element test) {
    return !children(test, "failure").isEmpty()
        ? "failed"
        : !children(test, "skipped").isEmpty() ? "skipped" : "passed";
  }

  @Test
  void whatBlocksFailsWhatIsToldPassesAndWhatNobodyCheckedIsSkipped() {
    Element suite =
        suite(
            channel(
                List.of(
                    Problem.error("coverage-too-low", "master on cp312", "too low", "do better"),
                    Problem.error("regression", "six===1 for master on cp312", "lost", "bring it"),
                    Problem.error("client-refuses", "master on cp312", "pip 1.2 cannot", ""),
                    Problem.warning("tag", "six-1-py3-none-any.whl", "odd", "look"),
                    Problem.warning("tag", "six-1-py3-none-any.whl", "odder", "look")),
                List.of(
                    run("pip 26.3", ClosureRun.State.REFUSED, "no solution"),
                    run("uv", ClosureRun.State.NOT_CHECKED, "there is no uv"))));
    Map<String, String> ends = new TreeMap<>();
    tests(suite).forEach((name, test) -> ends.put(name, end(test)));
    assertThat(ends)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("ubuntu-24_04-x86_64.release: may be released", "passed"),
                Map.entry("ubuntu-24_04-x86_64.release: every requirement is there", "passed"),
                Map.entry("ubuntu-24_04-x86_64.release: no branch is held", "passed"),
                Map.entry("ubuntu-24_04-x86_64.release: nothing waits for another host", "passed"),
                Map.entry(
                    "ubuntu-24_04-x86_64.release: the last release is young enough", "passed"),
                Map.entry("ubuntu-24_04-x86_64.coverage: master on cp312", "failed"),
                Map.entry("ubuntu-24_04-x86_64.coverage: stable/2025.1 on cp312", "passed"),
                Map.entry("ubuntu-24_04-x86_64.clients: pip for master on cp312", "failed"),
                Map.entry("ubuntu-24_04-x86_64.clients: uv for master on cp312", "skipped"),
                Map.entry("ubuntu-24_04-x86_64.regression: six===1 for master on cp312", "failed"),
                Map.entry("ubuntu-24_04-x86_64.tag: six-1-py3-none-any.whl", "passed")));
    assertThat(suite.getTagName()).isEqualTo("testsuite");
    assertThat(suite.getAttribute("tests")).isEqualTo("11");
    assertThat(suite.getAttribute("failures")).isEqualTo("3");
    assertThat(suite.getAttribute("errors")).isEqualTo("0");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    Element coverage = test(suite, "ubuntu-24_04-x86_64.coverage: master on cp312");
    Element failure = children(coverage, "failure").get(0);
    assertThat(failure.getAttribute("type")).isEqualTo("coverage-too-low");
    assertThat(failure.getAttribute("message")).isEqualTo("too low");
    assertThat(failure.getTextContent()).isEqualTo("error: too low\nfix: do better");
    assertThat(children(coverage, "system-out").get(0).getTextContent())
        .isEqualTo("2 failed, 573 mirrored");
    assertThat(
            children(test(suite, "ubuntu-24_04-x86_64.tag: six-1-py3-none-any.whl"), "system-out")
                .get(0)
                .getTextContent())
        .isEqualTo("warning: odd\nfix: look\nwarning: odder\nfix: look");
  }

  @Test
  void whereNobodyWasAskedThatIsNoPass() {
    String name = "ubuntu-24_04-x86_64.clients: installers take what is served";
    assertThat(end(test(suite(channel(List.of(), List.of())), name))).isEqualTo("skipped");
    Problem lost = Problem.error("regression", "", "lost", "");
    Element suite = suite(channel(List.of(lost), List.of()));
    assertThat(children(test(suite, name), "skipped").get(0).getAttribute("message"))
        .isEqualTo("something else blocks the release");
    assertThat(tests(suite)).containsKey("ubuntu-24_04-x86_64.regression: " + SLUG);
  }

  @Test
  void eachSampleIsATest() {
    List<SampleRun> samples = new ArrayList<>();
    for (SampleRun.State state : SampleRun.State.values()) {
      samples.add(
          new SampleRun(
              state.toString(),
              "cp312",
              "pip 26.3",
              state,
              List.of(),
              1,
              List.of(),
              "why",
              List.of()));
    }
    VerifiedChannel some =
        new VerifiedChannel(SLUG, "a".repeat(64), true, List.of(), List.of(), List.of(), samples);
    Map<String, String> ends = new TreeMap<>();
    tests(suite(some)).forEach((name, test) -> ends.put(name, end(test)));
    String group = "ubuntu-24_04-x86_64.sample: a sample of ";
    assertThat(ends)
        .containsEntry(group + "installed on cp312", "passed")
        .containsEntry(group + "inconsistent on cp312", "failed")
        .containsEntry(group + "refused on cp312", "failed")
        .containsEntry(group + "not-checked on cp312", "skipped");
  }

  @Test
  void theSameFindingsHaveTheSameBytesWhicheverWasFoundFirst() {
    Problem one = Problem.error("a", "b", "c", "d");
    Problem other = Problem.warning("a", "b", "e", "f");
    assertThat(JUnitReport.of(channel(List.of(one, other), List.of())))
        .isEqualTo(JUnitReport.of(channel(List.of(other, one), List.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<failure message=\"x\"/>]]><!--",
        "&amp;&#0;&nosuch;",
        "a\nb\tc  d ",
        "'\"é😀",
        "<?xml version='1.1'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>"
      })
  void whatStrangersPrintComesBackAsItWas(String text) {
    assertThat(shown(text)).isEqualTo(text);
  }

  @Test
  void whatNoXmlMayHoldIsShownAsAnEscape() {
    assertThat(shown("\u0000\u0007\u001b[31m\r\n\u007f\u0085"))
        .isEqualTo("\\x00\\x07\\x1b[31m\\x0d\n\\x7f\\x85");
    assertThat(shown("\ud800 \udc00x \ufffe \uffff")).isEqualTo("\\ud800 \\udc00x \\ufffe \\uffff");
    StringBuilder all = new StringBuilder();
    for (int character = 0; character <= 0x2FFFF; character++) {
      all.appendCodePoint(character).append(' ');
    }
    assertThat(shown(all.toString())).contains("\\x01").contains("\\u1ffff");
  }

  /** What a reader finds of words that stand in a name, in an attribute and in a text. */
  private static String shown(String text) {
    Problem problem = Problem.error("code", "at " + text, "x" + text, "");
    Problem told = Problem.warning("code", "at " + text, "x" + text, "");
    Element test =
        tests(suite(channel(List.of(problem, told), List.of()))).values().stream()
            .filter(each -> each.getAttribute("classname").endsWith(".code"))
            .findFirst()
            .orElseThrow();
    Element failure = children(test, "failure").get(0);
    String attribute = failure.getAttribute("message").substring(1);
    assertThat(test.getAttribute("name")).isEqualTo("at " + attribute);
    assertThat(failure.getTextContent()).isEqualTo("error: x" + attribute);
    assertThat(children(test, "system-out").get(0).getTextContent())
        .isEqualTo("warning: x" + attribute);
    return attribute;
  }
}
