package io.github.wheelmirror.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.ReportedPin;
import io.github.wheelmirror.build.ReportedState;
import io.github.wheelmirror.build.UnsatisfiableReason;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureLinesTest {

  private static final TargetId CP312 = new TargetId("debian-12-x86_64", "cp312");
  private static final Outcome MIRRORED =
      new Outcome.Mirrored("six-1.17.0-py3-none-any.whl", "ab".repeat(32));
  private static final Outcome NO_HEADER =
      new Outcome.Failed(
          FailureClass.MISSING_HEADER,
          "libvirt/libvirt.h: No such file or directory",
          "the source is C and this header is not installed",
          "install libvirt-dev (Debian), or exclude the pin with a reason: <exclude>…</exclude>",
          "logs/libvirt-python-10.10.0-cp312.log");

  private final List<ReportedPin> pins = new ArrayList<>();

  private FailureLinesTest pin(String pin, List<String> branches, Outcome outcome) {
    pins.add(new ReportedPin(Pin.parse(pin), List.of(new ReportedState(CP312, branches, outcome))));
    return this;
  }

  private List<String> lines() {
    BuildReport report =
        new BuildReport(BuildReport.SCHEMA_VERSION, "cd".repeat(32), pins, List.of());
    return FailureLines.of(report, "target/wheel-mirror/", "mvn wheel-mirror:build");
  }

  @Test
  void aFailedBuildIsToldInTheHouseForm() {
    pin("six===1.17.0", List.of("stable/2025.1"), MIRRORED);
    pin("libvirt-python===10.10.0", List.of("stable/2025.1"), NO_HEADER);
    pin("pbr===1.0", List.of("stable/2025.1"), new Outcome.NotApplicable("python_version<'3'"));
    assertThat(lines())
        .containsExactly(
            "1 of 2 pins could not be built for stable/2025.1 (debian-12-x86_64, CPython 3.12).",
            "  libvirt-python 10.10.0   libvirt/libvirt.h: No such file or directory",
            "      why: the source is C and this header is not installed",
            "      fix: install libvirt-dev (Debian), or exclude the pin with a reason:"
                + " <exclude>…</exclude>",
            "      log: target/wheel-mirror/logs/libvirt-python-10.10.0-cp312.log",
            "  Build what is left again with: mvn wheel-mirror:build");
  }

  @Test
  void nothingFailedMeansNoLine() {
    assertThat(pin("six===1.17.0", List.of("master"), MIRRORED).lines()).isEmpty();
  }

  @Test
  void downloadsAndAbsentPinsAreToldApartFromBuilds() {
    List<String> both = List.of("master", "stable/2025.1");
    pin(
        "foo===1.0",
        both,
        new Outcome.Failed(
            FailureClass.DOWNLOAD,
            "http://index/foo.whl cannot be downloaded",
            "the server answered 404",
            "try later",
            ""));
    pin(
        "gone===1.0",
        both,
        new Outcome.Unsatisfiable(
            UnsatisfiableReason.NO_SUCH_VERSION, "the index has no file of version 1.0"));
    assertThat(lines())
        .containsExactly(
            "1 of 2 pins could not be found upstream for master, stable/2025.1"
                + " (debian-12-x86_64, CPython 3.12).",
            "  gone 1.0   the index has no file of version 1.0",
            "      why: upstream never had this version, removed it, or has it elsewhere",
            "      fix: correct the constraint, name an index that has it, or exclude the pin with"
                + " a reason: <exclude>…</exclude>",
            "1 of 2 pins could not be downloaded for master, stable/2025.1"
                + " (debian-12-x86_64, CPython 3.12).",
            "  foo 1.0   http://index/foo.whl cannot be downloaded",
            "      why: the server answered 404",
            "      fix: try later",
            "  Build what is left again with: mvn wheel-mirror:build");
  }

  @Test
  void pinsThatAreOnlyAbsentLeaveNothingToBuildAgain() {
    pin(
        "gone===1.0",
        List.of("master"),
        new Outcome.Unsatisfiable(UnsatisfiableReason.NO_SUCH_PROJECT, "no project gone"));
    assertThat(lines()).noneMatch(line -> line.contains("again with"));
  }

  @Test
  void linesAfterTheFirstAreAligned() {
    pin(
        "foo===1.0",
        List.of("master"),
        new Outcome.Failed(FailureClass.UNKNOWN, "first", "second\n\nthird", "one\ntwo", ""));
    assertThat(lines())
        .contains(
            "  foo 1.0   first",
            "      why: second",
            "           third",
            "      fix: one",
            "           two");
  }

  private static Outcome noCompiler(String log) {
    return new Outcome.Failed(
        FailureClass.NO_COMPILER,
        "command 'gcc' failed: No such file or directory",
        "the source needs the compiler gcc, which is not installed",
        "install gcc (Debian)",
        log);
  }

  @Test
  void pinsOfOneCauseAreToldTogetherWithTheLogOfTheFirst() {
    for (int i = 10; i < 22; i++) {
      pin("project-" + i + "===1.0", List.of("master"), noCompiler("logs/project-" + i + ".log"));
    }
    pin("libvirt-python===10.10.0", List.of("master"), NO_HEADER);
    pin("project-22===1.0", List.of("master"), noCompiler(""));
    assertThat(lines())
        .containsExactly(
            "14 of 14 pins could not be built for master (debian-12-x86_64, CPython 3.12).",
            "  13 pins   command 'gcc' failed: No such file or directory",
            "      pins: project-10 1.0, project-11 1.0, project-12 1.0, project-13 1.0,"
                + " project-14 1.0, project-15 1.0,",
            "            project-16 1.0, project-17 1.0, project-18 1.0, project-19 1.0,"
                + " project-20 1.0, project-21 1.0,",
            "            project-22 1.0",
            "      why: the source needs the compiler gcc, which is not installed",
            "      fix: install gcc (Debian)",
            "      log: target/wheel-mirror/logs/project-10.log and 11 more beside it",
            "  libvirt-python 10.10.0   libvirt/libvirt.h: No such file or directory",
            "      why: the source is C and this header is not installed",
            "      fix: install libvirt-dev (Debian), or exclude the pin with a reason:"
                + " <exclude>…</exclude>",
            "      log: target/wheel-mirror/logs/libvirt-python-10.10.0-cp312.log",
            "  Build what is left again with: mvn wheel-mirror:build");
  }

  @Test
  void oneCauseIsToldToEachAudience() {
    pin("a===1.0", List.of("master"), noCompiler(""));
    pin("b===1.0", List.of("master", "stable/2025.1"), noCompiler(""));
    assertThat(lines()).filteredOn(line -> line.contains("command 'gcc' failed")).hasSize(2);
    assertThat(lines()).noneMatch(line -> line.contains("pins:"));
  }

  @Test
  void onePinOfOneCauseIsToldOnceForAllPythons() {
    Outcome absent =
        new Outcome.Unsatisfiable(UnsatisfiableReason.NO_SUCH_PROJECT, "the index lacks it");
    List<ReportedState> states = new ArrayList<>();
    for (String python : List.of("cp39", "cp310", "cp313t")) {
      states.add(
          new ReportedState(
              new TargetId("debian-12-x86_64", python),
              List.of("master"),
              noCompiler("logs/" + python + ".log")));
    }
    states.add(
        new ReportedState(
            new TargetId("debian-13-x86_64", "cp39"), List.of("master"), noCompiler("")));
    states.add(new ReportedState(CP312, List.of("master"), absent));
    pins.add(new ReportedPin(Pin.parse("a===1.0"), states));
    assertThat(lines())
        .filteredOn(line -> line.contains(" pins could not") || line.contains("log:"))
        .containsExactly(
            "1 of 1 pins could not be found upstream for master (debian-12-x86_64, CPython 3.12).",
            "1 of 1 pins could not be built for master (debian-12-x86_64, CPython 3.9, 3.10, 3.13t).",
            "      log: target/wheel-mirror/logs/cp39.log and 2 more beside it",
            "1 of 1 pins could not be built for master (debian-13-x86_64, CPython 3.9).");
  }

  @Test
  void downloadsThatFailAlikeAreToldTogetherThoughEachNamesItsFile() {
    for (String name : List.of("one", "two", "six")) {
      pin(
          name + "===1.0",
          List.of("master"),
          new Outcome.Failed(
              FailureClass.DOWNLOAD,
              "downloading http://index/" + name + ".whl failed",
              "connection refused, 6 times",
              "see whether the server can be reached from here",
              ""));
    }
    assertThat(lines())
        .containsExactly(
            "3 of 3 pins could not be downloaded for master (debian-12-x86_64, CPython 3.12).",
            "  3 pins   downloading http://index/one.whl failed, and the like",
            "      pins: one 1.0, two 1.0, six 1.0",
            "      why: connection refused, 6 times",
            "      fix: see whether the server can be reached from here",
            "  Build what is left again with: mvn wheel-mirror:build");
  }

  @ParameterizedTest
  @EnumSource(UnsatisfiableReason.class)
  void whatIsAbsentHasAllThreeParts(UnsatisfiableReason reason) {
    pin("gone===1.0", List.of("master"), new Outcome.Unsatisfiable(reason, "the index lacks it"));
    assertThat(lines()).hasSize(4);
    assertThat(lines().get(1)).isEqualTo("  gone 1.0   the index lacks it");
    assertThat(lines().get(2)).startsWith("      why: ").hasSizeGreaterThan(30);
    assertThat(lines().get(3))
        .startsWith("      fix: ")
        .endsWith(", or exclude the pin with a reason: <exclude>…</exclude>");
  }

  @Test
  void eachFailureIsCountedAmongThePinsOfTheBranchThatHasMost() {
    pin("a===1.0", List.of("master"), MIRRORED);
    pin("b===1.0", List.of("master"), MIRRORED);
    pin("c===1.0", List.of("master", "stable/2025.1"), NO_HEADER);
    assertThat(lines()).first().asString().startsWith("1 of 3 pins could not be built for master,");
  }

  @Test
  void aPythonIsToldAsAPersonSaysIt() {
    assertThat(FailureLines.python(CP312)).isEqualTo("CPython 3.12");
    assertThat(FailureLines.python(new TargetId("x", "cp313t"))).isEqualTo("CPython 3.13t");
    assertThat(FailureLines.python(new TargetId("x", "pp310"))).isEqualTo("pp310");
  }
}
