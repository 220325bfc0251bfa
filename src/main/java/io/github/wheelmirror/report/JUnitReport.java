package io.github.wheelmirror.report;

import io.github.wheelmirror.XmlText;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.tree.ClosureRun;
import io.github.wheelmirror.tree.CoverageSummary;
import io.github.wheelmirror.tree.Problem;
import io.github.wheelmirror.tree.SampleRun;
import io.github.wheelmirror.tree.Severity;
import io.github.wheelmirror.tree.VerifiedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was verified of a channel as the XML that JUnit's readers know (that of Ant and Surefire),
 * so that CI shows it as tests. What blocks is a failure, what is only told is a passing test with
 * an output, what nobody could check is skipped and never a pass. The same findings have the same
 * bytes.
 */
public final class JUnitReport {

  private static final Set<String> OF_COVERAGE =
      Set.of("coverage-too-low", "nothing-served", "nothing-wanted");

  /** Told by the runs themselves. */
  private static final Set<String> OF_RUNS =
      Set.of(
          "client-takes-other", "client-refuses", "sample-not-installable", "sample-inconsistent");

  /** What is checked for a channel as a whole: a test that passes where nothing of it was found. */
  private static final Map<String, Set<String>> CHECKS =
      new TreeMap<>(
          Map.of(
              "nothing that was released is lost",
              Set.of("regression", "vanished-branch", "emptied-branch", "dropped"),
              "no branch is held",
              Set.of("held-branch"),
              "nothing waits for another host",
              Set.of("waiting"),
              "every requirement is there",
              Set.of("dependency-missing", "dependency-conflict", "dependency-url"),
              "the last release is young enough",
              Set.of("stale")));

  private final VerifiedChannel channel;
  private final Map<String, Test> tests = new LinkedHashMap<>();

  private JUnitReport(VerifiedChannel channel) {
    this.channel = channel;
  }

  /** One test; without failure and without a reason to be skipped it passes. */
  private static final class Test {
    private final String group;
    private final String name;
    private final List<Problem> failures = new ArrayList<>();
    private final List<String> output = new ArrayList<>();
    private String skipped = "";

    Test(String group, String name) {
      this.group = group;
      this.name = name;
    }
  }

  /** The file's bytes, UTF-8. */
  public static byte[] of(VerifiedChannel channel) {
    return new JUnitReport(channel).make().getBytes(StandardCharsets.UTF_8);
  }

  private String make() {
    whole();
    for (CoverageSummary summary : channel.coverage()) {
      List<String> counts = new ArrayList<>();
      summary.counts().forEach((state, count) -> counts.add(count + " " + state));
      test("coverage", summary.branch() + " on " + summary.python())
          .output
          .add(String.join(", ", counts));
    }
    clients();
    samples();
    for (Problem problem : channel.problems()) {
      if (!OF_RUNS.contains(problem.code())) {
        add(problem);
      }
    }
    return xml();
  }

  private void whole() {
    Test release = test("release", "may be released");
    release.output.add("snapshot " + channel.snapshot());
    Set<String> found =
        Set.copyOf(channel.problems().stream().map(Problem::code).distinct().toList());
    CHECKS.forEach(
        (name, codes) -> {
          if (codes.stream().noneMatch(found::contains)) {
            test("release", name);
          }
        });
  }

  private void clients() {
    if (channel.clients().isEmpty()) {
      test("clients", "installers take what is served").skipped =
          channel.releasable() ? "no installer was asked" : "something else blocks the release";
    }
    for (ClosureRun run : channel.clients()) {
      // without its version, so that a test has the same name when the host is updated
      String client = run.client().split(" ", 2)[0];
      Test test = test("clients", client + " for " + run.branch() + " on " + run.python());
      switch (run.state()) {
        case SAME ->
            test.output.add(
                "%s takes the %d files of the manifest, %d with what they require"
                    .formatted(run.client(), run.pins(), run.closed()));
        case NOT_CHECKED -> test.skipped = run.words();
        case OTHER -> test.failures.add(failure(run, "client-takes-other", "takes other files"));
        case REFUSED -> test.failures.add(failure(run, "client-refuses", "finds no solution"));
      }
    }
  }

  private void samples() {
    for (SampleRun run : channel.samples()) {
      Test test = test("sample", "a sample of " + run.branch() + " on " + run.python());
      test.output.add(String.join(" ", run.pins().stream().map(Pin::toString).toList()));
      switch (run.state()) {
        case INSTALLED -> test.output.add(run.client() + " installed it, " + run.tried());
        case NOT_CHECKED -> test.skipped = run.words();
        case INCONSISTENT ->
            test.failures.add(failure(run, "sample-inconsistent", "finds after installing it"));
        case REFUSED ->
            test.failures.add(failure(run, "sample-not-installable", "cannot install it"));
      }
    }
  }

  private static Problem failure(SampleRun run, String code, String what) {
    return Problem.error(code, run.branch(), run.client() + " " + what + ": " + run.words(), "");
  }

  private static Problem failure(ClosureRun run, String code, String what) {
    return Problem.error(code, run.branch(), run.client() + " " + what + ": " + run.words(), "");
  }

  private void add(Problem problem) {
    String where = problem.where().isBlank() ? channel.slug() : problem.where();
    Test test =
        OF_COVERAGE.contains(problem.code())
            ? test("coverage", where)
            : test(problem.code(), where);
    if (problem.severity() == Severity.ERROR) {
      test.failures.add(problem);
    } else {
      test.output.add(text(problem));
    }
  }

  private static String text(Problem problem) {
    return problem.severity()
        + ": "
        + problem.words()
        + (problem.fix().isBlank() ? "" : "\nfix: " + problem.fix());
  }

  private Test test(String group, String name) {
    return tests.computeIfAbsent(group + "\n" + name, key -> new Test(group, name));
  }

  private String xml() {
    long failures = tests.values().stream().filter(test -> !test.failures.isEmpty()).count();
    long skipped = tests.values().stream().filter(test -> !test.skipped.isEmpty()).count();
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuite name=\"")
        .append(XmlText.attribute("wheel-mirror " + channel.slug()))
        .append("\" tests=\"")
        .append(tests.size())
        .append("\" failures=\"")
        .append(failures)
        .append("\" errors=\"0\" skipped=\"")
        .append(skipped)
        .append("\" time=\"0\">\n");
    tests.values().forEach(test -> append(xml, test));
    return xml.append("</testsuite>\n").toString();
  }

  private void append(StringBuilder xml, Test test) {
    xml.append("  <testcase classname=\"")
        // readers cut a class name at its last full stop
        .append(XmlText.attribute(channel.slug().replace('.', '_') + "." + test.group))
        .append("\" name=\"")
        .append(XmlText.attribute(test.name))
        .append("\" time=\"0\">\n");
    if (!test.skipped.isEmpty()) {
      xml.append("    <skipped message=\"")
          .append(XmlText.attribute(test.skipped))
          .append("\"/>\n");
    }
    // readers expect one at the most
    if (!test.failures.isEmpty()) {
      Problem first = test.failures.get(0);
      xml.append("    <failure type=\"")
          .append(XmlText.attribute(first.code()))
          .append("\" message=\"")
          .append(XmlText.attribute(first.words()))
          .append("\">")
          .append(
              XmlText.content(
                  String.join("\n", test.failures.stream().map(JUnitReport::text).toList())))
          .append("</failure>\n");
    }
    if (!test.output.isEmpty()) {
      xml.append("    <system-out>")
          .append(XmlText.content(String.join("\n", test.output)))
          .append("</system-out>\n");
    }
    xml.append("  </testcase>\n");
  }
}
