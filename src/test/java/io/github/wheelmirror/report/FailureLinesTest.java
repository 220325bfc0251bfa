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

class FailureLinesTest {

  private static final TargetId CP312 = new TargetId("debian-12-x86_64", "cp312");
  private static final Outcome MIRRORED =
      new Outcome.Mirrored("six-1.17.0-py3-none-any.whl", "ab".repeat(32));
  private static final Outcome NO_HEADER =
      new Outcome.Failed(
          FailureClass.MISSING_HEADER,
          "libvirt/libvirt.h: No such file or directory\n"
              + "the source is C and this header is not installed",
          "install libvirt-dev (Debian), or exclude the pin with a reason: <exclude>…</exclude>",
          "logs/libvirt-python-10.10.0-cp312.log");

  private final List<ReportedPin> pins = new ArrayList<>();

  private FailureLinesTest pin(String pin, List<String> branches, Outcome outcome) {
    pins.add(new ReportedPin(Pin.parse(pin), List.of(new ReportedState(CP312, branches, outcome))));
    return this;
  }

  private List<String> lines() {
    BuildReport report =
        new BuildReport(BuildReport.SCHEMA_VERSION, "cd".repeat(32), pins, List.of(), List.of());
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
        new Outcome.Failed(FailureClass.DOWNLOAD, "the server answered 404", "try later", ""));
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
            "      fix: correct the constraint, name an index that has it, or exclude the pin with"
                + " a reason: <exclude>…</exclude>",
            "1 of 2 pins could not be downloaded for master, stable/2025.1"
                + " (debian-12-x86_64, CPython 3.12).",
            "  foo 1.0   the server answered 404",
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
        new Outcome.Failed(FailureClass.UNKNOWN, "first\nsecond\n\nthird", "one\ntwo", ""));
    assertThat(lines())
        .contains(
            "  foo 1.0   first",
            "      why: second",
            "           third",
            "      fix: one",
            "           two");
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
