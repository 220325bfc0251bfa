package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.wheelmirror.build.RequirementLocks;
import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 300, unit = TimeUnit.SECONDS)
class Pep517WheelBuilderTest {

  private final Path folder;
  private RequirementLocks locks = RequirementLocks.NONE;
  private final Path work;
  private final Path output;
  private final Path links;
  private final Path log;
  private final Interpreter python = Pythons.one();
  private final List<Pep517WheelBuilder> builders = new ArrayList<>();
  private final Pep517WheelBuilder builder;

  Pep517WheelBuilderTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.work = folder.resolve("work");
    this.output = folder.resolve("out");
    this.links = Files.createDirectory(folder.resolve("links"));
    this.log = folder.resolve("logs/build.log");
    this.builder = builder(folder.resolve("environments"), Pythons.PATH);
  }

  private Pep517WheelBuilder builder(Path cache, SearchPath path) {
    InstallerSettings index =
        new InstallerSettings(
            Map.of(
                "PIP_NO_INDEX", "1",
                "PIP_FIND_LINKS", links.toString(),
                "PIP_CONFIG_FILE", "/dev/null"));
    EnvironmentMaker maker =
        new EnvironmentMaker(Pythons.RUNNER, Pythons.with(Map.of()), Pythons.PATH, folder);
    Pep517WheelBuilder made =
        new Pep517WheelBuilder(
            Pythons.RUNNER,
            path,
            RustToolchains.NONE,
            new BuildEnvironments(
                cache, maker, index, Duration.ofMinutes(5), InstantSource.system()),
            new SdistUnpacker(UnpackLimits.DEFAULT),
            new WheelAgreement(String::equals),
            CompilerCache.NONE,
            PrivatePlaces.NONE);
    builders.add(made);
    return made;
  }

  /** JUnit would warn of each environment's link to its Python. */
  @AfterEach
  void deleteEnvironments() throws IOException {
    builders.forEach(Pep517WheelBuilder::close);
    FileTree.delete(folder);
  }

  static Stream<Interpreter> supported() {
    return Pythons.supported().stream();
  }

  @ParameterizedTest
  @MethodSource("supported")
  void wheelIsBuiltByTheBackendInTheTree(Interpreter one) throws IOException {
    Path sdist = TinySdist.withBackend(folder, "demo", "1.0", "");

    BuildOutcome outcome = builder.build(job(sdist, one));

    assertThat(outcome).isInstanceOf(BuildOutcome.Built.class);
    BuildOutcome.Built built = (BuildOutcome.Built) outcome;
    assertThat(built.wheel())
        .isEqualTo(output.resolve("demo-1.0-py3-none-any.whl"))
        .isRegularFile();
    assertThat(built.environment()).isEmpty();
    builder.close();
    assertThat(work).isEmptyDirectory();
    assertThat(output.toFile().list()).hasSize(1);
  }

  @Test
  void buildSeesACleanFixedEnvironment() throws IOException {
    Path sdist =
        TinySdist.withBackend(
            folder,
            "demo",
            "1.0",
            """
            def before():
                import sys
                for name in sorted(os.environ):
                    print("%s=%s" % (name, os.environ[name]))
                print("cwd=" + os.getcwd())
                mask = os.umask(0)
                print("umask=%o" % mask)
                print("home=%s" % os.listdir(os.environ["HOME"]))
                print("input=%r" % sys.stdin.read())
                print("path0=%s" % sys.path[0])
            """);

    assertThat(builder.build(job(sdist, python))).isInstanceOf(BuildOutcome.Built.class);

    Path place = work.toRealPath().resolve("demo-1.0-" + python.pythonTag());
    assertThat(Files.readAllLines(log))
        .contains(
            "SOURCE_DATE_EPOCH=1000000000",
            "PYTHONHASHSEED=0",
            "LC_ALL=C.UTF-8",
            "TZ=UTC",
            "HOME=" + place.resolve("home"),
            "TMPDIR=" + place.resolve("tmp"),
            "cwd=" + place.resolve("source/demo-1.0"),
            "path0=" + place.resolve("source/demo-1.0/tools"),
            "umask=22",
            "home=[]",
            "input=''")
        .noneMatch(line -> line.startsWith("PIP_") || line.startsWith("UV_"));
  }

  @Test
  void sameSourceGivesTheSameBytesAgain() throws IOException {
    Path sdist = TinySdist.withBackend(folder, "demo", "1.0", "");
    builder.build(job(sdist, python));
    byte[] first = Files.readAllBytes(output.resolve("demo-1.0-py3-none-any.whl"));

    builder.build(job(sdist, python));

    assertThat(output.resolve("demo-1.0-py3-none-any.whl")).hasBinaryContent(first);
  }

  @Test
  void installedBackendIsFoundUnderTheBuildConstraintsAndItsWishesAreMet() throws IOException {
    String wish =
        "\ndef get_requires_for_build_wheel(config_settings=None):\n    return ['more']\n";
    TinySdist.wheel(links, "backend", "1.0", TinySdist.BACKEND + wish);
    TinySdist.wheel(links, "backend", "2.0", "raise SystemExit('too new')");
    TinySdist.wheel(links, "more", "3.0", "");
    String project = "[build-system]\nrequires = ['backend']\nbuild-backend = 'backend'\n";
    Path sdist = TinySdist.of(folder, "demo", "1.0", Map.of("pyproject.toml", project));

    BuildOutcome outcome = builder.build(job(sdist, python, List.of("backend<2")));

    assertThat(outcome).as(log()).isInstanceOf(BuildOutcome.Built.class);
    assertThat(((BuildOutcome.Built) outcome).environment())
        .containsExactly("backend==1.0", "more==3.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"more", "More >= 2", "more>=3.0.0", "more!=2", "less; python_version < '3'"})
  void wishThatTheEnvironmentMeetsMakesNoOther(String wish) throws IOException {
    String backend =
        "\ndef get_requires_for_build_wheel(config_settings=None):\n    return [\"%s\"]\n";
    TinySdist.wheel(links, "backend", "1.0", TinySdist.BACKEND + backend.formatted(wish));
    TinySdist.wheel(links, "more", "3.0", "");
    String project =
        "[build-system]\nrequires = ['backend', 'more>1']\nbuild-backend = 'backend'\n";
    Path sdist = TinySdist.of(folder, "demo", "1.0", Map.of("pyproject.toml", project));

    BuildOutcome outcome = builder.build(job(sdist, python));

    assertThat(outcome).as(log()).isInstanceOf(BuildOutcome.Built.class);
    assertThat(folder.resolve("environments").toFile().list((at, name) -> name.startsWith("cp")))
        .hasSize(1);
  }

  @Test
  void wishForAnotherVersionIsMet() throws IOException {
    String wish =
        "\ndef get_requires_for_build_wheel(config_settings=None):\n    return ['more>=3.0.1']\n";
    TinySdist.wheel(links, "backend", "1.0", TinySdist.BACKEND + wish);
    TinySdist.wheel(links, "more", "3.0", "");
    String project = "[build-system]\nrequires = ['backend', 'more']\nbuild-backend = 'backend'\n";
    Path sdist = TinySdist.of(folder, "demo", "1.0", Map.of("pyproject.toml", project));

    BuildOutcome outcome = builder.build(job(sdist, python));

    assertThat(outcome).isInstanceOf(BuildOutcome.EnvironmentFailed.class);
    assertThat(((BuildOutcome.EnvironmentFailed) outcome).reason()).contains("more>=3.0.1");
  }

  @Test
  void missingBuildRequirementIsAnOutcomeOfItsOwn() throws IOException {
    String project = "[build-system]\nrequires = ['no-such-thing']\nbuild-backend = 'x'\n";
    Path sdist = TinySdist.of(folder, "demo", "1.0", Map.of("pyproject.toml", project));

    BuildOutcome outcome = builder.build(job(sdist, python));

    assertThat(outcome).isInstanceOf(BuildOutcome.EnvironmentFailed.class);
    assertThat(((BuildOutcome.EnvironmentFailed) outcome).reason()).contains("no-such-thing");
    assertThat(((BuildOutcome.EnvironmentFailed) outcome).tail()).contains("no-such-thing");
  }

  @Test
  void backendThatAsksForEverMoreIsRefused() throws IOException {
    Path sdist =
        TinySdist.withBackend(
            folder,
            "demo",
            "1.0",
            """
            def get_requires_for_build_wheel(config_settings=None):
                import sys
                have = [n for n in ("a", "b", "c", "d", "e", "f") if has(n)]
                return ["abcdef"[len(have)]]

            def has(name):
                try:
                    __import__(name)
                    return True
                except ImportError:
                    return False
            """);
    for (String name : List.of("a", "b", "c", "d", "e", "f")) {
      TinySdist.wheel(links, name, "1.0", "");
    }

    assertRefused(builder.build(job(sdist, python)), "asks for other requirements every time");
  }

  @Test
  void backendThatAsksForAnOptionOfPipIsRefused() throws IOException {
    String wish = "\ndef get_requires_for_build_wheel(c=None):\n    return ['--pre']\n";

    assertRefused(build(wish), "asks for '--pre'");
  }

  @Test
  void failureOfEitherHookKeepsTheEndOfTheOutput() throws IOException {
    BuildOutcome failed = build("def before():\n    raise RuntimeError('no header é')\n");
    BuildOutcome asked =
        build("def get_requires_for_build_wheel(c=None):\n    raise RuntimeError('no wish')\n");
    BuildOutcome exited = build("def before():\n    import sys; sys.exit(7)\n");

    assertThat(((BuildOutcome.BackendFailed) failed).tail()).contains("RuntimeError: no header é");
    assertThat(((BuildOutcome.BackendFailed) asked).tail()).contains("RuntimeError: no wish");
    assertThat(((BuildOutcome.BackendFailed) exited).exitCode()).isEqualTo(7);
    assertThat(log()).contains("no header é").contains("no wish");
    builder.close();
    assertThat(work).isEmptyDirectory();
    assertThat(output).doesNotExist();
  }

  @Test
  void backendOutsideOfItsOwnPathIsNotTaken() throws IOException {
    String project =
        "[build-system]\nrequires = []\nbuild-backend = 'json'\nbackend-path = ['tools']\n";
    Path sdist =
        TinySdist.of(folder, "demo", "1.0", Map.of("pyproject.toml", project, "tools/x", ""));

    BuildOutcome outcome = builder.build(job(sdist, python));

    assertThat(((BuildOutcome.BackendFailed) outcome).tail())
        .contains("json was not loaded from backend-path");
  }

  /** What is warm was imported from the environment, before the tree was there. */
  @Test
  void modulesOfTheTreeCountMoreThanThoseThatAreWarm() throws IOException {
    TinySdist.wheel(links, "maturin", "1.0", "WHO = 'environment'");
    TinySdist.wheel(
        links, "pdm", "1.0", Map.of("pdm/backend.py", "WHO = 'environment'", "pdm/more.py", ""));
    String project =
        "[build-system]\nrequires = ['maturin', 'pdm']\nbuild-backend = 'pdm.backend'\n"
            + "backend-path = ['tools']\n";
    String backend =
        """
        import maturin, pdm.more, sys
        WHO = 'tree'
        def before():
            print("pdm", sys.modules["pdm.backend"].WHO, "maturin", maturin.WHO)
        """;
    Path sdist =
        TinySdist.of(
            folder,
            "demo",
            "1.0",
            Map.of(
                "pyproject.toml",
                project,
                "tools/maturin.py",
                "WHO = 'tree'",
                "tools/pdm/backend.py",
                TinySdist.BACKEND + backend));

    assertThat(builder.build(job(sdist, python))).as(log()).isInstanceOf(BuildOutcome.Built.class);
    assertThat(log()).contains("pdm tree maturin tree");
  }

  @Test
  void buildThatHangsIsKilledWithAllItStarted() throws Exception {
    Path sdist =
        TinySdist.withBackend(
            folder,
            "demo",
            "1.0",
            """
            def before():
                import subprocess, sys, time
                command = [sys.executable, "-c", "import time; time.sleep(600)", "wheel-mirror-hang"]
                for new in (False, True):
                    child = subprocess.Popen(command, start_new_session=new)
                    print("child", child.pid, flush=True)
                if os.fork() == 0:
                    os.setsid()
                    if os.fork() == 0:
                        os.execv(sys.executable, command)
                    os._exit(0)
                time.sleep(600)
            """);

    BuildOutcome outcome =
        builder.build(job(sdist, python, List.of(), Duration.ofSeconds(4), 1_000_000));

    assertThat(outcome).isInstanceOf(BuildOutcome.TimedOut.class);
    assertThat(((BuildOutcome.TimedOut) outcome).tail()).contains("child");
    assertThat(running("wheel-mirror-hang")).isZero();
    builder.close();
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void buildThatFillsItsLogIsKilled() throws IOException {
    Path sdist =
        TinySdist.withBackend(
            folder, "demo", "1.0", "def before():\n    while True: print('y' * 1000)\n");

    BuildOutcome outcome =
        builder.build(job(sdist, python, List.of(), Duration.ofMinutes(2), 200_000));

    assertThat(outcome).isInstanceOf(BuildOutcome.OutputLimit.class);
    assertThat(log).hasSize(200_000);
  }

  @Test
  void buildThatForksADaemonEndsAndTheDaemonToo() throws Exception {
    BuildOutcome outcome =
        build(
            """
            def before():
                import subprocess, sys
                command = [sys.executable, "-c", "import time; time.sleep(600)", "wheel-mirror-fork"]
                subprocess.Popen(command, start_new_session=True)
            """);

    assertThat(outcome).isInstanceOf(BuildOutcome.Built.class);
    assertThat(running("wheel-mirror-fork")).isZero();
  }

  @Test
  void interruptedBuildSaysSoAndLeavesNothing() throws Exception {
    Path sdist =
        TinySdist.withBackend(
            folder, "demo", "1.0", "def before():\n    import time; time.sleep(600)\n");
    CompletableFuture<BuildOutcome> outcome = new CompletableFuture<>();
    Thread thread = new Thread(() -> outcome.complete(builder.build(job(sdist, python))));

    thread.start();
    while (!Files.exists(work) || !log.toFile().exists()) {
      Thread.sleep(20);
    }
    Thread.sleep(500);
    thread.interrupt();

    assertThat(outcome.get()).isEqualTo(new BuildOutcome.Interrupted());
    builder.close();
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void wheelThatIsNotThePinsIsRefused() throws IOException {
    String write = "def build_wheel(d, c=None, m=None):\n    return write(d, '%s')\n";
    Map<String, String> lies =
        Map.of(
            "other-1.0-py3-none-any.whl", "is not demo 1.0",
            "demo-1.1-py3-none-any.whl", "is not demo 1.0",
            "demo-1.0.tar.gz", "not a wheel's file name",
            "demo-1.0-py3-none-any.zip", "not a wheel's file name");

    for (Map.Entry<String, String> lie : lies.entrySet()) {
      BuildOutcome outcome = build(write.formatted(lie.getKey()));
      assertThat(outcome).isInstanceOf(BuildOutcome.NoSuchWheel.class);
      assertThat(((BuildOutcome.NoSuchWheel) outcome).reason()).contains(lie.getValue());
    }
    assertThat(output).doesNotExist();
  }

  @Test
  void exactlyTheWheelThatIsNamedMustBeThere() throws IOException {
    List<String> lies =
        List.of(
            "return 'demo-1.0-py3-none-any.whl'",
            "write(d, 'a.whl'); return write(d, 'demo-1.0-py3-none-any.whl')",
            "write(d, 'demo-1.0-py3-none-any.whl'); return '../demo-1.0-py3-none-any.whl'",
            "os.symlink('/etc/passwd', d + '/demo-1.0-py3-none-any.whl');"
                + " return 'demo-1.0-py3-none-any.whl'",
            "open(d + '/demo-1.0-py3-none-any.whl', 'w').close();"
                + " return 'demo-1.0-py3-none-any.whl'",
            "return None",
            "os._exit(0)");

    for (String lie : lies) {
      assertThat(build("def build_wheel(d, c=None, m=None):\n    " + lie + "\n"))
          .isInstanceOf(BuildOutcome.NoSuchWheel.class);
    }
    assertThat(output).doesNotExist();
  }

  @Test
  void unsafeAndBareSourcesAreRefused() throws IOException {
    Path bare = TinySdist.of(folder, "demo", "1.0", Map.of("README", ""));
    assertRefused(builder.build(job(bare, python)), "neither pyproject.toml nor setup.py");

    Path unsafe = TinySdist.of(folder, "demo", "1.0", Map.of("../../evil", ""));
    assertRefused(builder.build(job(unsafe, python)), "'..'");
    assertThat(log()).contains("refused: ").contains("'..'");
  }

  @Test
  void writingOutsideOfItsFolderIsPreventedOrFound() throws IOException {
    assertThat(build("")).isInstanceOf(BuildOutcome.Built.class);

    BuildOutcome outcome =
        build("def before():\n    import sys; open(sys.prefix + '/evil', 'w').close()\n");

    assertThat(outcome)
        .isInstanceOfAny(BuildOutcome.BackendFailed.class, BuildOutcome.Refused.class);
    assertThat(build("")).isInstanceOf(BuildOutcome.Built.class);
    try (Stream<Path> files = Files.walk(folder.resolve("environments"))) {
      assertThat(files.filter(file -> file.endsWith("evil"))).isEmpty();
    }
  }

  @Test
  void withoutSandboxThatIsSaidAndAChangedEnvironmentIsFoundAndMadeAnew() throws IOException {
    SearchPath bare = SearchPath.parse(Files.createDirectory(folder.resolve("bare")).toString());
    Pep517WheelBuilder unprotected = builder(folder.resolve("environments"), bare);
    String evil = "def before():\n    import sys; open(sys.prefix + '/evil', 'w').close()\n";

    BuildOutcome first =
        unprotected.build(job(TinySdist.withBackend(folder, "demo", "1.0", ""), python));
    BuildOutcome changed =
        unprotected.build(job(TinySdist.withBackend(folder, "demo", "1.0", evil), python));
    BuildOutcome again =
        unprotected.build(job(TinySdist.withBackend(folder, "demo", "1.0", ""), python));

    assertThat(((BuildOutcome.Built) first).networkIsolated()).isFalse();
    assertRefused(changed, "its build environment was changed while it was built");
    assertThat(again).isInstanceOf(BuildOutcome.Built.class);
    try (Stream<Path> files = Files.walk(folder.resolve("environments"))) {
      assertThat(files.filter(file -> file.endsWith("evil"))).isEmpty();
    }
  }

  @Test
  void buildSaysWhetherItCouldReachTheNetwork() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      BuildOutcome plain = build("");
      BuildOutcome connecting =
          build(
              "def before():\n    import socket; socket.create_connection(('127.0.0.1', "
                  + server.getLocalPort()
                  + "), 20)\n");

      boolean isolated = ((BuildOutcome.Built) plain).networkIsolated();
      assertThat(connecting instanceof BuildOutcome.BackendFailed).isEqualTo(isolated);
    }
  }

  @Test
  void folderWithABlankInItsNameIsNoObstacle() throws IOException {
    Path blank = Files.createDirectory(folder.resolve("a job's"));
    Path sdist = TinySdist.withBackend(blank, "demo", "1.0", "");
    BuildJob job =
        new BuildJob(
            "demo",
            "1.0",
            sdist,
            python,
            List.of("x<1"),
            RequirementLocks.NONE,
            blank.resolve("wo rk"),
            blank.resolve("o ut"),
            blank.resolve("l og"),
            1_000_000_000,
            BuildLimits.of(Duration.ofMinutes(2), 1_000_000),
            false);

    BuildOutcome outcome = builder(blank.resolve("en vironments"), Pythons.PATH).build(job);

    assertThat(outcome).isInstanceOf(BuildOutcome.Built.class);
  }

  private BuildOutcome build(String more) throws IOException {
    return builder.build(job(TinySdist.withBackend(folder, "demo", "1.0", more), python));
  }

  private BuildJob job(Path sdist, Interpreter interpreter) {
    return job(sdist, interpreter, List.of());
  }

  private BuildJob job(Path sdist, Interpreter interpreter, List<String> constraints) {
    return job(sdist, interpreter, constraints, Duration.ofMinutes(2), 1_000_000);
  }

  private BuildJob job(
      Path sdist, Interpreter interpreter, List<String> constraints, Duration time, long bytes) {
    return new BuildJob(
        "demo",
        "1.0",
        sdist,
        interpreter,
        constraints,
        locks,
        work,
        output,
        log,
        1_000_000_000,
        BuildLimits.of(time, bytes),
        false);
  }

  private String log() throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }

  private static void assertRefused(BuildOutcome outcome, String reason) {
    assertThat(outcome).isInstanceOf(BuildOutcome.Refused.class);
    assertThat(((BuildOutcome.Refused) outcome).reason()).contains(reason);
  }

  private static long running(String mark) {
    assumeTrue(Files.isDirectory(Path.of("/proc")), "needs /proc");
    return ProcessHandle.allProcesses()
        .filter(one -> one.info().commandLine().orElse("").contains(mark))
        .count();
  }
}
