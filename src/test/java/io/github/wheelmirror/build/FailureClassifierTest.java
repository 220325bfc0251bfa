package io.github.wheelmirror.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.wheelmirror.constraints.Pin;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureClassifierTest {

  private static final Pin PIN = Pin.parse("libvirt-python===10.10.0");

  private static Diagnosis classify(String log) {
    return FailureClassifier.classify(log, PIN, PlanScenario.target(PlanScenario.SLUG, "cp312"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "libvirt-override.c:16:10: fatal error: libvirt/libvirt.h: No such file or directory"
            + "|libvirt/libvirt.h|install libvirt-dev (Debian)",
        "x.c:1:10: fatal error: ffi.h: No such file or directory|ffi.h|install libffi-dev",
        "x.c:1:10: fatal error: openssl/opensslv.h: No such file or directory"
            + "|openssl/opensslv.h|install libssl-dev",
        "src/x.c:22:10: fatal error: 'lber.h' file not found|lber.h|install libldap-dev",
        "Modules/common.h:15:10: fatal error: lber.h: No such file or directory"
            + "|lber.h|install libldap-dev",
        "x.c:9: error: sasl/sasl.h: No such file or directory|sasl/sasl.h|install libsasl2-dev",
        "x.c:1: fatal error: zlib.h: No such file or directory|zlib.h|install zlib1g-dev",
        "x.c:1: fatal error: systemd/sd-daemon.h: No such file or directory"
            + "|systemd/sd-daemon.h|install libsystemd-dev",
        "x.c:1: fatal error: erasurecode.h: No such file or directory"
            + "|erasurecode.h|install liberasurecode-dev",
        "x.c:1: fatal error: rados/librados.h: No such file or directory"
            + "|rados/librados.h|install librados-dev",
        "x.c:1: fatal error: augeas.h: No such file or directory|augeas.h|install libaugeas-dev",
        "x.c:1: fatal error: rare/thing.h: No such file or directory"
            + "|rare/thing.h|install the package with rare/thing.h",
        "/usr/bin/ld: cannot find -lpq: No such file or directory|library pq|install libpq-dev",
        "/usr/bin/ld: cannot find -lrare|library rare|install librare",
        "Package libsystemd was not found in the pkg-config search path."
            + "|libsystemd|install libsystemd-dev",
        "Package 'libvirt', required by 'virtual:world', not found|libvirt|install libvirt-dev",
        "CalledProcessError: Command '['pkg-config', '--libs-only-L', 'libvirt']' returned"
            + " non-zero exit status 1.|libvirt|install libvirt-dev",
        "No package 'libxml-2.0' found|libxml-2.0|install libxml2-dev",
        "Error: Please make sure the libxml2 and libxslt development packages are installed."
            + "|libxml2|install libxml2-dev and libxslt1-dev",
        "Exception: Can not find valid pkg-config name.|MySQL|install pkgconf and default-libmysqlclient-dev",
      })
  void aMissingHeaderOrLibraryNamesItsDebianPackage(String line, String why, String fix) {
    Diagnosis diagnosis = classify("running build_ext\n" + line + "\ncompilation terminated.\n");

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.MISSING_HEADER);
    assertThat(diagnosis.why()).contains(why);
    assertThat(diagnosis.fix())
        .startsWith(fix)
        .endsWith(", or exclude libvirt-python===10.10.0 with a reason: <exclude>…</exclude>");
  }

  @Test
  void pythonsOwnHeaderHasItsOwnHint() {
    Diagnosis diagnosis =
        classify("netifaces.c:1:10: fatal error: Python.h: No such file or directory");

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.MISSING_HEADER);
    assertThat(diagnosis.why()).contains("Python.h").contains("3.12.1");
    assertThat(diagnosis.fix()).startsWith("install python3.12-dev").contains("pyenv");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "error: command 'gcc' failed: No such file or directory|gcc|install gcc (Debian)",
        "error: command '/usr/bin/gcc' failed: No such file or directory|gcc|install gcc",
        "error: command 'x86_64-linux-gnu-gcc' failed: No such file or directory"
            + "|x86_64-linux-gnu-gcc|install gcc (Debian)",
        "unable to execute 'x86_64-linux-gnu-gcc': No such file or directory"
            + "|x86_64-linux-gnu-gcc|install gcc",
        "unable to execute 'gcc': No such file or directory|gcc|install gcc",
        "FileNotFoundError: [Errno 2] No such file or directory: 'gcc'|gcc|install gcc",
        "error: [Errno 2] No such file or directory: 'gcc'|gcc|install gcc",
        "/bin/sh: 1: gcc: not found|gcc|install gcc",
        "sh: line 1: g++: command not found|g++|install g++",
        "error: command 'gcc-12' failed: No such file or directory|gcc-12|install gcc",
        "gcc: fatal error: cannot execute 'cc1plus': execvp: No such file|cc1plus|install g++",
        "../meson.build:1:0: ERROR: Unknown compiler(s): [['cc'], ['gcc'], ['clang']]"
            + "|no C compiler|install gcc and g++",
        "configure: error: no acceptable C compiler found in $PATH|no C compiler|install gcc",
        "error: linker `cc` not found|cc|install gcc",
        "error: can't find Rust compiler|Rust|install rustc and cargo",
        "/bin/sh: 1: cargo: not found|Rust|install rustc and cargo",
        "No such file or directory: 'rustc'|Rust|install rustc and cargo",
        "Cargo, the Rust package manager, is not installed or is not on PATH."
            + "|Rust|install rustc and cargo",
        "sh: 1: gfortran: not found|gfortran|install gfortran",
      })
  void aMissingCompilerIsNamed(String line, String why, String fix) {
    Diagnosis diagnosis = classify(line + "\nerror: subprocess-exited-with-error\n");

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.NO_COMPILER);
    assertThat(diagnosis.why()).contains(why);
    assertThat(diagnosis.fix()).startsWith(fix);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FileNotFoundError: [Errno 2] No such file or directory: 'pkg-config'|install pkgconf",
        "/bin/sh: 1: pkg-config: not found|install pkgconf (Debian)",
        "pkg-config binary is required to compile libvirt-python|install pkgconf",
        "/bin/sh: pkg-config: command not found|install pkgconf",
        "unable to execute 'swig': No such file or directory|install swig",
        "/bin/sh: 1: mysql_config: not found|install default-libmysqlclient-dev",
        "Error: pg_config executable not found.|install libpq-dev",
        "/bin/sh: 1: xslt-config: not found|install libxslt1-dev",
        "/bin/sh: 1: xml2-config: not found|install libxml2-dev",
        "ERROR: Did not find CMake 'cmake'|install cmake",
        "RuntimeError: CMake must be installed to build|install cmake",
        "../meson.build:1: ERROR: Could not detect Ninja v1.8.2 or newer|install ninja-build",
        "No such file or directory: 'make'|install make",
        "sh: line 1: frobnicate: command not found|install frobnicate,",
        "/bin/sh: 1: frobnicate: not found|install frobnicate,",
      })
  void aMissingProgramNamesItsDebianPackage(String line, String fix) {
    Diagnosis diagnosis = classify(line);

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.MISSING_PROGRAM);
    assertThat(diagnosis.fix()).startsWith(fix);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "error in anyjson setup command: use_2to3 is invalid.|setuptools<58",
        "ModuleNotFoundError: No module named 'pkg_resources'|setuptools<82",
        "ImportError: cannot import name 'Feature' from 'setuptools'|setuptools<46",
        "AttributeError: 'build_ext' object has no attribute 'cython_sources'|Cython<3",
        "error: invalid command 'bdist_wininst'|setuptools<67",
      })
  void oldSourcesGetABuildConstraint(String line, String constraint) {
    Diagnosis diagnosis = classify("Traceback (most recent call last):\n" + line);

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.OLD_SETUPTOOLS);
    assertThat(diagnosis.fix()).startsWith("add " + constraint + " to the build constraints");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ModuleNotFoundError: No module named 'distutils'",
        "ModuleNotFoundError: No module named 'imp'",
        "ModuleNotFoundError: No module named 'asyncore'",
        "NameError: name 'CCompiler' is not defined. Did you mean: 'ccompiler'?",
        "SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?",
        "src/x.c:100:12: fatal error: longintrepr.h: No such file or directory",
        "x.c:1: error: ‘PyTypeObject’ {aka ‘struct _typeobject’} has no member named ‘tp_print’",
        "AttributeError: module 'configparser' has no attribute 'SafeConfigParser'",
        "error: the configured Python interpreter version (3.13) is newer than PyO3's maximum"
            + " supported version (3.12)",
        "RuntimeError: Python version >= 3.13 required.",
        "ERROR: Package 'x' requires a different Python: 3.12.1 not in '<3.12'",
      })
  void aSourceForAnotherPythonIsUnsupported(String line) {
    Diagnosis diagnosis = classify(line + "\nerror: command '/usr/bin/gcc' failed\n");

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.UNSUPPORTED_PYTHON);
    assertThat(diagnosis.why()).contains("3.12.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ModuleNotFoundError: No module named 'numpy'|MISSING_PYTHON_MODULE",
        "ModuleNotFoundError: No module named 'impact'|MISSING_PYTHON_MODULE",
        "curl: (6) Could not resolve host: example.org|NETWORK_NEEDED",
        "urllib.error.URLError: <urlopen error [Errno -3] x>|NETWORK_NEEDED",
        "fatal: unable to access 'https://example.org/': x|NETWORK_NEEDED",
        "OSError: [Errno 28] No space left on device|DISK_FULL",
        "ERROR: x does not appear to be a Python project: neither 'setup.py' nor "
            + "'pyproject.toml' found|NO_BUILD_FILE",
        "ERROR: No matching distribution found for setuptools<40|BUILD_ENVIRONMENT",
        "  x No solution found when resolving dependencies:|BUILD_ENVIRONMENT",
        "error: externally-managed-environment|BUILD_ENVIRONMENT",
        "g++: fatal error: Killed signal terminated program cc1plus|UNKNOWN",
      })
  void otherSignaturesHaveTheirClass(String line, FailureClass expected) {
    Diagnosis diagnosis = classify("some line\n" + line);

    assertThat(diagnosis.failureClass()).isEqualTo(expected);
    assertThat(diagnosis.fix()).contains("exclude libvirt-python===10.10.0");
  }

  @Test
  void aFileThatTheSdistLacksIsNotTakenForAProgram() {
    Diagnosis diagnosis =
        classify("FileNotFoundError: [Errno 2] No such file or directory: 'requirements.txt'");

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.UNKNOWN);
    assertThat(diagnosis.why()).contains("requirements.txt");
  }

  @Test
  void theLineThatTellsMoreWinsWhateverFollows() {
    Diagnosis diagnosis =
        classify(
            """
            building '_ldap' extension
            \u001b[01mModules/common.h:15:10:\u001b[m \u001b[01;31mfatal error: \u001b[mlber.h: No such file or directory
            compilation terminated.
            error: command '/usr/bin/gcc' failed with exit code 1
            ERROR: Failed building wheel for python-ldap
            """);

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.MISSING_HEADER);
    assertThat(diagnosis.why()).contains("lber.h");
  }

  @Test
  void anUnknownFailureShowsItsLastTellingLine() {
    Diagnosis diagnosis = classify("a\nValueError: bad \u0007thing\n  at line 3\nbye\n\n");

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.UNKNOWN);
    assertThat(diagnosis.why()).isEqualTo("the build failed: ValueError: bad thing");
    assertThat(classify("").why()).isEqualTo("the build failed without a word");
    assertThat(classify("only this\n").why()).isEqualTo("the build failed: only this");
  }

  @Test
  void textThatLooksLikeAGroupReferenceStaysText() {
    assertThat(classify("OSError: $1 failed \\1 $python").why()).contains("$1 failed \\1 $python");
  }

  @Test
  void hostileLogsAreReadInBoundedTime() {
    var random = new Random(7);
    String[] pieces = {
      "fatal error: ",
      "'",
      "No such file or directory",
      "/",
      "a",
      " ",
      "has no member named ",
      "command '",
      "Python version ",
      "error: ",
      "\u001b[",
      "0;",
      "-linux-gnu-",
      "\n",
      "‘",
      "\0",
      "No module named '",
      "not found",
      ": ",
      "required by ",
      "Unknown compiler(s): [['"
    };
    assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          for (String piece : pieces) {
            assertThat(classify(piece.repeat(200_000)).why()).hasSizeLessThan(500);
          }
          for (int i = 0; i < 30; i++) {
            var log = new StringBuilder();
            while (log.length() < 100_000) {
              log.append(pieces[random.nextInt(pieces.length)].repeat(1 + random.nextInt(20)));
            }
            assertThat(classify(log.toString()).why()).hasSizeLessThan(500);
          }
        });
  }
}
