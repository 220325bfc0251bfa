package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterpretersTest {

  private final Path folder;
  private final Interpreter real = Pythons.one();

  InterpretersTest(@TempDir Path folder) {
    this.folder = folder;
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
  void eachIsFoundByVersionTagAndPath(Interpreter one) {
    Interpreters interpreters = Pythons.with(Map.of());

    for (String wanted :
        List.of(
            one.facts().shortVersion(), one.pythonTag(), "python" + one.facts().shortVersion())) {
      assertThat(interpreters.find(wanted).pythonTag()).isEqualTo(one.pythonTag());
    }
    assertThat(interpreters.find(one.executable().toString())).isEqualTo(one);
  }

  @ParameterizedTest
  @MethodSource("supported")
  void factsAreComplete(Interpreter one) {
    InterpreterFacts facts = one.facts();

    assertThat(facts.markers())
        .hasSize(11)
        .containsEntry("python_version", facts.shortVersion())
        .containsEntry("implementation_name", "cpython");
    assertThat(facts.abi().extSuffix()).contains(facts.abi().soabi()).endsWith(".so");
    assertThat(facts.abi().pointerBits()).isIn(32, 64);
    assertThat(facts.host().libcName()).isIn("glibc", "musl");
    assertThat(facts.host().libcVersion()).matches("\\d+\\.\\d+");
    assertThat(facts.host().slug()).matches("[a-z0-9_.]+-[a-z0-9_.]+-[a-z0-9_]+");
    assertThat(facts.tools().hasVenv()).isTrue();
  }

  @Test
  void shimThatDoesNotAnswerIsSkipped() throws IOException {
    Path shims = Files.createDirectory(folder.resolve("shims"));
    String name = "python" + real.facts().shortVersion();
    program(shims.resolve(name), "echo 'pyenv: command not found' >&2; exit 127");
    Path good = Files.createDirectory(folder.resolve("good"));
    program(good.resolve(name), "exec " + real.executable() + " \"$@\"");

    Interpreters interpreters = on(Map.of(), shims, good);

    assertThat(interpreters.find(real.pythonTag()).executable()).isEqualTo(real.executable());
  }

  @Test
  void versionManagersFolderIsLookedInto() throws IOException {
    Path bin = Files.createDirectories(folder.resolve(".pyenv/versions/any/bin"));
    program(bin.resolve("python"), "exec " + real.executable() + " \"$@\"");

    assertThat(on(Map.of()).find(real.pythonTag()).executable()).isEqualTo(real.executable());
  }

  @Test
  void virtualEnvironmentStandsForItsBase() throws Exception {
    Path environment = folder.resolve("env");
    Process made =
        new ProcessBuilder(
                real.executable().toString(), "-m", "venv", "--without-pip", environment.toString())
            .start();
    assertThat(made.waitFor()).isZero();

    Interpreter found = on(Map.of()).find(environment.resolve("bin/python").toString());

    assertThat(found.executable().toRealPath()).isEqualTo(real.executable().toRealPath());
    assertThat(found.executable().startsWith(environment)).isFalse();
  }

  @Test
  void configuredProgramComesFirst() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    program(other.resolve("python" + real.facts().shortVersion()), "exit 1");

    Interpreters interpreters = on(Map.of(real.facts().shortVersion(), real.executable()), other);

    assertThat(interpreters.find(real.pythonTag())).isEqualTo(real);
  }

  @Test
  void configuredProgramOfAnotherVersionIsRefused() {
    Interpreters interpreters = on(Map.of("3.99", real.executable()));

    assertThatThrownBy(() -> interpreters.find("3.99"))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining(real.executable().toString());
  }

  @Test
  void unknownPythonListsWhatIsThereAndHowToNameOne() throws IOException {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    program(bin.resolve("python3"), "exec " + real.executable() + " \"$@\"");

    assertThatThrownBy(() -> on(Map.of(), bin).find("3.99"))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
              assertThat(e.what()).isEqualTo("no CPython 3.99 on this host");
              assertThat(e.why()).isEqualTo("found only " + real);
              assertThat(e.fix()).contains("python3.99").contains("<interpreters>");
            });
    assertThatThrownBy(() -> on(Map.of()).find("3.99"))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("no Python was found at all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "three", "3", "pypy3.9", "3.11-dev", "/no/such/python", "bin/python"})
  void whatIsNoPythonIsRefused(String wanted) {
    assertThatThrownBy(() -> on(Map.of()).find(wanted))
        .isInstanceOfSatisfying(
            MirrorException.class, e -> assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT));
  }

  private Interpreters on(Map<String, Path> configured, Path... path) {
    return new Interpreters(
        new TargetProbe(PythonAnswers.of(() -> Pythons.RUNNER, folder, SearchPath.SYSTEM)),
        new SearchPath(List.of(path)),
        folder,
        configured);
  }

  private static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
