package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.wheelmirror.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Builds that are forked from one process: what one does never reaches the next, or its builder.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class WarmBuilderTest {

  private static final long NO_LIMIT = 0;

  private final Path folder;
  private final Path work;
  private final Interpreter python = Pythons.one();
  private final Pep517WheelBuilder builder;
  private final Sandbox sandbox;

  WarmBuilderTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.work = Files.createDirectories(folder.resolve("work")).toRealPath();
    this.sandbox =
        Sandbox.find(Pythons.RUNNER, Pythons.PATH, PrivatePlaces.NONE, folder.toRealPath());
    EnvironmentMaker maker =
        new EnvironmentMaker(Pythons.RUNNER, Pythons.with(Map.of()), Pythons.PATH, folder);
    this.builder =
        new Pep517WheelBuilder(
            Pythons.RUNNER,
            Pythons.PATH,
            RustToolchains.NONE,
            new BuildEnvironments(
                folder.resolve("environments"),
                maker,
                new InstallerSettings(Map.of("PIP_NO_INDEX", "1", "PIP_CONFIG_FILE", "/dev/null")),
                Duration.ofMinutes(5),
                InstantSource.system()),
            new SdistUnpacker(UnpackLimits.DEFAULT),
            new WheelAgreement(String::equals),
            CompilerCache.NONE,
            PrivatePlaces.NONE);
  }

  @AfterEach
  void end() throws IOException {
    builder.close();
    assertThat(living(work.toString())).as("processes that use the work folder").isEmpty();
    FileTree.delete(folder);
  }

  /** Command lines of what still runs for a folder. */
  private static List<String> living(String mark) {
    return ProcessHandle.allProcesses()
        .filter(one -> one.pid() != ProcessHandle.current().pid())
        .map(one -> one.info().commandLine().orElse(""))
        .filter(line -> line.contains(mark))
        .toList();
  }

  private BuildOutcome build(String name, String backend, BuildLimits limits) throws IOException {
    return build(name, TinySdist.withBackend(folder, name, "1.0", backend), limits);
  }

  private BuildOutcome build(String name, Path sdist, BuildLimits limits) {
    return builder.build(
        new BuildJob(
            name,
            "1.0",
            sdist,
            python,
            List.of(),
            io.github.wheelmirror.build.RequirementLocks.NONE,
            work,
            folder.resolve("out"),
            log(name),
            1_000_000_000,
            limits,
            false));
  }

  private BuildOutcome build(String name, String backend) throws IOException {
    return build(name, backend, BuildLimits.of(Duration.ofMinutes(1), 1 << 20));
  }

  private Path log(String name) {
    return folder.resolve("logs").resolve(name + ".log");
  }

  private static BuildLimits memory(long bytes) {
    return new BuildLimits(Duration.ofMinutes(1), 1 << 20, bytes, 500, NO_LIMIT, 1);
  }

  @Test
  void buildsAreForkedFromOneProcess() throws IOException {
    String shown =
        """
        def before():
            with open("/proc/%d/cmdline" % os.getppid(), "rb") as file:
                parent = file.read().split(bytes(1))
            print("parent", parent[1:])
        """;

    assertThat(build("first", shown)).isInstanceOf(BuildOutcome.Built.class);
    assertThat(build("second", shown)).isInstanceOf(BuildOutcome.Built.class);

    // without name spaces the parent is the builder; with them a fork of it
    assertThat(Files.readString(log("first")))
        .contains("warm_builder.py")
        .isEqualTo(Files.readString(log("second")));
    assertThat(living("warm_builder.py").stream().filter(line -> line.contains(work + "")))
        .as("one builder, and its sandbox")
        .hasSizeBetween(1, 3);
  }

  @Test
  void whatOneBuildChangesTheNextDoesNotSee() throws IOException {
    String state =
        """
        def state():
            import resource, signal, sys, tempfile, time
            mask = os.umask(0o22)
            os.umask(mask)
            return [
                os.getcwd() == os.environ["PWD_EXPECTED"] if "PWD_EXPECTED" in os.environ else None,
                sorted(n for n in os.environ if n not in ("HOME", "TMPDIR", "WHEEL_MIRROR_PROCESS")),
                oct(mask), "poison" in sys.modules, sys.path[1:], sys.argv[1:],
                hasattr(json, "poison"), resource.getrlimit(resource.RLIMIT_NOFILE),
                signal.getsignal(signal.SIGTERM) == signal.SIG_DFL, time.tzname,
                tempfile.gettempdir() == os.environ["TMPDIR"], sorted(os.listdir(os.environ["HOME"])),
                sys.dont_write_bytecode, sys.getrecursionlimit(), len(os.listdir("/proc/self/fd")),
            ]

        import json

        """;
    String poison =
        state
            + """
            def before():
                import resource, signal, sys, time, types
                print("state", state(), flush=True)
                os.environ["POISON"] = "1"; os.environ["TZ"] = "Asia/Tokyo"; time.tzset()
                os.umask(0); os.chdir("/")
                sys.modules["poison"] = types.ModuleType("poison")
                json.poison = True
                sys.path.insert(0, "/poison"); sys.argv.append("--poison")
                resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                open(os.environ["HOME"] + "/poison", "w").close()
                sys.setrecursionlimit(222)
                for module in list(sys.modules.values()):
                    if getattr(module, "__name__", "").startswith(("zipfile", "email")):
                        module.__dict__["poison"] = 1
                os.chdir(os.environ["HOME"] + "/..")
                real = os.path.dirname(os.environ["HOME"])
                os.chdir(next(os.path.join(real, "source", n) for n in os.listdir(real + "/source")))
            """;
    String clean =
        state
            + """
            def before():
                print("state", state(), flush=True)
                import zipfile
                assert not hasattr(zipfile, "poison")
                for name in ("/tmp/wheel-mirror-poison", "/dev/shm/wheel-mirror-poison"):
                    assert not os.path.exists(name), name
            """;
    String leave =
        "\n    for name in ('/tmp/wheel-mirror-poison', '/dev/shm/wheel-mirror-poison'):\n"
            + "        try:\n            open(name, 'w').close()\n"
            + "        except OSError:\n            pass\n";
    boolean shutOff = sandbox.filesProtected();

    assertThat(build("poison", poison + (shutOff ? leave : "")))
        .as(log("poison").toString())
        .isInstanceOf(BuildOutcome.Built.class);
    assertThat(build("clean", clean)).isInstanceOf(BuildOutcome.Built.class);

    assertThat(state("clean")).isEqualTo(state("poison"));
  }

  private String state(String name) throws IOException {
    return Files.readAllLines(log(name)).stream()
        .filter(line -> line.startsWith("state"))
        .findFirst()
        .orElseThrow();
  }

  /** A back-end in the tree that is a module of a package, whose other modules it needs. */
  private BuildOutcome buildInPackage(String name, String packageName, String says)
      throws IOException {
    String project =
        "[build-system]\nrequires = []\nbuild-backend = '%s.sub'\nbackend-path = ['_backend']\n"
            .formatted(packageName);
    String before =
        """
        from . import words
        from %s import WHO
        import helper
        def before():
            print("I am", WHO, words.SAYS, helper.WHO, flush=True)
        """
            .formatted(packageName);
    String at = "_backend/" + packageName.replace('.', '/') + "/";
    Path sdist =
        TinySdist.of(
            folder,
            name,
            "1.0",
            Map.of(
                "pyproject.toml",
                project,
                at + "__init__.py",
                "WHO = '" + name + "'\n",
                at + "words.py",
                "SAYS = '" + says + "'\n",
                "_backend/helper.py",
                "WHO = 'helper of " + name + "'\n",
                at + "sub.py",
                TinySdist.BACKEND + before));
    return build(name, sdist, BuildLimits.of(Duration.ofMinutes(1), 1 << 20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pkg", "email", "json", "wheel", "deep.inner"})
  void backEndInAPackageOfTheTreeIsItsOwnWithAllThatIsBesideIt(String packageName)
      throws IOException {
    assertThat(buildInPackage("first", packageName, "one"))
        .as(log("first").toString())
        .isInstanceOf(BuildOutcome.Built.class);
    assertThat(buildInPackage("second", packageName, "two")).isInstanceOf(BuildOutcome.Built.class);

    assertThat(log("first")).hasContent("I am first one helper of first");
    assertThat(log("second")).hasContent("I am second two helper of second");
  }

  @Test
  void buildCannotReachTheOthersTheBuilderOrTheHost() throws IOException {
    assumeTrue(sandbox.filesProtected(), "needs name spaces");
    Path outside = Files.writeString(folder.resolve("outside"), "untouched");
    String attack =
        """
        def before():
            import ctypes, signal, socket
            for name in [%s, "/etc/wheel-mirror", os.path.dirname(os.path.dirname(os.environ["HOME"])) + "/x",
                         os.path.dirname(os.path.dirname(os.environ["HOME"])) + "/.builder/warm_builder.py",
                         "/proc/sys/kernel/core_pattern"]:
                try:
                    open(name, "w").close()
                    raise SystemExit("wrote " + name)
                except OSError as refusal:
                    print("refused", refusal.strerror)
            print("processes", sorted(int(n) for n in os.listdir("/proc") if n.isdigit())[:1])
            libc = ctypes.CDLL(None, use_errno=True)
            print("remount", libc.mount(None, b"/", None, 32 | 4096, None))
            print("unshare", libc.unshare(0x20000))
            with open("/proc/self/status") as file:
                print([line.split()[1] for line in file if line.startswith(("CapEff", "NoNewPrivs"))])
            for pid in range(2, 5000):
                try:
                    if pid != os.getpid():
                        os.kill(pid, signal.SIGKILL)
                        print("killed", pid)
                except OSError:
                    pass
            with open("/proc/net/dev") as file:
                print("interfaces", [line.split(":")[0].strip() for line in file if ":" in line])
            try:
                socket.create_connection(("192.0.2.1", 80), 1)
                raise SystemExit("connected")
            except OSError:
                pass
        """
            .formatted("\"" + outside + "\"");

    BuildOutcome outcome = build("attack", attack);

    String said = Files.readString(log("attack"));
    assertThat(outcome).as(said).isInstanceOf(BuildOutcome.Built.class);
    assertThat(said)
        .contains("processes [1]", "remount -1", "unshare -1", "['0000000000000000', '1']")
        .contains("interfaces ['lo']")
        .doesNotContain("killed");
    assertThat(outside).hasContent("untouched");
    assertThat(build("after", "")).isInstanceOf(BuildOutcome.Built.class);
  }

  @Test
  void buildThatTakesTooMuchMemoryIsEnded() throws IOException {
    String hungry =
        """
        def before():
            import subprocess, sys, time
            eat = "x = bytearray(60 << 20); import time; print('ate', flush=True); time.sleep(60)"
            children = [subprocess.Popen([sys.executable, "-c", eat]) for _ in range(4)]
            time.sleep(60)
        """;

    assertThat(build("hungry", hungry, memory(150 << 20)))
        .isInstanceOf(BuildOutcome.MemoryLimit.class);
    // one alone is told by the system
    BuildOutcome alone =
        build("alone", "def before():\n    x = bytearray(400 << 20)\n", memory(150 << 20));
    assertThat(alone).isInstanceOf(BuildOutcome.BackendFailed.class);
    assertThat(((BuildOutcome.BackendFailed) alone).tail()).contains("MemoryError");
    assertThat(build("modest", "", memory(150 << 20))).isInstanceOf(BuildOutcome.Built.class);
  }

  @Test
  void buildThatForksWithoutEndIsEnded() throws IOException {
    String bomb =
        """
        def before():
            import time
            for _ in range(400):
                if os.fork() == 0:
                    os.setsid()
                    time.sleep(60)
                    os._exit(0)
            time.sleep(60)
        """;
    BuildLimits limits = new BuildLimits(Duration.ofMinutes(1), 1 << 20, 0, 100, 0, 1);

    assertThat(build("bomb", bomb, limits)).isInstanceOf(BuildOutcome.ProcessLimit.class);
    assertThat(build("after", "", limits)).isInstanceOf(BuildOutcome.Built.class);
  }

  @Test
  void buildThatFillsTheDiskIsEnded() throws IOException {
    String many =
        """
        def before():
            import time
            for i in range(40):
                with open("fill%d" % i, "wb") as file:
                    file.write(bytes(1 << 20))
            time.sleep(60)
        """;
    BuildLimits limits = new BuildLimits(Duration.ofMinutes(1), 1 << 20, 0, 100, 20 << 20, 1);

    assertThat(build("many", many, limits)).isInstanceOf(BuildOutcome.DiskLimit.class);
    String large = "def before():\n    open('x', 'wb').write(bytes(30 << 20))\n";
    assertThat(build("large", large, limits)).isInstanceOf(BuildOutcome.BackendFailed.class);
    assertThat(build("small", "", limits)).isInstanceOf(BuildOutcome.Built.class);
  }

  @Test
  void buildsOfABuilderThatIsKilledAreDoneAgain() throws Exception {
    Path mark = folder.resolve("work/slow-1.0-" + python.pythonTag() + "/tmp/begun");
    String slow =
        """
        def before():
            import time
            open(os.environ["TMPDIR"] + "/begun", "w").close()
            if os.path.exists("dirt"):
                raise SystemExit("the tree is not fresh")
            open("dirt", "w").close()
            time.sleep(3)
        """;
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<BuildOutcome> build = threads.submit(() -> build("slow", slow));
      while (!Files.exists(mark)) {
        Thread.sleep(20);
      }
      long killed =
          ProcessHandle.allProcesses()
              .filter(one -> one.info().commandLine().orElse("").contains(work + "/.builder"))
              .filter(ProcessHandle::destroyForcibly)
              .count();
      assertThat(killed).isPositive();
      assertThat(build.get()).isInstanceOf(BuildOutcome.Built.class);
      assertThat(build("after", "")).isInstanceOf(BuildOutcome.Built.class);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Where there are no name spaces, whose first process ends all others. */
  @Test
  void forkOfABuilderThatIsKilledEndsWithItWithoutNameSpaces() throws Exception {
    Path script = Script.WARM_BUILDER.writeInto(work.resolve(".builder"));
    Process killed =
        new ProcessBuilder(
                python.executable().toString(), script.toString(), work.toString(), "--cold")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream jobs = killed.getOutputStream()) {
      jobs.write((Json.line(hanging()) + "\n").getBytes(StandardCharsets.UTF_8));
      jobs.flush();
      Path mark = work.resolve("begun");
      while (!Files.exists(mark)) {
        assertThat(killed.isAlive()).isTrue();
        Thread.sleep(20);
      }
      List<ProcessHandle> forks = killed.descendants().toList();
      assertThat(forks).isNotEmpty();
      killed.destroyForcibly().waitFor();
      for (ProcessHandle fork : forks) {
        fork.onExit().get(10, TimeUnit.SECONDS);
      }
    } finally {
      killed.descendants().forEach(ProcessHandle::destroyForcibly);
      killed.destroyForcibly();
    }
  }

  private WarmJob hanging() throws IOException {
    Files.writeString(
        work.resolve("backend.py"),
        """
        import time
        def get_requires_for_build_wheel(config_settings=None):
            open("begun", "w").close()
            time.sleep(60)
        """);
    String here = work.toString();
    return new WarmJob(
        "hanging",
        here,
        List.of(),
        here,
        here,
        "backend",
        List.of(here),
        List.of(),
        Map.of(),
        here + "/log",
        WarmJob.ASK,
        null,
        false,
        false,
        60,
        1 << 20,
        NO_LIMIT,
        100,
        NO_LIMIT);
  }

  /** As when memory is short: the kernel chooses any process of the build. */
  @Test
  void buildThatIsKilledWhileItIsAskedWasKilled() throws IOException {
    String killed =
        """
        def get_requires_for_build_wheel(config_settings=None):
            import signal
            os.kill(os.getpid(), signal.SIGKILL)
        """;

    BuildOutcome outcome = build("killed", killed);

    assertThat(outcome).isInstanceOf(BuildOutcome.BackendFailed.class);
    assertThat(((BuildOutcome.BackendFailed) outcome).exitCode()).isEqualTo(128 + 9);
    assertThat(outcome.tail()).contains("get_requires_for_build_wheel failed");
  }

  @Test
  void manyBuildsAtOnceDoNotMix() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<BuildOutcome>> builds = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        String name = "demo" + i;
        String more =
            "def before():\n    print('I am %s')\n    assert NAME == '%s'\n".formatted(name, name);
        builds.add(threads.submit(() -> build(name, more)));
      }
      for (int i = 0; i < builds.size(); i++) {
        assertThat(builds.get(i).get()).isInstanceOf(BuildOutcome.Built.class);
        assertThat(log("demo" + i)).hasContent("I am demo" + i);
        assertThat(folder.resolve("out/demo" + i + "-1.0-py3-none-any.whl")).isRegularFile();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void everythingThatABuildStartedEndsWithIt() throws IOException {
    String daemons =
        """
        def before():
            import subprocess, sys
            command = [sys.executable, "-c", "import time; time.sleep(600)", "%s"]
            subprocess.Popen(command)
            subprocess.Popen(command, start_new_session=True)
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.execv(sys.executable, command)
                os._exit(0)
        """
            .formatted(work + "/daemon");

    assertThat(build("daemons", daemons)).isInstanceOf(BuildOutcome.Built.class);
    assertThat(living(work + "/daemon")).isEmpty();
  }
}
