package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptAnswersTest {

  @TempDir Path folder;

  private final AtomicInteger runs = new AtomicInteger();
  private Path python;
  private Path environment;

  /** A virtual environment whose facts may be changed at will. */
  @BeforeEach
  void make() throws IOException {
    Interpreter real = Pythons.one();
    environment = folder.resolve("venv");
    Path bin = Files.createDirectories(environment.resolve("bin"));
    python = Files.createSymbolicLink(bin.resolve("python"), real.executable());
    Files.writeString(
        environment.resolve("pyvenv.cfg"),
        "home = " + real.executable().getParent() + "\ninclude-system-site-packages = false\n");
    Files.createDirectories(sitePackages());
  }

  private Path sitePackages() {
    return environment.resolve(
        "lib/python" + Pythons.one().facts().shortVersion() + "/site-packages");
  }

  private PythonAnswers answers() {
    return PythonAnswers.of(
            () -> {
              runs.incrementAndGet();
              return Pythons.RUNNER;
            },
            folder,
            SearchPath.SYSTEM)
        .keptIn(folder.resolve("kept"));
  }

  private PythonAnswers.Answer ask() {
    return answers().ask(python, Script.FACTS);
  }

  @Test
  void aPythonIsAskedOnce() {
    PythonAnswers.Answer first = ask();
    assertThat(first.succeeded()).isTrue();
    assertThat(ask()).isEqualTo(first);
    assertThat(runs).hasValue(1);
  }

  @Test
  void twoQuestionsHaveTwoAnswers() {
    PythonAnswers.Answer facts = ask();
    assertThat(answers().ask(python, Script.PIP_DEFAULTS)).isNotEqualTo(facts);
    assertThat(runs).hasValue(2);
  }

  @Test
  void aPipThatComesIsSeen() throws IOException {
    assertThat(ask().text()).contains("\"pip_version\": \"\"");
    Path pip = Files.createDirectories(sitePackages().resolve("pip"));
    Files.writeString(pip.resolve("__init__.py"), "__version__ = '99.1'\n");
    assertThat(ask().text()).contains("\"pip_version\": \"99.1\"");
    Files.writeString(pip.resolve("__init__.py"), "__version__ = '99.2'\n");
    Files.setLastModifiedTime(
        pip.resolve("__init__.py"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    assertThat(ask().text()).contains("\"pip_version\": \"99.2\"");
    assertThat(runs).hasValue(3);
  }

  @Test
  void anotherProgramInItsPlaceIsAsked() throws IOException {
    ask();
    Path copy = Files.copy(python.toRealPath(), folder.resolve("copy"));
    Files.delete(python);
    Files.createSymbolicLink(python, copy);
    ask();
    assertThat(runs).hasValue(2);
  }

  @Test
  void theSameProgramBehindAnotherLinkIsAsked() throws IOException {
    Path one = Files.createDirectories(folder.resolve("one"));
    Files.copy(python.toRealPath(), one.resolve("copy"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), one);
    Files.delete(python);
    Files.createSymbolicLink(python, link.resolve("copy"));
    ask();
    ask();
    assertThat(runs).hasValue(1);
    Path two = Files.move(one, folder.resolve("two"));
    Files.delete(link);
    Files.createSymbolicLink(link, two);
    ask();
    assertThat(runs).hasValue(2);
  }

  @Test
  void aNoteThatIsDamagedIsAsGoodAsNone() throws IOException {
    PythonAnswers.Answer first = ask();
    try (var notes = Files.list(folder.resolve("kept"))) {
      Files.writeString(notes.findFirst().orElseThrow(), "{\"program\": nul");
    }
    assertThat(ask()).isEqualTo(first);
    assertThat(runs).hasValue(2);
  }

  @Test
  void aScriptIsAskedEachTime() throws IOException {
    python = script(folder.resolve("python"), "exec " + python + " \"$@\"");
    ask();
    ask();
    assertThat(runs).hasValue(2);
  }

  @Test
  void aShimOfPyenvIsAskedOnceWhateverItSays() throws IOException {
    Path root = folder.resolve(".pyenv");
    Files.createDirectories(root.resolve("shims"));
    python =
        script(root.resolve("shims/python3.5"), "echo 'pyenv: command not found' >&2; exit 127");
    assertThat(ask().succeeded()).isFalse();
    assertThat(ask().words()).contains("command not found");
    assertThat(runs).hasValue(1);
    Files.writeString(root.resolve("version"), "3.5.1\n");
    ask();
    assertThat(runs).hasValue(2);
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoFailure() throws IOException {
    Files.writeString(folder.resolve("kept"), "a file");
    assertThat(ask().succeeded()).isTrue();
    assertThat(ask().succeeded()).isTrue();
    assertThat(runs).hasValue(2);
  }

  private static Path script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
