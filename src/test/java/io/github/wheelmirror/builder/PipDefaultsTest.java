package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PipDefaultsTest {

  @TempDir Path folder;

  static List<Interpreter> pythons() {
    return Pythons.supported();
  }

  private static PipDefaults ask(Interpreter python) {
    return PipDefaults.ask(python, Pythons.ANSWERS);
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void theBuiltInIndexIsThatOfThePythonsOwnPip(Interpreter python) {
    assumeThat(python.facts().tools().hasPip()).isTrue();
    PipDefaults defaults = ask(python);
    assertThat(defaults.index()).startsWith("https://").endsWith("/simple");
    assertThat(python.executable()).startsWithRaw(defaults.prefix());
  }

  /** A program that stands for a Python. */
  private Interpreter program(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("python"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    InterpreterFacts real = Pythons.one().facts();
    return new Interpreter(
        new InterpreterFacts(
            real.markers(),
            real.version(),
            real.fullVersion(),
            file,
            file,
            real.abi(),
            real.host(),
            real.tools(),
            real.compilers()));
  }

  @Test
  void aPythonWithoutPipHasNoIndex() throws IOException {
    PipDefaults defaults = ask(program("echo '{\"index\": \"\", \"prefix\": \"/usr\"}'"));
    assertThat(defaults).isEqualTo(new PipDefaults("", Path.of("/usr")));
  }

  @Test
  void aPipThatIsBrokenIsToldWithItsWords() {
    assertThatThrownBy(() -> ask(program("echo 'pip is broken' >&2; exit 3")))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
              assertThat(e.why()).contains("pip is broken");
              assertThat(e.fix()).contains("-Dwheel-mirror.index=URL");
            });
  }

  @Test
  void anAnswerThatIsNoJsonIsTold() {
    assertThatThrownBy(() -> ask(program("echo hello"))).isInstanceOf(MirrorException.class);
  }
}
