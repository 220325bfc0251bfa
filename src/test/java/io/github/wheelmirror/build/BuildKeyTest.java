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
    String key = key(sdist, target, List.of("x<1", "y<2"));

    assertThat(key(sdist, target, List.of("y<2", "x<1", "y<2"))).isEqualTo(key);
    assertThat(
            List.of(
                key(sdist.measured(Map.of("sha256", sha256("z")), 1), target, List.of("x<1")),
                key(sdist, target, List.of("x<1")),
                key(sdist, PlanScenario.target(PlanScenario.SLUG, "cp310"), List.of("x<1", "y<2")),
                key(sdist, PlanScenario.target("debian-13-x86_64", "cp39"), List.of("x<1", "y<2")),
                key(sdist, otherLibc(target), List.of("x<1", "y<2")),
                BuildKey.of(
                    sdist, target, List.of("x<1", "y<2"), "2024-12-31", "", BuildOverride.NONE),
                BuildKey.of(
                    sdist, target, List.of("x<1", "y<2"), "2025-06-30", "", BuildOverride.NONE),
                BuildKey.of(
                    sdist,
                    target,
                    List.of("x<1", "y<2"),
                    "",
                    "2026-01-01T00:00:00Z",
                    BuildOverride.NONE)))
        .doesNotContain(key)
        .doesNotHaveDuplicates();
  }

  @Test
  void theKeyStaysTheSameFromReleaseToRelease() {
    assertThat(
            key(
                remote("a-1.0.tar.gz"),
                PlanScenario.target(PlanScenario.SLUG, "cp39"),
                List.of("setuptools<82")))
        .isEqualTo("60c08b370ffcf0b07b8b429403736defe13aef50055c07d7fd9b2dc521623224");
  }

  private static String key(RemoteFile sdist, Target target, List<String> constraints) {
    return BuildKey.of(sdist, target, constraints, "", "", BuildOverride.NONE);
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
