package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.LockedWheel;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.python.WheelFilename;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 300, unit = TimeUnit.SECONDS)
class BuildEnvironmentsTest {

  private final Path folder;
  private final Path links;
  private final AtomicInteger fetched = new AtomicInteger();
  private Instant now = Instant.now();
  private final Path log;
  private final Interpreter python = Pythons.one();
  private final BuildEnvironments environments;

  BuildEnvironmentsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.links = Files.createDirectory(folder.resolve("links"));
    this.log = folder.resolve("log");
    this.environments = environments();
    TinySdist.wheel(links, "one", "1.0", "");
    TinySdist.wheel(links, "one", "2.0", "");
    TinySdist.wheel(links, "two", "1.0", "");
  }

  private BuildEnvironments environments() {
    return environments(
        new InstallerSettings(
            Map.of(
                "PIP_NO_INDEX", "1",
                "PIP_FIND_LINKS", links.toString(),
                "PIP_CONFIG_FILE", "/dev/null")));
  }

  private BuildEnvironments environments(InstallerSettings index) {
    EnvironmentMaker maker =
        new EnvironmentMaker(Pythons.RUNNER, Pythons.with(Map.of()), Pythons.PATH, folder);
    return new BuildEnvironments(
        folder.resolve("environments"), maker, index, Duration.ofMinutes(5), () -> now);
  }

  /** JUnit would warn of each environment's link to its Python. */
  @AfterEach
  void deleteEnvironments() throws IOException {
    FileTree.delete(folder);
  }

  static Stream<Interpreter> supported() {
    return Pythons.supported().stream();
  }

  @ParameterizedTest
  @MethodSource("supported")
  void requirementsAreInstalledAndNothingElse(Interpreter one) {
    BuildEnvironment made =
        ready(
            environments.obtain(
                one, new EnvironmentContents.Wanted(List.of("one", "two"), List.of()), log));

    assertThat(made.freeze()).containsExactly("one==2.0", "two==1.0");
    assertThat(made.python()).isExecutable();
  }

  static Stream<Interpreter> oldestAndNewest() {
    List<Interpreter> all = Pythons.supported();
    return Stream.of(all.get(0), all.get(all.size() - 1)).distinct();
  }

  @ParameterizedTest
  @MethodSource("oldestAndNewest")
  void pythonWithoutPipBorrowsOne(Interpreter one) {
    InterpreterFacts facts = one.facts();
    Interpreter bare =
        new Interpreter(
            new InterpreterFacts(
                facts.markers(),
                facts.version(),
                facts.fullVersion(),
                facts.executable(),
                facts.baseExecutable(),
                facts.abi(),
                facts.host(),
                new InterpreterFacts.Tools("", "", true, false, true),
                Map.of()));

    EnvironmentResult result =
        environments.obtain(bare, new EnvironmentContents.Wanted(List.of("one"), List.of()), log);

    assertThat(ready(result).freeze()).containsExactly("one==2.0");
  }

  @Test
  void sameOrderInAnotherSequenceGivesTheSameEnvironmentUntouched() throws IOException {
    BuildEnvironment first =
        ready(
            environments.obtain(
                python, new EnvironmentContents.Wanted(List.of("one", "two"), List.of()), log));
    FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(first.directory(), old);

    BuildEnvironment second =
        ready(
            environments()
                .obtain(
                    python, new EnvironmentContents.Wanted(List.of("two", "one"), List.of()), log));

    assertThat(second).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(second.directory())).isEqualTo(old);
  }

  @Test
  void constraintsHoldAndMakeAnotherEnvironment() {
    BuildEnvironment free =
        ready(
            environments.obtain(
                python, new EnvironmentContents.Wanted(List.of("one"), List.of()), log));
    BuildEnvironment bound =
        ready(
            environments.obtain(
                python, new EnvironmentContents.Wanted(List.of("one"), List.of("one<2")), log));

    assertThat(free.freeze()).containsExactly("one==2.0");
    assertThat(bound.freeze()).containsExactly("one==1.0");
    assertThat(bound.directory()).isNotEqualTo(free.directory());
  }

  @Test
  void failureIsAResultAndIsNotTriedAgain() throws IOException {
    EnvironmentResult first =
        environments.obtain(
            python, new EnvironmentContents.Wanted(List.of("three"), List.of()), log);
    TinySdist.wheel(links, "three", "1.0", "");
    EnvironmentResult second =
        environments.obtain(
            python, new EnvironmentContents.Wanted(List.of("three"), List.of()), log);
    EnvironmentResult nextRun =
        environments()
            .obtain(python, new EnvironmentContents.Wanted(List.of("three"), List.of()), log);

    assertThat(first).isInstanceOf(EnvironmentResult.Failed.class).isSameAs(second);
    assertThat(((EnvironmentResult.Failed) first).reason()).contains("three");
    assertThat(ready(nextRun).freeze()).containsExactly("three==1.0");
    assertThat(log).content().contains("three");
  }

  @Test
  void halfMadeOrBrokenEnvironmentIsMadeAnew() throws IOException {
    BuildEnvironment first =
        ready(
            environments.obtain(
                python, new EnvironmentContents.Wanted(List.of("one"), List.of()), log));
    Files.delete(first.python());
    Files.writeString(first.directory().resolve("rest"), "");

    BuildEnvironment second =
        ready(
            environments.obtain(
                python, new EnvironmentContents.Wanted(List.of("one"), List.of()), log));
    assertThat(second.python()).isExecutable();
    assertThat(second.directory().resolve("rest")).doesNotExist();

    Files.delete(first.directory().resolveSibling("READY"));
    Files.writeString(first.directory().resolve("rest"), "");
    BuildEnvironment third =
        ready(
            environments.obtain(
                python, new EnvironmentContents.Wanted(List.of("one"), List.of()), log));
    assertThat(third.directory().resolve("rest")).doesNotExist();
  }

  @Test
  void manyThreadsAndTwoRunsMakeItOnce() {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    BuildEnvironments other = environments();
    List<CompletableFuture<EnvironmentResult>> results =
        Stream.iterate(0, i -> i + 1)
            .limit(8)
            .map(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            (i % 2 == 0 ? environments : other)
                                .obtain(
                                    python,
                                    new EnvironmentContents.Wanted(List.of("two"), List.of()),
                                    folder.resolve("log" + i)),
                        threads))
            .toList();

    results.forEach(
        result -> assertThat(ready(result.join()).freeze()).containsExactly("two==1.0"));
    threads.shutdown();
    assertThat(folder.toFile().list((at, name) -> name.matches("log\\d"))).hasSize(1);
  }

  @Test
  void interruptIsAResult() {
    Thread.currentThread().interrupt();

    EnvironmentResult result =
        environments.obtain(python, new EnvironmentContents.Wanted(List.of("one"), List.of()), log);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(result).isInstanceOf(EnvironmentResult.Interrupted.class);
  }

  @Test
  void aNewTokenMakesNoNewEnvironmentAndAnotherPlaceDoes() {
    InstallerSettings old = installer("https://user:one@h/simple", "/a.pem");
    InstallerSettings token = installer("https://user:two@h/simple", "/b.pem");
    InstallerSettings place = installer("https://user:one@other/simple", "/a.pem");

    assertThat(token.identity()).isEqualTo(old.identity()).doesNotContain("one", "two");
    assertThat(place.identity()).isNotEqualTo(old.identity());
    assertThat(old.toString()).isEqualTo("[PIP_CERT, PIP_INDEX_URL]");
  }

  private static InstallerSettings installer(String index, String certificate) {
    return new InstallerSettings(Map.of("PIP_INDEX_URL", index, "PIP_CERT", certificate));
  }

  @ParameterizedTest
  @MethodSource("oldestAndNewest")
  void noPasswordIsInTheLogOrTheFailure(Interpreter one) throws IOException {
    InstallerSettings settings =
        new InstallerSettings(
            Map.of(
                "PIP_INDEX_URL", "http://me:index-pw@127.0.0.1:1/simple",
                "PIP_EXTRA_INDEX_URL", "http://extra-pw@127.0.0.1:1/simple",
                "PIP_FIND_LINKS", "http://me:links-pw@127.0.0.1:1/ " + links.toUri(),
                "https_proxy", "http://me:proxy-pw@127.0.0.1:1",
                "PIP_RETRIES", "0",
                "PIP_CONFIG_FILE", "/dev/null"));

    EnvironmentResult result =
        environments(settings)
            .obtain(one, new EnvironmentContents.Wanted(List.of("three"), List.of()), log);

    String all = result + Files.readString(log);
    assertThat(result).isInstanceOf(EnvironmentResult.Failed.class);
    assertThat(all)
        .contains("****@127.0.0.1:1")
        .doesNotContain("index-pw", "extra-pw", "links-pw", "proxy-pw");
  }

  private EnvironmentContents locked(String... filenames) {
    List<LockedWheel> wheels = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    for (String filename : filenames) {
      Path file = links.resolve(filename);
      WheelFilename name = WheelFilename.parse(filename);
      files.add(file);
      wheels.add(
          new LockedWheel(
              name.name(),
              name.version(),
              new RemoteFile(
                  filename,
                  "https://index.example/" + filename,
                  Map.of("sha256", sha256(file)),
                  "",
                  false,
                  "",
                  "",
                  -1,
                  Map.of(),
                  false,
                  "https://index.example/")));
    }
    return new EnvironmentContents.Locked(
        wheels,
        () -> {
          fetched.incrementAndGet();
          return files;
        });
  }

  private static String sha256(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("oldestAndNewest")
  void lockedWheelsAreInstalledAsTheyAre(Interpreter one) {
    BuildEnvironment made =
        ready(
            environments.obtain(
                one, locked("one-1.0-py3-none-any.whl", "two-1.0-py3-none-any.whl"), log));

    assertThat(made.freeze()).containsExactly("one==1.0", "two==1.0");
    assertThat(log).content().doesNotContain("Looking in");
  }

  @Test
  void wheelThatIsNoneIsLeftToPipWhichTellsWhatIsWrong() throws IOException {
    Files.writeString(links.resolve("three-1.0-py3-none-any.whl"), "no wheel");

    EnvironmentResult result =
        environments.obtain(
            python, locked("one-1.0-py3-none-any.whl", "three-1.0-py3-none-any.whl"), log);

    assertThat(result).isInstanceOf(EnvironmentResult.Failed.class);
    assertThat(log).content().contains("three-1.0-py3-none-any.whl is left to pip: ");
  }

  private static List<String> bytecode(BuildEnvironment made) throws IOException {
    try (Stream<Path> all = Files.walk(made.directory().resolve("lib"))) {
      return all.map(one -> String.valueOf(one.getFileName()))
          .filter(name -> name.endsWith(".pyc"))
          .map(name -> name.substring(0, name.indexOf('.')))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("oldestAndNewest")
  void bytecodeOfALockedWheelIsCompiledOnceAndUsed(Interpreter one) throws Exception {
    TinySdist.wheel(links, "three", "1.0", "value = 3\n");
    TinySdist.wheel(links, "four", "1.0", "no Python, but a file\n");
    EnvironmentContents first = locked("three-1.0-py3-none-any.whl", "four-1.0-py3-none-any.whl");
    EnvironmentContents second = locked("three-1.0-py3-none-any.whl", "one-1.0-py3-none-any.whl");

    BuildEnvironment made = ready(environments.obtain(one, first, log));
    List<Path> kept = keptBytecode();
    FileTime time = Files.getLastModifiedTime(kept.get(0));
    BuildEnvironment other = ready(environments.obtain(one, second, log));

    assertThat(bytecode(made)).containsExactly("three");
    assertThat(bytecode(other)).containsExactly("one", "three");
    assertThat(keptBytecode()).hasSize(kept.size() + 1);
    assertThat(Files.getLastModifiedTime(kept.get(0))).isEqualTo(time);
    Files.setLastModifiedTime(
        source(other, "three.py"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    ProcessOutcome verbose =
        Pythons.RUNNER.run(
            Command.of(
                List.of(other.python().toString(), "-v", "-c", "import three; print(three.value)"),
                folder,
                CleanEnvironment.at(folder).path(Pythons.PATH).variables()),
            new Limits(Duration.ofMinutes(1), 1_000_000));
    assertThat(verbose.transcript().output())
        .contains("code object from '" + bytecodeFile(other, "three") + "'", "3");
  }

  @Test
  void damagedBytecodeIsCompiledAgain() throws IOException {
    TinySdist.wheel(links, "three", "1.0", "value = 3\n");
    ready(environments.obtain(python, locked("three-1.0-py3-none-any.whl"), log));
    Path kept = keptBytecode().get(0);
    Files.writeString(kept, "no archive");

    BuildEnvironment made =
        ready(
            environments.obtain(
                python, locked("three-1.0-py3-none-any.whl", "one-1.0-py3-none-any.whl"), log));

    assertThat(bytecode(made)).containsExactly("one", "three");
    assertThat(kept).isNotEmptyFile();
    assertThat(Files.size(kept)).isGreaterThan("no archive".length());
  }

  private List<Path> keptBytecode() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("environments/.bytecode"))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static Path source(BuildEnvironment made, String name) throws IOException {
    try (Stream<Path> all = Files.walk(made.directory().resolve("lib"))) {
      return all.filter(one -> one.endsWith(name)).findFirst().orElseThrow();
    }
  }

  private static String bytecodeFile(BuildEnvironment made, String module) throws IOException {
    try (Stream<Path> all = Files.walk(made.directory().resolve("lib"))) {
      return all.map(Path::toString)
          .filter(one -> one.endsWith(".pyc") && one.contains("/" + module + "."))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void sameLockedWheelsAreOneEnvironmentAndFetchedOnce() {
    BuildEnvironment first =
        ready(
            environments.obtain(
                python, locked("one-1.0-py3-none-any.whl", "two-1.0-py3-none-any.whl"), log));
    BuildEnvironment second =
        ready(
            environments()
                .obtain(
                    python, locked("two-1.0-py3-none-any.whl", "one-1.0-py3-none-any.whl"), log));
    BuildEnvironment third =
        ready(environments.obtain(python, locked("one-2.0-py3-none-any.whl"), log));

    assertThat(second).isEqualTo(first);
    assertThat(third.directory()).isNotEqualTo(first.directory());
    assertThat(fetched).hasValue(2);
  }

  @Test
  void environmentThatNoRunHasUsedForThirtyDaysGoes() throws IOException {
    EnvironmentContents old = locked("one-1.0-py3-none-any.whl");
    EnvironmentContents used = locked("one-2.0-py3-none-any.whl");
    Path first = ready(environments.obtain(python, old, log)).directory();
    Path second = ready(environments.obtain(python, used, log)).directory();

    now = now.plus(Duration.ofDays(20));
    ready(environments.obtain(python, used, log));
    now = now.plus(Duration.ofDays(11));
    environments.removeUnused();

    assertThat(first).doesNotExist();
    assertThat(second).isDirectory();
  }

  @Test
  void useIsNotedOnceADay() throws IOException {
    EnvironmentContents contents = locked("one-1.0-py3-none-any.whl");
    Path stamp =
        ready(environments.obtain(python, contents, log)).directory().resolveSibling("USED");
    FileTime first = Files.getLastModifiedTime(stamp);

    now = now.plus(Duration.ofHours(23));
    ready(environments.obtain(python, contents, log));
    assertThat(Files.getLastModifiedTime(stamp)).isEqualTo(first);

    now = now.plus(Duration.ofHours(2));
    ready(environments.obtain(python, contents, log));
    assertThat(Files.getLastModifiedTime(stamp)).isGreaterThan(first);
  }

  private static BuildEnvironment ready(EnvironmentResult result) {
    assertThat(result).isInstanceOf(EnvironmentResult.Ready.class);
    return ((EnvironmentResult.Ready) result).environment();
  }
}
