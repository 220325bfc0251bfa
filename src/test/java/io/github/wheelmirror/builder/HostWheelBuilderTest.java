package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.BuildRequest;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.tree.WheelInspector;
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
    return builder(timeout, maxLogBytes, new BuildPlaces(shared, shared));
  }

  private static HostWheelBuilder builder(Duration timeout, long maxLogBytes, BuildPlaces places) {
    Interpreters interpreters = Pythons.with(Map.of());
    return new HostWheelBuilder(
        interpreters,
        new Pep517WheelBuilder(
            Pythons.RUNNER,
            Pythons.PATH,
            RustToolchains.NONE,
            new BuildEnvironments(
                shared.resolve("environments"),
                new EnvironmentMaker(Pythons.RUNNER, interpreters, Pythons.PATH, Pythons.HOME),
                new InstallerSettings(Map.of()),
                Duration.ofMinutes(5),
                InstantSource.system()),
            new SdistUnpacker(UnpackLimits.DEFAULT),
            new WheelAgreement((a, b) -> Version.parse(a).equals(Version.parse(b))),
            CompilerCache.NONE,
            PrivatePlaces.NONE),
        BuildLimits.of(timeout, maxLogBytes),
        places);
  }

  @Test
  void placesThatNoBuildSeesAreRefusedWithWhatToDo() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("fast"), Path.of("/dev/shm"));
    Map<BuildPlaces, String> fixes =
        Map.of(
            new BuildPlaces(link.resolve("target"), folder), "-Dwheel-mirror.workspace=FOLDER",
            new BuildPlaces(folder, Path.of("/dev/shm/a")), "-Dwheel-mirror.cacheDirectory=FOLDER",
            new BuildPlaces(folder, folder.resolve("a:b")), "-Dwheel-mirror.cacheDirectory=FOLDER");
    for (Map.Entry<BuildPlaces, String> fix : fixes.entrySet()) {
      try (HostWheelBuilder refusing = builder(Duration.ofMinutes(2), 1 << 20, fix.getKey())) {
        assertThat(refusing.refusal(HostTargets.of(Pythons.one())))
            .hasValueSatisfying(
                why -> {
                  assertThat(why.symptom()).startsWith("nothing can be built in /");
                  assertThat(why.fix()).endsWith(fix.getValue());
                });
      }
    }
  }

  private BuildResult.Built extension(String more) throws IOException {
    TinyExtension.program("gcc");
    Path sdist = TinyExtension.of(folder, "tiny", "1.0", more);
    BuildResult result = builder.build(request(sdist, HostTargets.of(Pythons.one())));
    assertThat(result).isInstanceOf(BuildResult.Built.class);
    return (BuildResult.Built) result;
  }

  private static void assertSound(Path wheel) {
    assertThat(new WheelInspector().inspect(wheel).problems()).isEmpty();
  }

  @Test
  void wheelThatNeedsOnlyWhatEveryLinuxHasIsTaggedForAllOfThem() throws IOException {
    BuildResult.Built built = extension("");

    String tag = Pythons.one().pythonTag();
    assertThat(built.wheel().getFileName().toString())
        .matches("tiny-1\\.0-4-" + tag + "-" + tag + "-manylinux_2_\\d+_\\w+\\.whl");
    assertThat(built.externalLibraries()).isEmpty();
    assertSound(built.wheel());
  }

  @Test
  void wheelThatNeedsALibraryOfTheHostStaysForThisLinuxAndSaysWhich() throws IOException {
    BuildResult.Built built =
        extension(
            """
            def before():
                library = os.path.join(os.environ["TMPDIR"], "libextra.so")
                open("extra.c", "w").write("int extra(void) { return 1; }")
                run(["gcc", "-shared", "-fPIC", "-Wl,-soname,libextra.so.7", "extra.c", "-o", library])
                LINK.extend(["-Wl,--no-as-needed", library])
            """);

    assertThat(built.wheel().getFileName().toString()).contains("-linux_");
    assertThat(built.externalLibraries()).containsExactly("libextra.so.7");
    assertSound(built.wheel());
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
        folder.resolve("logs/tiny.log"),
        0,
        1,
        false);
  }

  private BuildResult build(String backend) throws IOException {
    Path sdist = TinySdist.withBackend(folder, "tiny", "1.0", backend);
    return builder.build(request(sdist, HostTargets.of(Pythons.one())));
  }

  private Diagnosis failed(String backend) throws IOException {
    return ((BuildResult.Failed) build(backend)).diagnosis();
  }

  private Diagnosis failed(Path sdist, Target target) {
    return ((BuildResult.Failed) builder.build(request(sdist, target))).diagnosis();
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
    Diagnosis failed =
        failed(
            "def before():\n    raise SystemExit(\"error: command 'gcc' failed: No such file or directory\")\n");
    assertThat(failed.failureClass()).isEqualTo(FailureClass.NO_COMPILER);
    assertThat(failed.symptom()).isEqualTo("command 'gcc' failed: No such file or directory");
    assertThat(failed.why()).isEqualTo("the source needs the compiler gcc, which is not installed");
    assertThat(failed.fix()).contains("<exclude>");
  }

  @Test
  void aBuildThatHangsAndOneThatFloodsAreEnded() throws IOException {
    builder = builder(Duration.ofSeconds(5), 1 << 20);
    assertThat(failed("def before():\n    import time; time.sleep(600)\n"))
        .satisfies(
            late -> {
              assertThat(late.failureClass()).isEqualTo(FailureClass.TIMEOUT);
              assertThat(late.symptom()).isEqualTo("the build did not end within 5 s");
              assertThat(late.why()).contains("hangs");
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
    assertThat(failed(bare, HostTargets.of(Pythons.one())))
        .satisfies(
            failed -> {
              assertThat(failed.failureClass()).isEqualTo(FailureClass.NO_BUILD_FILE);
              assertThat(failed.symptom()).isEqualTo("it has neither pyproject.toml nor setup.py");
            });
    Path escape = TinySdist.of(folder, "tiny", "1.0", Map.of("../../../evil", "x"));
    assertThat(failed(escape, HostTargets.of(Pythons.one())))
        .satisfies(
            failed -> {
              assertThat(failed.failureClass()).isEqualTo(FailureClass.UNSAFE_SDIST);
              assertThat(failed.symptom()).contains("../../../evil");
            });
  }

  @Test
  void aWheelOfAnotherProjectIsABadWheel() throws IOException {
    Diagnosis failed = failed("NAME = 'other'\n");
    assertThat(failed.failureClass()).isEqualTo(FailureClass.BAD_WHEEL);
    assertThat(failed.symptom()).contains("is not tiny 1.0");
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
    assertThat(failed(sdist, HostTargets.of(Pythons.one())).failureClass())
        .isIn(FailureClass.BUILD_ENVIRONMENT, FailureClass.UNSAFE_SDIST);
  }

  @Test
  void aBuildRequirementThatNoIndexHasIsToldInPipsWords() throws IOException {
    Path sdist =
        TinySdist.of(
            folder,
            "tiny",
            "1.0",
            Map.of(
                "pyproject.toml",
                "[build-system]\nrequires = [\"setuptools<0.0.1\"]\n"
                    + "build-backend = \"backend\"\nbackend-path = [\".\"]\n",
                "backend.py",
                TinySdist.BACKEND));
    Diagnosis failed = failed(sdist, HostTargets.of(Pythons.one()));
    assertThat(failed.failureClass()).isEqualTo(FailureClass.BUILD_ENVIRONMENT);
    assertThat(failed.symptom()).isEqualTo("No matching distribution found for setuptools<0.0.1");
    assertThat(failed.why())
        .startsWith("the build requirements setuptools<0.0.1 cannot be installed (exit code 1): ");
    assertThat(failed.fix()).contains("<buildConstraint>");
  }

  @Test
  void aBackEndThatIsKilledLackedMemory() throws IOException {
    Diagnosis failed =
        failed("def before():\n    import os, signal; os.kill(os.getpid(), signal.SIGKILL)\n");
    assertThat(failed.failureClass()).isEqualTo(FailureClass.OUT_OF_MEMORY);
    assertThat(failed.fix()).contains("-Dwheel-mirror.builds=NUMBER");
  }

  @Test
  void aForeignPlatformWaitsEvenForAPythonThatIsNotHere() throws IOException {
    Path sdist = TinySdist.withBackend(folder, "tiny", "1.0", "");
    for (String python : List.of(Pythons.one().pythonTag(), "cp399")) {
      Target foreign = elsewhere(new TargetId("plan9-4-mips", python));
      Diagnosis failed = failed(sdist, foreign);
      assertThat(builder.refusal(foreign)).contains(failed);
      assertThat(failed.failureClass()).isEqualTo(FailureClass.WAITING_FOR_AGENT);
      assertThat(failed.symptom()).contains("cannot build for plan9-4-mips");
    }
  }

  @Test
  void aPythonOfThisPlatformThatIsNotHereIsNamed() throws IOException {
    Path sdist = TinySdist.withBackend(folder, "tiny", "1.0", "");
    String slug = HostTargets.of(Pythons.one()).id().slug();
    Diagnosis failed = failed(sdist, elsewhere(new TargetId(slug, "cp399")));
    assertThat(builder.refusal(elsewhere(new TargetId(slug, "cp399")))).contains(failed);
    assertThat(builder.refusal(HostTargets.of(Pythons.one()))).isEmpty();
    assertThat(failed.failureClass()).isEqualTo(FailureClass.NO_INTERPRETER);
    assertThat(failed.symptom()).isEqualTo("this host has no Python cp399");
    assertThat(failed.why()).contains("found CPython 3.").doesNotContain("/");
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
