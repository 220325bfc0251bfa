package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.BuildRequest;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real builds with a real Python; one environment for all. */
class HostWheelBuilderTest {

  @TempDir static Path shared;
  @TempDir Path folder;
  private HostWheelBuilder builder = builder(Duration.ofMinutes(2), 1 << 20);

  private static HostWheelBuilder builder(Duration timeout, long maxLogBytes) {
    Interpreters interpreters = Pythons.with(Map.of());
    return new HostWheelBuilder(
        interpreters,
        new Pep517WheelBuilder(
            Pythons.RUNNER,
            Pythons.PATH,
            new BuildEnvironments(
                shared.resolve("environments"),
                new EnvironmentMaker(Pythons.RUNNER, interpreters, Pythons.PATH, Pythons.HOME),
                IndexSettings.ofUser(System.getenv()),
                Duration.ofMinutes(5),
                InstantSource.system()),
            new SdistUnpacker(UnpackLimits.DEFAULT),
            new WheelAgreement((a, b) -> Version.parse(a).equals(Version.parse(b)))),
        BuildLimits.of(timeout, maxLogBytes));
  }

  @AfterEach
  void endWhatIsWarm() {
    builder.close();
  }

  private BuildRequest request(Path sdist, Target target) {
    return new BuildRequest(
        Pin.parse("tiny===1.0"),
        sdist,
        target,
        List.of(),
        io.github.wheelmirror.build.RequirementLocks.NONE,
        "4",
        1_700_000_000L,
        folder.resolve("work"),
        folder.resolve("out"),
        folder.resolve("logs/tiny.log"));
  }

  private BuildResult build(String backend) throws IOException {
    Path sdist = TinySdist.withBackend(folder, "tiny", "1.0", backend);
    return builder.build(request(sdist, HostTargets.of(Pythons.one())));
  }

  private BuildResult.Failed failed(String backend) throws IOException {
    return (BuildResult.Failed) build(backend);
  }

  private static Target elsewhere(TargetId id) {
    Target here = HostTargets.of(Pythons.one());
    return new Target(
        id,
        here.implementation(),
        here.fullVersion(),
        here.abi(),
        here.libc(),
        here.environment(),
        here.tags());
  }

  @Test
  void aBuiltWheelHasTheBuildTag() throws IOException {
    BuildResult.Built built = (BuildResult.Built) build("");
    assertThat(built.wheel()).isEqualTo(folder.resolve("out/tiny-1.0-4-py3-none-any.whl"));
    assertThat(built.wheel()).isRegularFile();
    assertThat(folder.resolve("logs/tiny.log")).exists();
    builder.close();
    assertThat(folder.resolve("work")).isEmptyDirectory();
  }

  @Test
  void aBackEndThatFailsIsExplained() throws IOException {
    BuildResult.Failed failed =
        failed(
            "def before():\n    raise SystemExit(\"error: command 'gcc' failed: No such file or directory\")\n");
    assertThat(failed.failureClass()).isEqualTo(FailureClass.NO_COMPILER);
    assertThat(failed.why()).isNotBlank();
    assertThat(failed.fix()).contains("<exclude>");
  }

  @Test
  void aBuildThatHangsAndOneThatFloodsAreEnded() throws IOException {
    builder = builder(Duration.ofSeconds(5), 1 << 20);
    assertThat(failed("def before():\n    import time; time.sleep(600)\n"))
        .satisfies(
            late -> {
              assertThat(late.failureClass()).isEqualTo(FailureClass.TIMEOUT);
              assertThat(late.why()).contains("within 5 s");
              assertThat(late.fix()).contains("-Dwheel-mirror.buildTimeout=SECONDS");
            });
    builder.close();
    builder = builder(Duration.ofMinutes(2), 10_000);
    assertThat(failed("def before():\n    print('x' * 1000000, flush=True)\n").failureClass())
        .isEqualTo(FailureClass.OUTPUT_LIMIT);
  }

  @Test
  void anSdistWithoutBuildFileAndAnUnsafeOneAreRefused() throws IOException {
    Path bare = TinySdist.of(folder, "tiny", "1.0", Map.of("README", "nothing"));
    assertThat(builder.build(request(bare, HostTargets.of(Pythons.one()))))
        .isInstanceOfSatisfying(
            BuildResult.Failed.class,
            failed -> assertThat(failed.failureClass()).isEqualTo(FailureClass.NO_BUILD_FILE));
    Path escape = TinySdist.of(folder, "tiny", "1.0", Map.of("../../../evil", "x"));
    assertThat(builder.build(request(escape, HostTargets.of(Pythons.one()))))
        .isInstanceOfSatisfying(
            BuildResult.Failed.class,
            failed -> assertThat(failed.failureClass()).isEqualTo(FailureClass.UNSAFE_SDIST));
  }

  @Test
  void aWheelOfAnotherProjectIsABadWheel() throws IOException {
    BuildResult.Failed failed = failed("NAME = 'other'\n");
    assertThat(failed.failureClass()).isEqualTo(FailureClass.BAD_WHEEL);
  }

  @Test
  void buildRequirementsThatCannotBeInstalledAreToldAsSuch() throws IOException {
    Path sdist =
        TinySdist.of(
            folder,
            "tiny",
            "1.0",
            Map.of(
                "pyproject.toml",
                "[build-system]\nrequires = [\"no-such @ file:///nowhere/x.whl\"]\n"
                    + "build-backend = \"backend\"\nbackend-path = [\".\"]\n",
                "backend.py",
                TinySdist.BACKEND));
    BuildResult result = builder.build(request(sdist, HostTargets.of(Pythons.one())));
    assertThat(result).isInstanceOf(BuildResult.Failed.class);
    assertThat(((BuildResult.Failed) result).failureClass())
        .isIn(FailureClass.BUILD_ENVIRONMENT, FailureClass.UNSAFE_SDIST);
  }

  @Test
  void aForeignPlatformWaitsEvenForAPythonThatIsNotHere() throws IOException {
    Path sdist = TinySdist.withBackend(folder, "tiny", "1.0", "");
    for (String python : List.of(Pythons.one().pythonTag(), "cp399")) {
      BuildResult result =
          builder.build(request(sdist, elsewhere(new TargetId("plan9-4-mips", python))));
      assertThat(result)
          .isInstanceOfSatisfying(
              BuildResult.Failed.class,
              failed -> {
                assertThat(failed.failureClass()).isEqualTo(FailureClass.WAITING_FOR_AGENT);
                assertThat(failed.why()).contains("plan9-4-mips");
              });
    }
  }

  @Test
  void aPythonOfThisPlatformThatIsNotHereIsNamed() throws IOException {
    Path sdist = TinySdist.withBackend(folder, "tiny", "1.0", "");
    String slug = HostTargets.of(Pythons.one()).id().slug();
    assertThat(builder.build(request(sdist, elsewhere(new TargetId(slug, "cp399")))))
        .isInstanceOfSatisfying(
            BuildResult.Failed.class,
            failed -> {
              assertThat(failed.failureClass()).isEqualTo(FailureClass.NO_INTERPRETER);
              assertThat(failed.why()).startsWith("no CPython");
            });
  }

  @Test
  void anInterruptIsNoFailureOfThePin() throws IOException {
    Path sdist = TinySdist.withBackend(folder, "tiny", "1.0", "");
    BuildRequest request = request(sdist, HostTargets.of(Pythons.one()));
    Thread.currentThread().interrupt();
    try {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> builder.build(request))
          .hasMessageContaining("was interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(Files.exists(folder.resolve("out/tiny-1.0-4-py3-none-any.whl"))).isFalse();
  }
}
