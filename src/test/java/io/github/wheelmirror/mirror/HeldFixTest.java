package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.NonPins;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldFixTest {

  private static final String ALLOW =
      "correct the lines in the branch's constraints, or allow lines that are no pins with"
          + " <nonPins>report</nonPins>";

  @TempDir Path folder;
  private MirrorScenario scenario;

  @BeforeEach
  void setUp() {
    scenario = MirrorScenario.quick(folder);
    scenario.index.wheel("six", "1.17.0", "py3-none-any");
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  /** What is told where there is nothing else to go on with. */
  private String fix(String... lines) {
    scenario.branch("master", lines);
    MirrorException failure =
        catchThrowableOfType(MirrorException.class, () -> scenario.goals().plan());
    assertThat(failure.what()).isEqualTo("no branch can be used, and nothing was released before");
    return failure.fix();
  }

  @Test
  void aRangeMayBeAllowed() {
    assertThat(fix("six>=1.17.0")).isEqualTo(ALLOW);
  }

  @Test
  void aLoginIsTakenOutAndChangedWhateverIsAllowed() {
    scenario.nonPins = NonPins.REPORT;
    assertThat(fix("six>=1", "foo @ https://user:s3cret@example.invalid/foo.tar.gz"))
        .startsWith("take the login out of the line")
        .contains("${NAME}", "change that login")
        .doesNotContain("s3cret", "excludedBranches", "correct");
    scenario.branch(
        "master", "foo @ https://${NAME}:${PASSWORD}@example.invalid/foo.tar.gz", "six===1.17.0");
    scenario.goals().plan();
    assertThat(scenario.plan().pins()).as("what the fix says helps").hasSize(1);
  }

  @Test
  void whatIsNoRequirementIsCorrectedOrItsBranchLeftOut() {
    String correct =
        "correct the constraints of master in their repository, or leave the branch out with"
            + " <excludedBranches>master</excludedBranches> (and <retired>master</retired> if it"
            + " was released before)";
    assertThat(fix("-c missing.txt")).isEqualTo(correct);
    assertThat(fix("six===1.16.0", "six===1.17.0")).as("a contradiction").isEqualTo(correct);
    assertThat(fix("six===1 7", "foo>=1")).isEqualTo(ALLOW + "\n" + correct);
  }

  @Test
  void aHeldBranchBesideOthersIsToldTheSame() {
    scenario.branch("master", "six===1.17.0");
    scenario.branch("stable/2025.1", "foo @ https://user:s3cret@example.invalid/foo.tar.gz");
    MirrorException failure =
        catchThrowableOfType(MirrorException.class, () -> scenario.goals().deploy());
    assertThat(failure.what())
        .isEqualTo("branch stable/2025.1 is held; everything else is released");
    assertThat(failure.fix()).startsWith("take the login out of the line").doesNotContain("\n");
  }
}
