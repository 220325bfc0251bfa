package io.github.wheelmirror.build;

import static io.github.wheelmirror.build.PlanScenario.built;
import static io.github.wheelmirror.build.PlanScenario.id;
import static io.github.wheelmirror.build.PlanScenario.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WheelCoverageTest {

  private static final List<TargetId> ALL = List.of(id("cp39"), id("cp310"), id("cp311"));

  private final WheelCoverage coverage =
      new WheelCoverage(
          List.of(
              PlanScenario.target(PlanScenario.SLUG, "cp311"),
              PlanScenario.target(PlanScenario.SLUG, "cp39"),
              PlanScenario.target(PlanScenario.SLUG, "cp310")));

  private static WheelFile wheel(String tags, String requiresPython) {
    return built("a-1.0-" + tags + ".whl", sha256("key"), requiresPython);
  }

  @ParameterizedTest
  @CsvSource({
    "1-py3-none-any,'',''",
    "1-py2.py3-none-any,'>=3.10',cp39",
    "1-cp310-abi3-linux_x86_64,'',cp39",
    "1-cp310-cp310-linux_x86_64,'',cp39 cp311",
    "1-py310-none-any,'<3.11',cp39 cp311",
    "1-py2-none-any,'',cp39 cp310 cp311",
    "1-py3-none-any,'not a specifier',''",
  })
  void tagsAndRequiresPythonDecideWhatIsLeft(String tags, String requiresPython, String left) {
    assertThat(coverage.uncovered(List.of(wheel(tags, requiresPython)), ALL))
        .extracting(TargetId::python)
        .containsExactlyElementsOf(left.isEmpty() ? List.of() : List.of(left.split(" ")));
  }

  @Test
  void aWheelServesOnlyThePythonsThatItsMetadataHoldsFor() {
    WheelFile computed =
        PlanScenario.holdingFor(wheel("1-py3-none-any", ">=3.10"), "cp39", "cp311");

    assertThat(coverage.uncovered(List.of(computed), ALL)).containsExactly(id("cp39"), id("cp310"));
    assertThat(coverage.best(List.of(computed), id("cp311"))).contains(computed);
  }

  @Test
  void theBestWheelHasTheBestTagThenTheHighestBuildTag() {
    WheelFile pure = wheel("9-py3-none-any", "");
    WheelFile compiled = wheel("1-cp310-cp310-linux_x86_64", "");
    WheelFile newer = wheel("10-py3-none-any", "");

    List<WheelFile> wheels = List.of(pure, compiled, newer);
    assertThat(coverage.best(wheels, id("cp310"))).contains(compiled);
    assertThat(coverage.best(wheels, id("cp311"))).contains(newer);
    assertThat(coverage.best(List.of(compiled), id("cp311"))).isEmpty();
  }

  @Test
  void aPreReleaseOfPythonCountsAsItsRelease() {
    Target target = PlanScenario.target(PlanScenario.SLUG, "cp313");
    var candidate =
        new Target(
            target.id(),
            target.implementation(),
            "3.13.0rc1",
            target.abi(),
            target.libc(),
            target.environment(),
            target.tags());

    assertThat(
            new WheelCoverage(List.of(candidate))
                .covers(wheel("1-py3-none-any", ">=3.13"), id("cp313")))
        .isTrue();
  }

  @Test
  void aTargetThatItDoesNotKnowIsRefused() {
    assertThatThrownBy(() -> coverage.covers(wheel("1-py3-none-any", ""), id("cp38")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cp38");
  }
}
