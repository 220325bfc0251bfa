package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.wheelmirror.build.BuildOverride;
import io.github.wheelmirror.build.RequirementLocks;
import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real compilations by the host's compiler, as its Pythons ask for them. */
@Timeout(300)
class CompiledBuildsTest {

  private static final long MEBIBYTE = 1 << 20;

  private final Path folder;
  private final Path gcc = TinyExtension.program("gcc");
  private final Interpreter python = Pythons.one();
  private final List<Pep517WheelBuilder> builders = new ArrayList<>();

  CompiledBuildsTest(@TempDir Path folder) throws IOException {
    this.folder = folder.toRealPath();
  }

  @AfterEach
  void end() throws IOException {
    builders.forEach(Pep517WheelBuilder::close);
    FileTree.delete(folder);
  }

  private Pep517WheelBuilder builder(SearchPath path, CompilerCache cache) {
    EnvironmentMaker maker =
        new EnvironmentMaker(Pythons.RUNNER, Pythons.with(Map.of()), Pythons.PATH, folder);
    InstallerSettings index =
        new InstallerSettings(
            Map.of(
                "PIP_NO_INDEX", "1",
                "PIP_FIND_LINKS", folder.resolve("links").toString(),
                "PIP_CONFIG_FILE", "/dev/null"));
    Pep517WheelBuilder builder =
        new Pep517WheelBuilder(
            Pythons.RUNNER,
            path,
            RustToolchains.of(path, Pythons.HOME, ""),
            new BuildEnvironments(
                folder.resolve("environments"),
                maker,
                index,
                Duration.ofMinutes(5),
                InstantSource.system()),
            new SdistUnpacker(UnpackLimits.DEFAULT),
            new WheelAgreement(String::equals),
            cache,
            PrivatePlaces.NONE);
    builders.add(builder);
    return builder;
  }

  private BuildJob job(Path sdist, String name, Interpreter interpreter, String work) {
    return new BuildJob(
        name,
        "1.0",
        sdist,
        interpreter,
        List.of(),
        RequirementLocks.NONE,
        folder.resolve(work),
        folder.resolve(work + "-out"),
        log(work),
        1_000_000_000,
        new BuildLimits(
            Duration.ofMinutes(2), MEBIBYTE, 0, BuildLimits.PROCESSES, 1024 * MEBIBYTE, 3),
        false);
  }

  private Path log(String work) {
    return folder.resolve(work + ".log");
  }

  private Path built(Pep517WheelBuilder builder, BuildJob job) throws IOException {
    BuildOutcome outcome = builder.build(job);
    assertThat(outcome).as(Files.readString(job.log())).isInstanceOf(BuildOutcome.Built.class);
    return ((BuildOutcome.Built) outcome).wheel();
  }

  @Test
  void twoWorkFoldersGiveTheSameBytesWithAndWithoutTheSandbox() throws IOException {
    Path sdist = TinyExtension.of(folder, "tiny", "1.0", "");
    // no programs for a sandbox in there
    Path bare = Files.createDirectory(folder.resolve("bare"));
    Files.createSymbolicLink(bare.resolve("gcc"), gcc);
    for (String command : python.facts().compilers().values()) {
      String name = command.split(" ")[0];
      if (!name.contains("/") && !Files.exists(bare.resolve(name))) {
        Files.createSymbolicLink(bare.resolve(name), TinyExtension.program(name));
      }
    }
    for (String program : List.of("as", "ld")) {
      Files.createSymbolicLink(bare.resolve(program), TinyExtension.program(program));
    }
    Pep517WheelBuilder shutOff = builder(Pythons.PATH, CompilerCache.NONE);
    Pep517WheelBuilder open = builder(new SearchPath(List.of(bare)), CompilerCache.NONE);

    byte[] first = Files.readAllBytes(built(shutOff, job(sdist, "tiny", python, "one")));

    assertThat(built(shutOff, job(sdist, "tiny", python, "an other/folder")))
        .hasBinaryContent(first);
    assertThat(built(open, job(sdist, "tiny", python, "third"))).hasBinaryContent(first);
  }

