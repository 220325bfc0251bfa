package io.github.wheelmirror.constraints;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BranchTest {

  @ParameterizedTest
  @CsvSource({
    "refs/heads/master, master, '', DEVELOPMENT",
    "main, main, '', DEVELOPMENT",
    "refs/heads/stable/2026.1, stable/2026.1, 2026.1, STABLE",
    "refs/remotes/origin/stable/zed, stable/zed, zed, STABLE",
    "stable/zed, stable/zed, zed, STABLE",
    "refs/heads/unmaintained/yoga, unmaintained/yoga, yoga, UNMAINTAINED",
    "refs/tags/2024.2-eol, 2024.2-eol, 2024.2, END_OF_LIFE",
    "refs/tags/newton-eol, newton-eol, newton, END_OF_LIFE",
    "refs/tags/victoria-eom, victoria-eom, victoria, UNMAINTAINED",
    "refs/tags/ocata-em, ocata-em, ocata, UNMAINTAINED",
    "refs/heads/newton-eol, newton-eol, '', OTHER",
    "refs/tags/1.2.3, 1.2.3, '', OTHER",
    "refs/tags/master, master, '', OTHER",
    "refs/heads/feature/stable/x, feature/stable/x, '', OTHER",
    "refs/heads/stable/a/b, stable/a/b, '', OTHER",
    "refs/changes/01/1/1, refs/changes/01/1/1, '', OTHER",
  })
  void readsWhatTheNameSays(String ref, String name, String series, BranchStatus status) {
    Branch branch = Branch.classify(ref);

    assertThat(branch.name()).isEqualTo(name);
    assertThat(branch.series()).isEqualTo(series);
    assertThat(branch.status()).isEqualTo(status);
  }

  @Test
  void ordersDevelopmentFirstThenSeriesByTimeNotByText() {
    List<String> expected =
        List.of(
            "refs/heads/master",
            "refs/heads/stable/2026.10",
            "refs/heads/stable/2026.2",
            "refs/heads/stable/2026.1",
            "refs/heads/unmaintained/2023.1",
            "refs/heads/stable/zed",
            "refs/heads/unmaintained/yoga",
            "refs/tags/yoga-eol",
            "refs/tags/newton-eol",
            "refs/heads/stable/austin",
            "refs/heads/feature/x");
    List<Branch> branches = new ArrayList<>(expected.stream().map(Branch::classify).toList());
    Collections.shuffle(branches, new Random(7));

    assertThat(branches.stream().sorted()).extracting(Branch::ref).isEqualTo(expected);
  }
}
