package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.python.Tag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostTargetsTest {

  private static final String TAGS =
      "from pip._internal.utils.compatibility_tags import get_supported\n"
          + "print('\\n'.join(str(tag) for tag in get_supported()))";

  static List<Interpreter> pythons() {
    return Pythons.supported();
  }

  private static List<String> printed(Interpreter python, String script) {
    ProcessOutcome outcome =
        Pythons.RUNNER.run(
            Command.of(
                    List.of(python.executable().toString(), "-E", "-s", "-c", script),
                    Path.of("/"),
                    CleanEnvironment.at(Pythons.HOME).path(Pythons.PATH).variables())
                .withStandardOutputApart(),
            new Limits(Duration.ofMinutes(1), 1 << 22));
    assertThat(outcome.succeeded()).as(outcome.transcript().output()).isTrue();
    return outcome.transcript().standardOutput().lines().toList();
  }

  /**
   * The very tags that the Python's own pip prints. Older releases of packaging put {@code linux_*}
   * after the manylinux tags of the same interpreter and ABI, newer ones before them; the order of
   * all others is the same.
   */
  @ParameterizedTest
  @MethodSource("pythons")
  void tagsAreThoseOfThePythonsOwnPip(Interpreter python) {
    assumeThat(python.facts().tools().hasPip()).isTrue();
    List<String> pip = printed(python, TAGS);
    List<String> ours = HostTargets.of(python).tags().stream().map(Tag::toString).toList();
    Predicate<String> plainLinux = tag -> tag.matches(".*-linux_[a-z0-9_]+");
    assertThat(ours.stream().filter(plainLinux.negate()).toList())
        .containsExactlyElementsOf(pip.stream().filter(plainLinux.negate()).toList());
    assertThat(ours.stream().filter(plainLinux).toList())
        .containsExactlyElementsOf(pip.stream().filter(plainLinux).toList());
    assertThat(ours).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void whatATargetSaysIsWhatThePythonSays(Interpreter python) {
    Target target = HostTargets.of(python);
    List<String> facts =
        printed(
            python,
            "import platform, sys\n"
                + "print('cp%d%d' % sys.version_info[:2])\n"
                + "print(platform.python_version())\n"
                + "print(platform.machine())\n"
                + "print(platform.release())\n"
                + "print(' '.join(platform.libc_ver()))");
    assertThat(target.id().python()).isEqualTo(facts.get(0));
    assertThat(target.fullVersion()).isEqualTo(facts.get(1));
    assertThat(target.id().slug()).endsWith("-" + facts.get(2));
    assertThat(target.environment().platformMachine()).isEqualTo(facts.get(2));
    assertThat(target.environment().pythonFullVersion()).isEqualTo(facts.get(1));
    assertThat(target.libc()).isEqualTo(facts.get(4));
    assertThat(target.implementation()).isEqualTo("cpython");
    assertThat(target.abi()).startsWith(target.id().python());
  }

  private static Interpreter on(String platform, String libc, String version, int bits) {
    InterpreterFacts real = Pythons.one().facts();
    return new Interpreter(
        new InterpreterFacts(
            real.markers(),
            List.of(3, 12, 1),
            "3.12.1",
            real.executable(),
            real.executable(),
            new InterpreterFacts.Abi("", "", false, false, false, false, bits),
            new InterpreterFacts.Host(platform, "x86_64", libc, version, false, "someos", "1"),
            real.tools(),
            real.compilers()));
  }

  @Test
  void aHostThatIsNoLinuxIsRefusedByName() {
    assertThatThrownBy(() -> HostTargets.of(on("macosx-14.0-arm64", "", "", 64)))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.why()).contains("macosx-14.0-arm64");
              assertThat(e.fix()).contains("<targetFiles>");
            });
  }

  @Test
  void muslHasMusllinuxTagsAndA32BitPythonThoseOf32Bits() {
    assertThat(HostTargets.of(on("linux-x86_64", "musl", "1.2", 64)).tags())
        .contains(Tag.parse("cp312-cp312-musllinux_1_2_x86_64"))
        .doesNotContain(Tag.parse("cp312-cp312-manylinux_2_17_x86_64"));
    assertThat(HostTargets.of(on("linux-x86_64", "glibc", "2.36", 32)).tags())
        .contains(Tag.parse("cp312-cp312-manylinux_2_17_i686"))
        .noneMatch(tag -> tag.platform().endsWith("x86_64"));
  }

  @Test
  void python2IsRefusedAsSuch() {
    assertThatThrownBy(() -> HostTargets.of(old(2, 7, 18)))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.what()).isEqualTo("Python 2.7.18 cannot be a target");
              assertThat(e.fix()).contains("-Dwheel-mirror.pythons=");
            });
  }

  @Test
  void anAbiHasTheLettersOfItsTime() {
    assertThat(HostTargets.of(old(3, 7, 1)).abi()).isEqualTo("cp37m");
  }

  private static Interpreter old(int major, int minor, int micro) {
    InterpreterFacts real = Pythons.one().facts();
    return new Interpreter(
        new InterpreterFacts(
            real.markers(),
            List.of(major, minor, micro),
            major + "." + minor + "." + micro,
            real.executable(),
            real.executable(),
            new InterpreterFacts.Abi("", "", false, false, true, false, 64),
            new InterpreterFacts.Host(
                "linux-x86_64", "x86_64", "glibc", "2.36", false, "debian", "12"),
            real.tools(),
            real.compilers()));
  }
}