  /** A compiler that tells its arguments, under each name that Pythons ask for. */
  private SearchPath telling() throws IOException {
    Path programs = Files.createDirectories(folder.resolve("it's telling"));
    for (String name : List.of("gcc", "cc", "x86_64-linux-gnu-gcc", "aarch64-linux-gnu-gcc")) {
      Path script = programs.resolve(name);
      Files.writeString(script, "#!/bin/sh\necho told gcc \"$@\"\nexec " + gcc + " \"$@\"\n");
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return new SearchPath(
        Stream.concat(Stream.of(programs), Pythons.PATH.directories().stream()).toList());
  }

  private static void assertOnlyOurs(List<String> lines, String work) {
    List<String> asked = lines.stream().filter(line -> line.startsWith("runs ")).toList();
    List<String> told = lines.stream().filter(line -> line.startsWith("told ")).toList();
    assertThat(asked).isNotEmpty();
    for (String line : asked) {
      List<String> words = Arrays.asList(line.split(" +"));
      List<String> same =
          told.stream()
              .filter(one -> one.contains(String.join(" ", words.subList(2, words.size()))))
              .toList();
      assertThat(same).as(line).isNotEmpty();
      for (String one : same) {
        assertThat(
                one.substring(
                    one.indexOf(" -g0"))) // what comes after the command as it was asked for
            .matches(
                " -g0 -ffile-prefix-map=\\S+/env=environment -ffile-prefix-map=\\S+/"
                    + work
                    + "/tiny-1.0-\\w+=\\.");
      }
    }
  }

  @Test
  void compilerGetsTheInterpretersOwnFlagsAndOurs() throws IOException {
    Path sdist = TinyExtension.of(folder, "tiny", "1.0", "");
    Pep517WheelBuilder builder = builder(telling(), CompilerCache.NONE);

    for (Interpreter one : Pythons.supported()) {
      String work = one.pythonTag();
      built(builder, job(sdist, "tiny", one, work));

      assertOnlyOurs(Files.readAllLines(log(work)), work);
      assertThat(Files.readString(log(work))).contains("-O").contains("-fPIC");
    }
  }

  /** The setuptools that Pythons before 3.12 bring along, whose distutils is the old one. */
  @Test
  void oldSetuptoolsKeepsTheInterpretersFlagsToo() throws IOException {
    Path links = Files.createDirectory(folder.resolve("links"));
    List<Interpreter> old = new ArrayList<>();
    for (Interpreter one : Pythons.supported()) {
      Path library = one.executable().resolve("../../lib/python" + one.facts().shortVersion());
      Path bundled = library.resolve("ensurepip/_bundled").normalize();
      if (Files.isDirectory(bundled)) {
        try (Stream<Path> files = Files.list(bundled)) {
          for (Path file :
              files.filter(f -> f.getFileName().toString().startsWith("setuptools-")).toList()) {
            Files.copy(
                file,
                links.resolve(file.getFileName()),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            old.add(one);
          }
        }
      }
    }
    assumeTrue(!old.isEmpty(), "a Python that brings setuptools is needed");
    String project =
        "[build-system]\nrequires = ['setuptools']\nbuild-backend = 'backend'\n"
            + "backend-path = ['tools']\n";
    String backend =
        TinySdist.BACKEND
            + """
            def before():
                import setuptools
                module = setuptools.Extension("tiny", ["tiny.c"])
                setuptools.setup(name="tiny", ext_modules=[module], script_args=["build_ext"])
            """;
    Path sdist =
        TinySdist.of(
            folder,
            "tiny",
            "1.0",
            Map.of(
                "pyproject.toml",
                project,
                "tools/backend.py",
                backend,
                "tiny.c",
                TinyExtension.SOURCE));
    Pep517WheelBuilder builder = builder(telling(), CompilerCache.NONE);

    for (Interpreter one : old) {
      built(builder, job(sdist, "tiny", one, one.pythonTag()));

      String flags = one.facts().compilers().get("CC");
      assertThat(Files.readAllLines(log(one.pythonTag())))
          .as(flags)
          .anyMatch(line -> line.matches("told gcc .*-fwrapv .*-O\\d .*tiny\\.c .* -g0 .*"));
    }
  }

  @Test
  void compilerThatThePythonNamesByItsPathIsWrappedToo() throws IOException {
    SearchPath telling = telling();
    Path absolute = telling.directories().get(0).resolve("cc");
    Path moved = folder.resolve("special-cc");
    Files.move(absolute, moved);
    InterpreterFacts facts = python.facts();
    Interpreter special =
        new Interpreter(
            new InterpreterFacts(
                facts.markers(),
                facts.version(),
                facts.fullVersion(),
                facts.executable(),
                facts.baseExecutable(),
                facts.abi(),
                facts.host(),
                facts.tools(),
                Map.of("CC", moved + " -pthread", "LDSHARED", moved + " -pthread -shared")));

    Path wheel =
        built(
            builder(telling, CompilerCache.NONE),
            job(TinyExtension.of(folder, "tiny", "1.0", ""), "tiny", special, "work"));

    assertThat(wheel).isRegularFile();
    List<String> lines = Files.readAllLines(log("work"));
    assertThat(lines).anyMatch(line -> line.startsWith("runs special-cc -pthread -shared "));
    assertOnlyOurs(lines, "work");
  }

  private BuildJob overridden(BuildJob job, Map<String, String> environment) {
    return new BuildJob(
        job.name(),
        job.version(),
        job.sdist(),
        job.interpreter(),
        job.buildConstraints(),
        job.locks(),
        new BuildOverride(environment, List.of(), List.of(), Map.of(), List.of(), List.of()),
        job.workDirectory(),
        job.outputDirectory(),
        job.log(),
        job.sourceDateEpoch(),
        job.limits(),
        job.fresh(),
        false);
  }

  /** A build that asks for another compiler of the same name must not get that of the override. */
  @Test
  void compilerThatAnOverrideNamesByItsPathIsWrappedToo() throws IOException {
    SearchPath telling = telling();
    Path other = Files.createDirectories(folder.resolve("opt/bin")).resolve("gcc");
    Files.writeString(other, "#!/bin/sh\necho other gcc \"$@\"\nexec " + gcc + " \"$@\"\n");
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwxr-xr-x"));
    String plain = "def before():\n    subprocess.check_call(['gcc', '--version'])\n";
    Path sdist = TinyExtension.of(folder, "tiny", "1.0", plain);

    built(
        builder(telling, CompilerCache.NONE),
        overridden(
            job(sdist, "tiny", python, "work"),
            Map.of("CC", "ccache " + other + " -pthread", "LDSHARED", "gcc -shared", "X", "/y")));

    List<String> lines = Files.readAllLines(log("work"));
    String name = other.toString().substring(1).replace('/', '-');
    assertThat(lines).anyMatch(line -> line.startsWith("runs " + name + " -pthread "));
    assertThat(lines)
        .filteredOn(line -> line.startsWith("other gcc -pthread ") && line.contains(" -c "))
        .singleElement()
        .asString()
        .matches(".* -g0 -ffile-prefix-map=\\S+/env=environment -ffile-prefix-map=\\S+=\\.");
    assertThat(lines).anyMatch(line -> line.startsWith("told gcc --version"));
  }

  @Test
  void whatIsNoCompilerStaysAsTheOverrideSays() throws IOException {
    try (CompilerWrappers wrappers =
        new CompilerWrappers(
            Pythons.RUNNER,
            Pythons.PATH,
            RustToolchains.NONE,
            java.util.Optional.empty(),
            folder.resolve("wrappers"))) {
      assertThat(
              wrappers
                  .of(
                      python,
                      Map.of("CC", folder + "/gone/gcc", "CXX", "/bin/false g++", "FC", "gfortran"))
                  .chosen())
          .isEmpty();
    }
  }

  /** Meson puts any cache that it finds before the compilers. */
  @Test
  void cacheThatABackEndPutsBeforeAWrapperIsLeftOut() throws IOException {
    Path programs = Files.createDirectories(folder.resolve("caches"));
    for (String name : List.of("ccache", "sccache")) {
      Path script = Files.writeString(programs.resolve(name), "#!/bin/sh\necho cache \"$@\"\n");
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    SearchPath path =
        new SearchPath(
            Stream.concat(Stream.of(programs), telling().directories().stream()).toList());
    String uses =
        """
        def before():
            import shutil
            for command in (
                ["sccache", "gcc", "--version"], ["ccache", shutil.which("gcc"), "--version"],
                ["sccache", "--version"], ["ccache", "%s", "x"],
            ):
                subprocess.check_call(command)
            subprocess.check_call([shutil.which("sccache"), shutil.which("cc"), "--version"])
        """
            .formatted(gcc);

    built(
        builder(path, CompilerCache.NONE),
        job(TinyExtension.of(folder, "tiny", "1.0", uses), "tiny", python, "work"));

    assertThat(Files.readAllLines(log("work")))
        .filteredOn(line -> line.matches("cache .*|told gcc --version .*"))
        .map(line -> line.replaceFirst("(--version) .*", "$1"))
        .containsExactly(
            "told gcc --version",
            "told gcc --version",
            "cache --version",
            "cache " + gcc + " x",
            "told gcc --version");
  }

  @Test
  void wrappersAreNoneOfTheBuildsFilesAndStandBehindTheEnvironmentsPrograms() throws IOException {
    String look =
        """
        def before():
            import shutil
            print("path", os.environ["PATH"])
            wrapper = shutil.which("gcc")
            print("wrapper", wrapper)
            print(open(wrapper).read())
            for name in ("MAKEFLAGS", "CMAKE_BUILD_PARALLEL_LEVEL", "CARGO_BUILD_JOBS", "MAX_JOBS"):
                print(name, os.environ[name])
            print("CFLAGS" in os.environ, "CC" in os.environ)
            try:
                os.unlink(wrapper)
            except OSError as refusal:
                print("refused", refusal)
        """;
    Pep517WheelBuilder builder = builder(Pythons.PATH, CompilerCache.NONE);
    Path sdist = TinyExtension.of(folder, "tiny", "1.0", look);

    built(builder, job(sdist, "tiny", python, "work"));

    List<String> lines = Files.readAllLines(log("work"));
    Path wrapper = folder.resolve("work/.compilers/path/gcc");
    assertThat(lines)
        .contains("wrapper " + wrapper, "MAKEFLAGS -j3", "CMAKE_BUILD_PARALLEL_LEVEL 3")
        .contains("CARGO_BUILD_JOBS 3", "MAX_JOBS 3", "False False")
        .anyMatch(line -> line.matches("path [^:]*/env/bin:" + wrapper.getParent() + ":.*"));
    assumeTrue(lines.stream().anyMatch(line -> line.startsWith("refused")), "needs namespaces");
    assertThat(wrapper).isRegularFile();
    builder.close();
    assertThat(folder.resolve("work")).isEmptyDirectory();
  }

  @Test
  void secondBuildInAnotherFolderTakesWhatTheProjectsOwnCacheHas() throws IOException {
    TinyExtension.program("ccache");
    CompilerCache cache = CompilerCache.below(folder.resolve("ccache"), Pythons.PATH);
    Pep517WheelBuilder builder = builder(Pythons.PATH, cache);
    String told = "def before():\n    print('cache', os.environ.get('CCACHE_DIR'))\n";
    String hits =
        """
            run(["ccache", "--print-stats"])
            other = os.path.join(os.path.dirname(os.environ["CCACHE_DIR"]), "evil")
            try:
                os.makedirs(other)
            except OSError as refusal:
                print("refused", refusal)
        """;
    byte[] first =
        Files.readAllBytes(
            built(
                builder,
                job(TinyExtension.of(folder, "tiny", "1.0", told), "tiny", python, "one")));
    assumeTrue(!Files.readString(log("one")).contains("cache None"), "needs namespaces");

    Path sdist = TinyExtension.of(folder, "tiny", "1.0", told.stripTrailing() + "\n" + hits);
    BuildJob again = job(sdist, "tiny", python, "two");
    built(builder, again);
    assertThat(built(builder, again)).hasBinaryContent(first);

    assertThat(Files.readAllLines(log("two")))
        .contains("cache " + folder.resolve("ccache/tiny"))
        .contains("direct_cache_hit\t1")
        .anyMatch(line -> line.startsWith("refused"));
    assertThat(folder.resolve("ccache").toFile().list()).containsExactly("tiny");
  }

  @Test
  void cachesInCompilersClothesAreNotWrappedButTheCompilerBehindThem() throws IOException {
    Path masks = Files.createDirectory(folder.resolve("masks"));
    Path cache =
        Files.createFile(
            masks.resolve("ccache"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.createSymbolicLink(masks.resolve("gcc"), cache);
    SearchPath path =
        new SearchPath(
            Stream.concat(Stream.of(masks), Pythons.PATH.directories().stream()).toList());

    try (CompilerWrappers wrappers =
        new CompilerWrappers(
            Pythons.RUNNER,
            path,
            RustToolchains.NONE,
            java.util.Optional.of(cache),
            folder.resolve("wrappers"))) {
      CompilerWrappers.Tools tools = wrappers.of(python, Map.of());

      assertThat(tools.folders().get(0).resolve("gcc"))
          .content()
          .contains("exec ${CCACHE_DIR:+'" + cache + "'} '" + gcc + "' \"$@\" -g0 ");
      assertThat(tools.folders().get(0).toFile().list())
          .contains("gcc", "cc")
          .noneMatch(name -> name.contains("-ar") || name.contains("ranlib"));
      assertThat(tools.variables()).isEmpty();
    }
    assertThat(folder.resolve("wrappers")).doesNotExist();
  }
}
