package io.github.wheelmirror.build;

import static io.github.wheelmirror.build.FailureClass.BUILD_ENVIRONMENT;
import static io.github.wheelmirror.build.FailureClass.COMPILE_ERROR;
import static io.github.wheelmirror.build.FailureClass.DISK_FULL;
import static io.github.wheelmirror.build.FailureClass.INPUT_NEEDED;
import static io.github.wheelmirror.build.FailureClass.NETWORK_NEEDED;
import static io.github.wheelmirror.build.FailureClass.NO_BUILD_FILE;
import static io.github.wheelmirror.build.FailureClass.NO_VERSION;
import static io.github.wheelmirror.build.FailureClass.OUT_OF_MEMORY;
import static io.github.wheelmirror.build.FailureClass.UNKNOWN;

import java.util.Arrays;
import java.util.List;

/** All {@link FailureRule}s in the order in which they are tried: the more telling ones first. */
final class FailureRules {

  private static final String UNREACHABLE =
      "Temporary failure in name resolution|Name or service not known|"
          + "[Cc]ould(?: not|n't) resolve (?:host|proxy)|unable to resolve host|"
          + "Network is unreachable|No route to host|nodename nor servname|"
          + "Failed to establish a new connection|Connection refused|ConnectionRefusedError|"
          + "Connection timed out|Max retries exceeded with url";

  private static final List<FailureRule> OTHER_CAUSES =
      List.of(
          FailureRule.of(
              DISK_FULL,
              "No space left on device|Disk quota exceeded|\\[Errno 28\\]",
              "no space was left while building",
              "free space for temporary files and the wheelhouse, then build again"),
          FailureRule.of(
              DISK_FULL,
              "File too large|File size limit exceeded|\\[Errno 27\\]|signal: 25, SIGXFSZ",
              "one file alone was larger than all that a build may write",
              "allow more with -Dwheel-mirror.buildDisk=MIB"),
          FailureRule.of(
              OUT_OF_MEMORY,
              "Killed signal terminated program|signal: 9, SIGKILL|^Killed$|^MemoryError|"
                  + "(?:[Kk]illed|terminated) (?:by|with) signal 9|internal compiler error: Killed|"
                  + "virtual memory exhausted|[Cc]annot allocate memory|std::bad_alloc|"
                  + "LLVM ERROR: out of memory|"
                  + "(?:exit code|exit status|status) (?:-9|137)\\b|Signals\\.SIGKILL",
              "the build or its compiler was killed, probably because memory ran out",
              "let fewer builds run at once with -Dwheel-mirror.builds=NUMBER, or give the machine"
                  + " more memory"),
          FailureRule.of(
              INPUT_NEEDED,
              "EOFError: EOF when reading|^EOFError$|termios\\.error|"
                  + "Inappropriate ioctl for device|could not read (?:Username|Password) for",
              "the build asks a person something, and nobody answers a build",
              "use a version that builds without questions"),
          FailureRule.of(
              NO_VERSION,
              "Versioning for this project requires either an sdist tarball|"
                  + "setuptools[-_]scm was unable to detect version|"
                  + "Error getting the version from source `vcs`",
              "the sdist has neither PKG-INFO nor a Git history, which would tell its version",
              "name an index that has upstream's own sdist"),
          FailureRule.of(
              NO_BUILD_FILE,
              "neither 'setup\\.py' nor 'pyproject\\.toml'|"
                  + "does not appear to be a Python project|"
                  + "No such file or directory: '(?:[^']{0,300}/)?setup\\.py'",
              "the sdist has neither pyproject.toml nor setup.py",
              "nothing helps for this sdist"));

  private static final List<FailureRule> NETWORK =
      List.of(
          FailureRule.of(
              NETWORK_NEEDED,
              "no matching package named `[^`]{1,100}` found|"
                  + "failed to get `[^`]{1,100}` as a dependency of package|"
                  + "failed to (?:download|query) .{0,200}crates|"
                  + "attempting to make an HTTP request, but --offline was specified",
              "its Rust crates are not in the sdist, and builds have no network",
              "fetch them once into a folder that an <override> names as CARGO_HOME (see the page on"
                  + " overrides)"),
          FailureRule.of(
              NETWORK_NEEDED,
              UNREACHABLE
                  + "|urlopen error|\\bcurl: \\([0-9]{1,3}\\)|Download error on https?:|"
                  + "failed to download from|failed to clone into|Failed to clone repository|"
                  + "unable to access '(?:https?|git):|unable to look up .{1,100} \\(port |"
                  + "dial tcp: lookup|getaddrinfo (?:EAI_AGAIN|ENOTFOUND)",
              "the build wanted to download something by itself, and builds have no network",
              "nothing helps but another version of it"),
          FailureRule.of(
              NETWORK_NEEDED,
              "ez_setup\\.py['\", ]|No module named '?ez_setup|(?:import|from) ez_setup|"
                  + "\\bdownload_setuptools\\b",
              "the source fetches setuptools by itself with ez_setup, and builds have no network",
              "nothing helps but another version of it"),
          FailureRule.of(
              NETWORK_NEEDED,
              "Could not find suitable distribution for Requirement\\.parse|"
                  + "No local packages or working download links found|"
                  + "'-m', 'pip', .{0,60}'wheel'.{1,400}returned non-zero",
              "the source fetches its own requirements while it is built (setup_requires), and"
                  + " builds have no network",
              "use a version that declares them in pyproject.toml"));

