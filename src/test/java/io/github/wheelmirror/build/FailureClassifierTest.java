package io.github.wheelmirror.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureClassifierTest {

  private static final String OR_EXCLUDE =
      ", or exclude the pin with a reason: <exclude>…</exclude>";

  private static Diagnosis classify(String log) {
    return classify(log, PlanScenario.SLUG, "cp312");
  }

  private static Diagnosis classify(String log, String slug, String python) {
    return FailureClassifier.classify(log, PlanScenario.target(slug, python));
  }

  private static Diagnosis environment(String reason, String log) {
    return FailureClassifier.classifyEnvironment(
        reason, log, PlanScenario.target(PlanScenario.SLUG, "cp312"));
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
        "Could not find directory of OpenSSL installation, and this `-sys` crate cannot proceed"
            + "|OpenSSL|install pkgconf and libssl-dev",
        "../meson.build:41:11: ERROR: Dependency \"openblas\" not found, tried pkgconfig and cmake"
            + "|openblas|install libopenblas-dev",
        "  Could NOT find ZLIB (missing: ZLIB_LIBRARY ZLIB_INCLUDE_DIR)|ZLIB|install zlib1g-dev",
        "x.c:3:10: fatal error: libmemcached/memcached.h: No such file or directory"
            + "|libmemcached/memcached.h|install libmemcached-dev",
      })
  void aMissingHeaderOrLibraryNamesItsDebianPackage(String line, String name, String fix) {
    Diagnosis diagnosis = classify("running build_ext\n" + line + "\ncompilation terminated.\n");

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.MISSING_HEADER);
    assertThat(diagnosis.symptom() + "\n" + diagnosis.why()).contains(name);
    assertThat(diagnosis.fix()).startsWith(fix).endsWith(OR_EXCLUDE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "debian-12-x86_64|install libvirt-dev (Debian)|install gcc and g++ (Debian)",
        "ubuntu-24.04-x86_64|install libvirt-dev (Ubuntu)|install gcc and g++ (Ubuntu)",
        "rhel-9.4-x86_64|install libvirt-devel (RHEL family)|install gcc and gcc-c++ (RHEL family)",
        "centos-9-x86_64|install libvirt-devel (RHEL family)|install gcc and gcc-c++ (RHEL family)",
        "alpine-3.19-x86_64|install libvirt-dev (Debian) or libvirt-devel (RHEL family)"
            + "|install gcc and g++ (Debian) or gcc and gcc-c++ (RHEL family)",
      })
  void packagesHaveTheNamesOfTheTargetsDistribution(String slug, String header, String compiler) {
    assertThat(
            classify(
                    "x.c:1:10: fatal error: libvirt/libvirt.h: No such file or directory",
                    slug,
                    "cp311")
                .fix())
        .isEqualTo(header + OR_EXCLUDE);
    assertThat(classify("configure: error: no acceptable C compiler found", slug, "cp311").fix())
        .isEqualTo(compiler + OR_EXCLUDE);
  }

  @Test
  void everyPackageThatIsToldHasANameInTheRhelFamily() {
    assertThat(SystemPackages.packages()).hasSizeGreaterThan(80);
    for (String debian : SystemPackages.packages()) {
      assertThat(RpmPackages.like(debian)).as(debian).isPresent();
    }
  }

  @Test
  void pythonsOwnHeaderHasItsOwnHint() {
    Diagnosis diagnosis =
        classify("netifaces.c:1:10: fatal error: Python.h: No such file or directory");

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.MISSING_HEADER);
    assertThat(diagnosis.why()).contains("Python.h").contains("3.12.1");
    assertThat(diagnosis.symptom()).isEqualTo("Python.h: No such file or directory");
    assertThat(diagnosis.fix()).startsWith("install python3.12-dev").contains("pyenv");
    assertThat(
            classify("x.c:1: fatal error: Python.h: No such file", "rocky-9.3-x86_64", "cp311")
                .failureClass())
        .isEqualTo(FailureClass.COMPILE_ERROR);
    assertThat(
            classify(
                    "x.c:1: fatal error: Python.h: No such file or directory",
                    "rocky-9.3-x86_64",
                    "cp311")
                .fix())
        .startsWith("install python3.11-devel");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "libvirt-override.c:16:10: fatal error: libvirt/libvirt.h: No such file or directory"
            + "|libvirt/libvirt.h: No such file or directory",
        "src/x.c:22:10: fatal error: 'lber.h' file not found|'lber.h' file not found",
        "error: command '/usr/bin/gcc' failed: No such file or directory"
            + "|command 'gcc' failed: No such file or directory",
        "g++: fatal error: Killed signal terminated program cc1plus"
            + "|Killed signal terminated program cc1plus",
        "../meson.build:1:0: ERROR: Unknown compiler(s): [['cc'], ['gcc']]"
            + "|Unknown compiler(s): [['cc'], ['gcc']]",
        "  ModuleNotFoundError: No module named 'numpy'|ModuleNotFoundError: No module named 'numpy'",
        "error: linker `cc` not found|linker `cc` not found",
        "error[E0433]: failed to resolve: use of undeclared crate|failed to resolve: use of undeclared crate",
        "/usr/bin/ld: cannot find -lpq: No such file or directory"
            + "|ld: cannot find -lpq: No such file or directory",
        "FileNotFoundError: [Errno 2] No such file or directory: '/home/me/w/foo-1.0/VERSION'"
            + "|FileNotFoundError: [Errno 2] No such file or directory: 'VERSION'",
        "fatal: unable to access 'https://example.org/a/b.git/': Could not resolve host: example.org"
            + "|fatal: unable to access 'https://example.org/a/b.git/': Could not resolve host:"
            + " example.org",
      })
  void theSymptomIsTheTellingLineWithoutThePlace(String line, String symptom) {
    assertThat(classify("Building\n" + line + "\ncompilation terminated.\n").symptom())
        .isEqualTo(symptom);
  }

  @Test
  void theSymptomIsPrintableAndBounded() {
    Diagnosis diagnosis = classify("\u001b[31mValueError: \u0007" + "x\u0000y ".repeat(400));

    assertThat(diagnosis.symptom()).startsWith("ValueError: xy xy").endsWith("…").hasSize(200);
    assertThat(classify("ValueError: " + "\uD83D\uDE00".repeat(400)).symptom())
        .hasSizeLessThan(400)
        .endsWith("\uD83D\uDE00…");
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
        "CMake Error: No CMAKE_CXX_COMPILER could be found.|no C compiler|install gcc and g++",
        "error: Rust toolchain 1.74 or newer is required|Rust|install rustc and cargo",
        "error: rustup could not choose a version of cargo to run, because one wasn't specified"
            + " explicitly, and no default is configured.|no default toolchain"
            + "|run 'rustup default stable'",
        "error: no default toolchain configured|no default toolchain|run 'rustup default stable'",
        "error: toolchain '1.70-x86_64-unknown-linux-gnu' is not installed"
            + "|toolchain 1.70-x86_64-unknown-linux-gnu"
            + "|run 'rustup toolchain install 1.70-x86_64-unknown-linux-gnu'",
        "error: override toolchain 'nightly' is not installed|toolchain nightly"
            + "|run 'rustup toolchain install nightly'",
        "error: 'rustc' is not installed for the custom toolchain 'mine'.|not whole|see with",
        "error: the 'cargo' binary, normally provided by the 'cargo' component, is not applicable"
            + " to the 'stable' toolchain|not whole|see with",
        "error: Missing manifest in toolchain 'stable'|not whole|see with",
      })
  void aMissingCompilerIsNamed(String line, String why, String fix) {
    Diagnosis diagnosis = classify(line + "\nerror: subprocess-exited-with-error\n");

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.NO_COMPILER);
    assertThat(diagnosis.why()).contains(why);
    assertThat(diagnosis.fix()).startsWith(fix);
  }

  /** What tools say of a compiler that is there and will not start tells less than rustup. */
  @Test
  void rustupsWordsCountMoreThanThoseOfTheToolThatRanIt() {
    Diagnosis diagnosis =
        classify(
            """
            error: rustup could not choose a version of rustc to run, because one wasn't specified
            error: can't find Rust compiler
            Cargo, the Rust package manager, is not installed or is not on PATH.
            This package requires Rust and Cargo to compile extensions. Install it with rustup.
            """);

    assertThat(diagnosis.fix()).startsWith("run 'rustup default stable'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error: no matching package named `pyo3` found",
        "error: failed to get `base64` as a dependency of package `bcrypt-rust v0.1.0 (src)`",
        "  attempting to make an HTTP request, but --offline was specified",
      })
  void cratesThatTheSdistDoesNotBringAreToldWithAWayToBringThem(String line) {
    Diagnosis diagnosis =
        classify(
            line
                + "\n  failed to download from `https://static.example.org/config.json`"
                + "\n  [6] Could not resolve host: static.example.org");

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.NETWORK_NEEDED);
    assertThat(diagnosis.why()).contains("crates are not in the sdist");
    assertThat(diagnosis.fix()).contains("CARGO_HOME");
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
        "meson-python: error: Could not find ninja version 1.8.2 or newer.|install ninja-build",
        "CMake was unable to find a build program corresponding to \"Ninja\".|install ninja-build",
        "Problem with the CMake installation, aborting build. CMake executable is cmake"
            + "|install cmake",
        "*** CMakeNotFoundError: Could not find CMake with version >=3.15|install cmake",
        "FileNotFoundError: [Errno 2] No such file or directory: 'meson'|install meson",
        "Could NOT find PkgConfig (missing: PKG_CONFIG_EXECUTABLE)|install pkgconf",
        "FileNotFoundError: [Errno 2] No such file or directory: 'git'|install git",
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
        "ImportError: cannot import name 'Feature' from 'setuptools' (/e/setuptools/__init__.py)"
            + "|setuptools<46",
        "ImportError: cannot import name 'copy_file' from 'setuptools.command.build_ext'"
            + " (/e/setuptools/command/build_ext.py)|setuptools<64",
        "AttributeError: 'build_ext' object has no attribute 'cython_sources'|Cython<3",
        "error: invalid command 'bdist_wininst'|setuptools<65",
        "ModuleNotFoundError: No module named 'setuptools.command.test'|setuptools<72",
        "ModuleNotFoundError: No module named 'distutils.msvccompiler'|setuptools<74",
        "setuptools.errors.InvalidConfigError: Invalid dash-separated key 'description-file' in"
            + " 'metadata' (setup.cfg)|setuptools<78",
        "src/x.pyx:12:9: undeclared name not builtin: unicode|Cython<3",
      })
  void oldSourcesGetABuildConstraint(String line, String constraint) {
    Diagnosis diagnosis =
        classify("Traceback (most recent call last):\n" + line, PlanScenario.SLUG, "cp311");

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.OLD_SETUPTOOLS);
    assertThat(diagnosis.fix()).startsWith("add " + constraint + " to the build constraints");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "error in anyjson setup command: use_2to3 is invalid.|setuptools<58",
        "ImportError: cannot import name 'Feature' from 'setuptools'|setuptools<46",
        "error: invalid command 'bdist_wininst'|setuptools<65",
        "ModuleNotFoundError: No module named 'numpy.distutils'|numpy<1.26",
      })
  void aBuildConstraintThatCannotHelpOnThisPythonIsNotAdvised(String line, String constraint) {
    Diagnosis diagnosis = classify("Traceback (most recent call last):\n" + line);

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.OLD_SETUPTOOLS);
    assertThat(diagnosis.fix())
        .isEqualTo(
            "use a version that knows this Python: "
                + constraint
                + " does not run on 3.12"
                + OR_EXCLUDE);
  }

  @Test
  void aWarningOfSetuptoolsIsNotTheCause() {
    Diagnosis diagnosis =
        classify(
            """
            SetuptoolsDeprecationWarning: Invalid dash-separated key 'description-file' in 'metadata'
            adding 'ez_setup_notes.txt'
            netifaces.c:1:10: fatal error: lber.h: No such file or directory
            """);

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.MISSING_HEADER);
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
        "src/_counter.c:5:3: error: implicit declaration of function '_PyObject_Vectorcall'",
        "src/x.c:8:20: error: invalid use of incomplete typedef 'PyFrameObject'",
        "RuntimeError: This version of frobnicator only supports Python 2.7",
        "    SyntaxError: invalid syntax",
        "SyntaxError: Missing parentheses in call to 'exec'. Did you mean exec(...)?",
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
        "ModuleNotFoundError: No module named 'Cython'|MISSING_PYTHON_MODULE",
        "error: invalid command 'bdist_wheel'|MISSING_PYTHON_MODULE",
        "ConnectionRefusedError: [Errno 111] Connection refused|NETWORK_NEEDED",
        "socket.gaierror: [Errno -3] Temporary failure in name resolution|NETWORK_NEEDED",
        "curl: (7) Failed to connect to 127.0.0.1 port 80 after 0 ms|NETWORK_NEEDED",
        "wget: unable to resolve host address 'example.org'|NETWORK_NEEDED",
        "fatal: unable to look up example.org (port 9418) (Name does not resolve)|NETWORK_NEEDED",
        "  File \"ez_setup.py\", line 106, in _build_egg|NETWORK_NEEDED",
        "distutils.errors.DistutilsError: Could not find suitable distribution for"
            + " Requirement.parse('pbr>=1.8')|NETWORK_NEEDED",
        "subprocess.CalledProcessError: Command '['python', '-m', 'pip',"
            + " '--disable-pip-version-check', 'wheel', '--quiet', 'pbr']' returned non-zero exit"
            + " status 1.|NETWORK_NEEDED",
        "error: failed to download from `https://static.example.org/crates/libc/`|NETWORK_NEEDED",
        "npm error code EAI_AGAIN getaddrinfo EAI_AGAIN registry.example.org|NETWORK_NEEDED",
        "EOFError: EOF when reading a line|INPUT_NEEDED",
        "fatal: could not read Username for 'https://example.org': No such device|INPUT_NEEDED",
        "Exception: Versioning for this project requires either an sdist tarball, or access to an"
            + " upstream git repository.|NO_VERSION",
        "LookupError: setuptools-scm was unable to detect version for /tmp/x.|NO_VERSION",
        "gcc: internal compiler error: Killed (program cc1)|OUT_OF_MEMORY",
        "error: command '/usr/bin/gcc' terminated by signal 9|OUT_OF_MEMORY",
        "collect2: fatal error: ld terminated with signal 9 [Killed]|OUT_OF_MEMORY",
        "MemoryError|OUT_OF_MEMORY",
        "(signal: 9, SIGKILL: kill)|OUT_OF_MEMORY",
        "cc1plus: out of memory: Cannot allocate memory|OUT_OF_MEMORY",
        "x.c:5:3: error: unused variable 'i' [-Werror=unused-variable]|COMPILE_ERROR",
        "src/_fastmath.c:31:9: error: expected expression before ';' token|COMPILE_ERROR",
        "Cython.Compiler.Errors.CompileError: src/x.pyx|COMPILE_ERROR",
        "error: could not compile `regex` (lib) due to 2 previous errors|COMPILE_ERROR",
        "error: command '/usr/bin/gcc' failed with exit code 1|COMPILE_ERROR",
        "curl: (6) Could not resolve host: example.org|NETWORK_NEEDED",
        "urllib.error.URLError: <urlopen error [Errno -3] x>|NETWORK_NEEDED",
        "fatal: unable to access 'https://example.org/': x|NETWORK_NEEDED",
        "OSError: [Errno 28] No space left on device|DISK_FULL",
        "OSError: [Errno 27] File too large|DISK_FULL",
        "/tmp/x.s: fatal error: error writing to -: File too large|DISK_FULL",
        "ERROR: x does not appear to be a Python project: neither 'setup.py' nor "
            + "'pyproject.toml' found|NO_BUILD_FILE",
        "ERROR: No matching distribution found for setuptools<40|BUILD_ENVIRONMENT",
        "  x No solution found when resolving dependencies:|BUILD_ENVIRONMENT",
        "error: externally-managed-environment|BUILD_ENVIRONMENT",
        "g++: fatal error: Killed signal terminated program cc1plus|OUT_OF_MEMORY",
      })
  void otherSignaturesHaveTheirClass(String line, FailureClass expected) {
    Diagnosis diagnosis = classify("some line\n" + line);

    assertThat(diagnosis.failureClass()).isEqualTo(expected);
    assertThat(diagnosis.fix()).endsWith(OR_EXCLUDE).hasSizeGreaterThan(OR_EXCLUDE.length() + 20);
    assertThat(diagnosis.why()).hasSizeGreaterThan(20);
  }

  @Test
  void aMissingRequirementIsToldInTheWordsOfPip() {
    Diagnosis diagnosis =
        environment(
            "the build requirements setuptools<1 cannot be installed (exit code 1)",
            """
            Looking in indexes: https://index.example.org/simple
            ERROR: Could not find a version that satisfies the requirement setuptools<1 (from versions: 36.0.1, 37.0.0)
            ERROR: No matching distribution found for setuptools<1
            """);

    assertThat(diagnosis)
        .isEqualTo(
            new Diagnosis(
                FailureClass.BUILD_ENVIRONMENT,
                "No matching distribution found for setuptools<1",
                "the build requirements setuptools<1 cannot be installed (exit code 1): no index has"
                    + " a version of setuptools<1 that Python 3.12.1 and the build constraints admit",
                "name an index that has it, or loosen the <buildConstraint> that names it"
                    + OR_EXCLUDE));
  }

  @Test
  void requirementsThatExcludeEachOtherAreNamed() {
    Diagnosis diagnosis =
        environment(
            "the build requirements setuptools<70 cannot be installed (exit code 1)",
            """
            ERROR: Cannot install setuptools<70 because these package versions have conflicting dependencies.

            The conflict is caused by:
                The user requested setuptools<70
                The user requested (constraint) setuptools>=80

            ERROR: ResolutionImpossible: for help visit https://pip.example.org/
            """);

    assertThat(diagnosis.symptom())
        .isEqualTo(
            "Cannot install setuptools<70 because these package versions have conflicting"
                + " dependencies.");
    assertThat(diagnosis.why()).contains("setuptools<70 cannot be installed").contains("exclude");
    assertThat(diagnosis.fix()).contains("<buildConstraint>");
  }

  @Test
  void anIndexThatDoesNotAnswerIsNotTakenForAMissingVersion() {
    Diagnosis diagnosis =
        environment(
            "the build requirements setuptools cannot be installed (exit code 1)",
            """
            WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('<HTTPConnection>: Failed to establish a new connection: [Errno 111] Connection refused')': /simple/setuptools/
            ERROR: Could not find a version that satisfies the requirement setuptools (from versions: none)
            ERROR: No matching distribution found for setuptools
            """);

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.BUILD_ENVIRONMENT);
    assertThat(diagnosis.symptom()).isEqualTo("No matching distribution found for setuptools");
    assertThat(diagnosis.why()).endsWith(": an index could not be reached");
    assertThat(diagnosis.fix()).startsWith("see whether pip reaches the index from here");
  }

  @Test
  void aRequirementThatHadToBeBuiltShowsWhatItsBuildLacked() {
    Diagnosis diagnosis =
        environment(
            "the build requirements cffi cannot be installed (exit code 1)",
            """
              error: subprocess-exited-with-error
              × Building wheel for cffi (pyproject.toml) did not run successfully.
              │ exit code: 1
              ╰─> [12 lines of output]
                  c/_cffi_backend.c:15:10: fatal error: ffi.h: No such file or directory
                  compilation terminated.
                  [end of output]
              note: This error originates from a subprocess, and is likely not a problem with pip.
              ERROR: Failed building wheel for cffi
            ERROR: Failed to build installable wheels for some pyproject.toml based projects (cffi)
            """);

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.BUILD_ENVIRONMENT);
    assertThat(diagnosis.symptom()).isEqualTo("ffi.h: No such file or directory");
    assertThat(diagnosis.why())
        .isEqualTo(
            "the build requirements cffi cannot be installed (exit code 1): the source is C and this"
                + " header is not installed");
    assertThat(diagnosis.fix()).startsWith("install libffi-dev (Debian)");
  }

  @Test
  void anEnvironmentThatCannotEvenBeBegunIsToldByItsReason() {
    Diagnosis noVenv = environment("CPython 3.12.1 (/usr/bin/python3.12) has no module venv", "");
    assertThat(noVenv.symptom()).isEqualTo("CPython 3.12.1 (python3.12) has no module venv");
    assertThat(noVenv.fix()).startsWith("install its module venv");
    Diagnosis noPip =
        environment("no pip of this host runs on CPython 3.12.1 (/usr/bin/python3.12)", "");
    assertThat(noPip.fix()).startsWith("install pip, such as the package python3-pip");
    Diagnosis odd = environment("something (exit code 1)", "\n");
    assertThat(odd.symptom()).isEqualTo("something (exit code 1)");
    assertThat(odd.why()).isNotBlank();
    assertThat(environment("it failed (exit code 2)", "ERROR: Exception:\nTypeError: x\n"))
        .satisfies(
            crash -> {
              assertThat(crash.symptom()).isEqualTo("TypeError: x");
              assertThat(crash.why()).isEqualTo("it failed (exit code 2)");
            });
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

    assertThat(diagnosis)
        .isEqualTo(
            new Diagnosis(
                FailureClass.MISSING_HEADER,
                "lber.h: No such file or directory",
                "the source is C and this header is not installed",
                "install libldap-dev (Debian)" + OR_EXCLUDE));
  }

  @Test
  void anUnknownFailureShowsItsLastTellingLine() {
    Diagnosis diagnosis = classify("a\nValueError: bad \u0007thing\n  at line 3\nbye\n\n");

    assertThat(diagnosis.failureClass()).isEqualTo(FailureClass.UNKNOWN);
    assertThat(diagnosis.symptom()).isEqualTo("ValueError: bad thing");
    assertThat(classify("").symptom()).isEqualTo("the build failed without a word");
    assertThat(classify("only this\n").symptom()).isEqualTo("only this");
    assertThat(classify("ValueError: x\nget_requires_for_build_wheel failed\n").symptom())
        .isEqualTo("ValueError: x");
  }

  @Test
  void textThatLooksLikeAGroupReferenceStaysText() {
    assertThat(classify("OSError: $1 failed \\1 $python").symptom())
        .isEqualTo("OSError: $1 failed \\1 $python");
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
      "x.c:1: ",
      "-> ",
      "/a/b",
      "ERROR: ",
      "Unknown compiler(s): [['"
    };
    assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          for (String piece : pieces) {
            assertBounded(piece.repeat(200_000));
          }
          for (int i = 0; i < 30; i++) {
            var log = new StringBuilder();
            while (log.length() < 100_000) {
              log.append(pieces[random.nextInt(pieces.length)].repeat(1 + random.nextInt(20)));
            }
            assertBounded(log.toString());
          }
        });
  }

  private static void assertBounded(String log) {
    for (Diagnosis diagnosis : List.of(classify(log), environment("it failed", log))) {
      assertThat(diagnosis.symptom()).isNotBlank().hasSizeLessThanOrEqualTo(400);
      assertThat(diagnosis.why()).hasSizeLessThan(500);
      assertThat(diagnosis.fix()).hasSizeLessThan(500);
    }
  }
}
