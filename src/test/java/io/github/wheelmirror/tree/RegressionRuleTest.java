package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.UnsatisfiableReason;
import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.Pin;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegressionRuleTest {

  private static final Pin FOO = Pin.parse("foo===1.0");

  @TempDir private Path folder = Path.of("");
  private Manifest base = Manifest.empty(ReleaseScenario.SLUG);

  @BeforeEach
  void release() {
    base = released("stable/2025.1");
  }

  private Manifest released(String branch) {
    return scenario()
        .branch(branch)
        .mirrored("master", "foo", "1.0")
        .mirrored(branch, "bar", "2.0")
        .snapshot()
        .manifest();
  }

  private ReleaseScenario scenario() {
    return new ReleaseScenario(folder, "cp311", "cp312").branch("master");
  }

  private ReleaseScenario both() {
    return scenario().branch("stable/2025.1").mirrored("stable/2025.1", "bar", "2.0");
  }

  private List<Problem> check(ReleaseScenario next, String... retired) {
    Snapshot snapshot = next.snapshot(base);
    Coverage coverage = Coverage.of(next.inputs(base).report(), ReleaseScenario.SLUG);
    return new RegressionRule(base, List.of(retired))
        .check(coverage, snapshot.manifest().branches(), snapshot.manifest().pythons());
  }

  private static List<String> codes(List<Problem> problems) {
    return problems.stream().map(problem -> problem.severity() + " " + problem.code()).toList();
  }

  @Test
  void nothingIsLostIfAllIsServedAsBefore() {
    assertThat(check(both().mirrored("master", "foo", "1.0"))).isEmpty();
  }

  @Test
  void aWantedPinThatWasServedAndFailsIsARegressionOnEachPython() {
    assertThat(check(both().failed("master", "foo===1.0")))
        .extracting(Problem::where)
        .containsExactly("foo===1.0 for master on cp311", "foo===1.0 for master on cp312");
    assertThat(
            codes(
                check(
                    both()
                        .outcome(
                            "master",
                            FOO,
                            new Outcome.Unsatisfiable(
                                UnsatisfiableReason.NO_SUCH_VERSION, "only 2.0")))))
        .containsExactly("error regression", "error regression");
  }

  @Test
  void aBumpedPinThatFailsIsNew() {
    assertThat(check(both().failed("master", "foo===1.1"))).isEmpty();
  }

  @Test
  void aPinThatNobodyWantsAnyMoreIsNoLoss() {
    assertThat(check(both())).isEmpty();
    assertThat(check(both().outcome("master", FOO, new Outcome.NotApplicable("x")))).isEmpty();
  }

  @Test
  void aPinThatUpstreamServesNowIsServed() {
    assertThat(
            check(
                both()
                    .outcome("master", FOO, new Outcome.Upstream("foo-1.0-py3-none-any.whl", ""))))
        .isEmpty();
  }

  @Test
  void anExcludeIsADecisionAndOnlyAWarning() {
    assertThat(codes(check(both().outcome("master", FOO, new Outcome.Excluded("broken", "")))))
        .containsExactly("warning excluded", "warning excluded");
  }

  @Test
  void aTargetThatIsNotMirroredAnyMoreIsNoLoss() {
    ReleaseScenario next =
        new ReleaseScenario(folder, "cp312")
            .branch("master")
            .branch("stable/2025.1")
            .mirrored("master", "foo", "1.0")
            .mirrored("stable/2025.1", "bar", "2.0");
    assertThat(check(next)).isEmpty();
  }

  @Test
  void aVanishedBranchBlocksUntilItIsRetired() {
    ReleaseScenario next = scenario().mirrored("master", "foo", "1.0");
    assertThat(codes(check(next))).containsExactly("error vanished-branch");
    assertThat(check(next).get(0).fix()).contains("<retired>stable/2025.1</retired>");
    assertThat(check(next, "stable/2025.1")).isEmpty();
    assertThat(check(next, "stable/2025.*")).isEmpty();
    assertThat(check(next, "refs/heads/stable/2025.1")).isEmpty();
    assertThat(codes(check(next, "stable/2025", "stable/202501")))
        .containsExactly("error vanished-branch");
  }

  @Test
  void whatIsToBeTypedIsXml() {
    base = released("a&<b>");
    ReleaseScenario next = scenario().mirrored("master", "foo", "1.0");
    assertThat(check(next).get(0).fix()).contains("<retired>a&amp;&lt;b&gt;</retired>");
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_FILE", "NO_PINS"})
  void aBranchWithoutConstraintsBlocksUntilItIsRetired(BranchState state) {
    ReleaseScenario next =
        scenario().mirrored("master", "foo", "1.0").branch("stable/2025.1", state);
    assertThat(codes(check(next))).containsExactly("error emptied-branch");
    assertThat(check(next).get(0).fix()).contains("<retired>stable/2025.1</retired>");
    assertThat(check(next, "stable/2025.1")).isEmpty();
  }

  @Test
  void aHeldBranchMustCarryItsPins() {
    ManifestFile bar =
        base.files().stream().filter(f -> f.filename().startsWith("bar")).findFirst().orElseThrow();
    ReleaseScenario carried =
        scenario()
            .mirrored("master", "foo", "1.0")
            .branch("stable/2025.1", BranchState.HELD)
            .reused("stable/2025.1", bar);
    assertThat(check(carried)).isEmpty();
    ReleaseScenario half =
        scenario()
            .mirrored("master", "foo", "1.0")
            .branch("stable/2025.1", BranchState.HELD)
            .reused("stable/2025.1", bar, "cp311");
    assertThat(check(half))
        .extracting(Problem::where)
        .containsExactly("bar===2.0 for stable/2025.1 on cp312");
  }

  @Test
  void aPinServedByAKeptVersionIsLostIfItIsWantedAgainAndFails() {
    base = both().failed("master", "foo===1.1").snapshot(base).manifest();
    assertThat(codes(check(both().failed("master", "foo===1.0"))))
        .containsExactly("error regression", "error regression");
  }

  @Test
  void aFirstReleaseHasNothingToLose() {
    base = Manifest.empty(ReleaseScenario.SLUG);
    assertThat(check(both().failed("master", "foo===1.0"))).isEmpty();
  }
}
