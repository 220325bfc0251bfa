package io.github.wheelmirror.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.wheelmirror.constraints.Target;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutOffTest {

  private static RemoteFile uploaded(String time) {
    return new RemoteFile(
        "a-1.0.tar.gz",
        "https://index.example/a",
        Map.of(),
        "",
        false,
        "",
        time,
        -1,
        Map.of(),
        false,
        "https://index.example/");
  }

  @ParameterizedTest
  @CsvSource({
    // the Python is younger than the sdist
    "2015-02-03T00:00:00Z, 11, 2022-12-31",
    "2015-02-03T00:00:00Z, 12, 2023-12-31",
    "2015-02-03T00:00:00Z, 13, 2024-12-31",
    "2015-02-03T00:00:00Z, 14, 2025-12-31",
    "2015-02-03T00:00:00Z, 6, 2017-06-30",
    // the sdist is younger than the Python
    "2023-05-31T23:59:59Z, 11, 2023-06-30",
    "2023-06-01T00:00:00Z, 11, 2023-12-31",
    "2023-12-02T00:00:00Z, 11, 2024-06-30",
    // nobody knows when that Python came
    "2023-05-01T00:00:00Z, 99, 2023-06-30",
    "+999999999-12-31T23:59:59Z, 11, ''",
    "yesterday, 11, ''"
  })
  void laterOfSdistAndPythonThirtyDaysOnAtTheEndOfTheHalfYear(
      String time, int minor, String expected) {
    Target target = LockScenario.python(minor);

    assertThat(CutOff.of(BuildRequirementsAsOf.SDIST, uploaded(time), target)).isEqualTo(expected);
  }

  @Test
  void otherRulesDoNotLookAtTheSdist() {
    Target target = LockScenario.python(11);

    assertThat(CutOff.of(BuildRequirementsAsOf.NOW, uploaded("2020-01-01T00:00:00Z"), target))
        .isEmpty();
    assertThat(CutOff.of(BuildRequirementsAsOf.parse("2021-03-04"), uploaded(""), target))
        .isEqualTo("2021-03-04");
    assertThat(CutOff.isUnknown(BuildRequirementsAsOf.NOW, uploaded(""))).isFalse();
    assertThat(CutOff.isUnknown(BuildRequirementsAsOf.SDIST, uploaded(""))).isTrue();
  }

  @Test
  void anythingElseIsNoRule() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BuildRequirementsAsOf.parse("2021"))
        .withMessageContaining("'2021'");
  }
}
