package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.constraints.BranchStatus;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MinCoverageTest {

  @Test
  void aStatusHasItsOwnNumberOrTheCommonOne() {
    MinCoverage some = MinCoverage.parse(List.of("stable=99.5", "95", " Unmaintained = 0 "));
    assertThat(some.of(BranchStatus.STABLE)).isEqualTo(99.5);
    assertThat(some.of(BranchStatus.UNMAINTAINED)).isZero();
    assertThat(some.of(BranchStatus.DEVELOPMENT)).isEqualTo(95);
    assertThat(some.of(BranchStatus.OTHER)).isEqualTo(95);
    assertThat(MinCoverage.parse(List.of())).isEqualTo(MinCoverage.NONE);
    assertThat(MinCoverage.parse(List.of("stable=99")).of(BranchStatus.OTHER)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "95,stable=99.5,unmaintained=0", "0,end-of-life=0.000001,other=100"})
  void whatItWritesItReads(String text) {
    MinCoverage read = MinCoverage.parse(Arrays.asList(text.split(",")));
    assertThat(MinCoverage.parse(Arrays.asList(read.toString().split(",")))).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "101 | 101 is no percentage from 0 to 100",
        "-1 | '-1' is neither a percentage nor status=percentage",
        "95 % | '95 %' is neither",
        "NaN | 'NaN' is neither",
        "1e2 | '1e2' is neither",
        "stabel=9 | no branch has the status 'stabel'",
        "9,9 | all branches has two percentages",
        "stable=1,stable=2 | stable has two percentages",
        "stable= | 'stable=' is neither"
      })
  void anythingElseIsRefused(String text, String why) {
    assertThatThrownBy(() -> MinCoverage.parse(Arrays.asList(text.split(","))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
