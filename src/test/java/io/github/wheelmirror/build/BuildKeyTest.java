package io.github.wheelmirror.build;

import static io.github.wheelmirror.build.PlanScenario.remote;
import static io.github.wheelmirror.build.PlanScenario.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.constraints.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildKeyTest {

  @Test
  void theKeyChangesWithEachThingThatTheBuildDependsOn() {
    RemoteFile sdist = remote("a-1.0.tar.gz");
    Target target = PlanScenario.target(PlanScenario.SLUG, "cp39");
    String key = BuildKey.of(sdist, target, List.of("x<1", "y<2"));

    assertThat(BuildKey.of(sdist, target, List.of("y<2", "x<1", "y<2"))).isEqualTo(key);
    assertThat(
            List.of(
                BuildKey.of(
                    sdist.measured(Map.of("sha256", sha256("z")), 1), target, List.of("x<1")),
                BuildKey.of(sdist, target, List.of("x<1")),
                BuildKey.of(
                    sdist, PlanScenario.target(PlanScenario.SLUG, "cp310"), List.of("x<1", "y<2")),
                BuildKey.of(
                    sdist, PlanScenario.target("debian-13-x86_64", "cp39"), List.of("x<1", "y<2")),
                BuildKey.of(sdist, otherLibc(target), List.of("x<1", "y<2"))))
        .doesNotContain(key)
        .doesNotHaveDuplicates();
  }

  @Test
  void theKeyStaysTheSameFromReleaseToRelease() {
    assertThat(
            BuildKey.of(
                remote("a-1.0.tar.gz"),
                PlanScenario.target(PlanScenario.SLUG, "cp39"),
                List.of("setuptools<82")))
        .isEqualTo("19f09c4fe493053e2d40e6aa2d2a84ed21334ddb5a5d5e019da9aeda744e4b84");
  }

  private static Target otherLibc(Target target) {
    return new Target(
        target.id(),
        target.implementation(),
        target.fullVersion(),
        target.abi(),
        "glibc-2.41",
        target.environment(),
        target.tags());
  }
}