  private static final List<FailureRule> INSTALLERS =
      List.of(
          FailureRule.of(
              BUILD_ENVIRONMENT,
              UNREACHABLE
                  + "|ReadTimeoutError|Read timed out|ProxyError|SSLError|HTTP error 5[0-9]{2}",
              "an index could not be reached",
              "see whether pip reaches the index from here, then build again"),
          FailureRule.of(
              BUILD_ENVIRONMENT,
              "^(?:ERROR: )?No matching distribution found for (.{1,100})",
              "no index has a version of $1 that Python $python and the build constraints admit",
              "name an index that has it, or loosen the <buildConstraint> that names it"),
          FailureRule.of(
              BUILD_ENVIRONMENT,
              "conflicting dependencies|ResolutionImpossible|No solution found when resolving",
              "they exclude each other, or a build constraint excludes one of them",
              "loosen the <buildConstraint> that the log names"),
          FailureRule.of(
              BUILD_ENVIRONMENT,
              "no module venv|ensurepip is not available|No module named '?venv",
              "this Python cannot make virtual environments",
              "install its module venv, such as the package python3-venv"),
          FailureRule.of(
              BUILD_ENVIRONMENT,
              "no pip of this host|No module named '?pip\\b|externally-managed-environment",
              "nothing here can install build requirements for this Python",
              "install pip, such as the package python3-pip"));

  private static final List<FailureRule> BACK_END_INSTALLS =
      List.of(
          FailureRule.of(
              BUILD_ENVIRONMENT,
              "No matching distribution found for (.{1,100})|"
                  + "Could not find a version that satisfies the requirement (?:.{1,100})|"
                  + "ResolutionImpossible|No solution found when resolving",
              "its build requirements cannot be installed together on Python $python",
              "loosen the build constraints of the oldest branch that wants it"),
          FailureRule.of(
              BUILD_ENVIRONMENT,
              "externally-managed-environment|ensurepip is not available|No module named pip\\b",
              "no build environment could be made with this Python",
              "install Python's own venv and pip packages"));

  private static final List<FailureRule> SOURCES =
      List.of(
          FailureRule.of(
              COMPILE_ERROR,
              "error: .{0,300}\\[-Werror[=\\]]|: all warnings being treated as errors",
              "the source makes warnings errors, and this compiler warns of more than its author's",
              "use a version that knows this compiler"),
          FailureRule.of(
              COMPILE_ERROR,
              "Cython\\.Compiler\\.Errors\\.CompileError",
              "this Cython refuses the source",
              "add the Cython of its time, such as Cython<3, to the build constraints of the"
                  + " branches that want it"),
          FailureRule.of(
              COMPILE_ERROR,
              "^(?!_configtest)[^\\s:]{1,120}:[0-9]{1,7}(?::[0-9]{1,7})?: (?:fatal )?error: |"
                  + "^error\\[E[0-9]{4}\\]: |^error: could not compile `|"
                  + "error: command .{1,200} failed with exit (?:code|status) [0-9]|"
                  + "undefined reference to '",
              "the compiler here refuses the source; lines above it in the log may tell more",
              "use a version that knows this compiler and Python $python"),
          FailureRule.of(
              UNKNOWN,
              "FileNotFoundError: .{0,40}No such file or directory: '([^']{1,120})'",
              "the build looks for $1, which is neither in the sdist nor installed",
              "use a version whose sdist is complete"));

  private FailureRules() {}

  /** For what a build printed. */
  static List<FailureRule> ofBuilds() {
    return joined(
        OTHER_CAUSES,
        PythonRules.BUILD_TOOLS,
        NETWORK,
        PythonRules.PYTHON,
        SystemRules.HEADERS,
        SystemRules.PROGRAMS,
        PythonRules.MODULES,
        BACK_END_INSTALLS,
        SOURCES);
  }

  /** For what pip printed when it could not install build requirements. */
  static List<FailureRule> ofInstallers() {
    return joined(OTHER_CAUSES.subList(0, 2), INSTALLERS);
  }

  /** For what pip printed when a build requirement had to be built and that failed. */
  static List<FailureRule> ofRequirements() {
    return joined(
        PythonRules.BUILD_TOOLS,
        PythonRules.PYTHON,
        SystemRules.HEADERS,
        SystemRules.PROGRAMS,
        PythonRules.MODULES);
  }

  @SafeVarargs
  private static List<FailureRule> joined(List<FailureRule>... rules) {
    return Arrays.stream(rules).flatMap(List::stream).toList();
  }
}
