package io.github.wheelmirror.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void columnsAreAlignedTheFirstTwoLeftTheOthersRight() {
    Table table = new Table();
    table.row(List.of("branch", "python", "pins", "failed"));
    table.row(List.of("stable/2025.1", "cp312", "1234", "-"));
    table.row(List.of("master", "cp39", "7", "12"));
    assertThat(table.lines())
        .containsExactly(
            "branch         python  pins  failed",
            "stable/2025.1  cp312   1234       -",
            "master         cp39       7      12");
  }

  @Test
  void shortRowsAndNoRowsAreFine() {
    assertThat(new Table().lines()).isEmpty();
    Table table = new Table();
    table.row(List.of("a", "b", "c"));
    table.row(List.of("a"));
    assertThat(table.lines()).containsExactly("a  b  c", "a");
  }
}
