package io.github.wheelmirror.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.tree.Coverage;
import io.github.wheelmirror.tree.CoverageEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageTableTest {

  private static final Outcome MIRRORED =
      new Outcome.Mirrored("foo-1.0-py3-none-any.whl", "ab".repeat(32));
  private static final Outcome FAILED =
      new Outcome.Failed(FailureClass.NO_COMPILER, "symptom", "why", "fix", "");

  private static CoverageEntry entry(String branch, String python, String pin, Outcome outcome) {
    return new CoverageEntry(branch, python, Pin.parse(pin), outcome);
  }

  @Test
  void eachBranchAndPythonHasALineWithItsCounts() {
    Coverage coverage =
        Coverage.of(
            "debian-12-x86_64",
            List.of(
                entry("stable/2025.1", "cp312", "foo===1.0", MIRRORED),
                entry("stable/2025.1", "cp39", "foo===1.0", MIRRORED),
                entry("stable/2025.1", "cp39", "bar===1.0", FAILED),
                entry("master", "cp39", "foo===1.0", new Outcome.NotApplicable("x"))));
    assertThat(CoverageTable.lines(coverage))
        .containsExactly(
            "branch         python  pins  mirrored  not-applicable  failed",
            "master         cp39       1         -               1       -",
            "stable/2025.1  cp39       2         1               -       1",
            "stable/2025.1  cp312      1         1               -       -");
  }

  @Test
  void nothingWantedMakesNoTable() {
    Coverage coverage = Coverage.of("debian-12-x86_64", List.of());
    assertThat(CoverageTable.lines(coverage)).isEmpty();
  }
}
