package io.github.wheelmirror.build;

import static io.github.wheelmirror.build.FailureClass.BUILD_ENVIRONMENT;
import static io.github.wheelmirror.build.FailureClass.DISK_FULL;
import static io.github.wheelmirror.build.FailureClass.MISSING_HEADER;
import static io.github.wheelmirror.build.FailureClass.MISSING_PROGRAM;
import static io.github.wheelmirror.build.FailureClass.MISSING_PYTHON_MODULE;
import static io.github.wheelmirror.build.FailureClass.NETWORK_NEEDED;
import static io.github.wheelmirror.build.FailureClass.NO_BUILD_FILE;
import static io.github.wheelmirror.build.FailureClass.NO_COMPILER;
import static io.github.wheelmirror.build.FailureClass.OLD_SETUPTOOLS;
import static io.github.wheelmirror.build.FailureClass.UNKNOWN;
import static io.github.wheelmirror.build.FailureClass.UNSUPPORTED_PYTHON;

import io.github.wheelmirror.constraints.Target;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All {@link FailureRule}s, the more telling ones first. */
final class FailureRules {

  private static final String NAME = "([A-Za-z0-9_.+-]{1,80})";
  private static final String KNOWN_PROGRAM =
      SystemPackages.programs().stream()
          .map(Pattern::quote)
          .collect(Collectors.joining("|", "(", ")"));
  private static final String HEADER = "([A-Za-z0-9_./+-]{1,120}\\.(?:hpp|hxx|hh|h))";
  private static final String COMPILER =
      "((?:[a-z0-9_]{1,20}-linux-gnu[a-z0-9]{0,10}-)?"
          + "(?:gcc|g\\+\\+|cc|c\\+\\+|c99|clang\\+\\+|clang|gfortran|f77|f95)(?:-[0-9]{1,3})?)";

  private static final List<FailureRule> OTHER_CAUSES =
      List.of(
          FailureRule.of(
              DISK_FULL,
              "No space left on device|Disk quota exceeded|\\[Errno 28\\]",
              "no space was left while building",
              "free space for temporary files and the wheelhouse, then build again"),
          FailureRule.of(
              UNKNOWN,
              "Killed signal terminated program|signal: 9, SIGKILL|^Killed$|^MemoryError",
              "the compiler was killed, probably because memory ran out",
              "lower the builds limit or give the machine more memory"),
          FailureRule.of(
              NO_BUILD_FILE,
              "neither 'setup\\.py' nor 'pyproject\\.toml'|"
                  + "does not appear to be a Python project|"
                  + "No such file or directory: '(?:[^']{0,300}/)?setup\\.py'",
              "the sdist has neither pyproject.toml nor setup.py",
              "nothing helps for this sdist"));

  private static final List<FailureRule> PYTHON =
      List.of(
          FailureRule.of(
              UNSUPPORTED_PYTHON,
              "error: (longintrepr\\.h|code\\.h|node\\.h|graminit\\.h): No such file or directory",
              "the C source uses $1, which Python $python does not have any more",
              "use a version that knows this Python"),
          FailureRule.of(
              UNSUPPORTED_PYTHON,
              "No module named '?(distutils|imp|asyncore|asynchat|smtpd|lib2to3|cgi|pipes|"
                  + "ConfigParser|StringIO|urllib2|__builtin__|commands)\\b",
              "the source imports $1, which Python $python does not have",
              "use a version that knows this Python"),
          FailureRule.of(
              UNSUPPORTED_PYTHON,
              "SyntaxError: Missing parentheses in call to 'print'|"
                  + "SyntaxError: multiple exception types must be parenthesized|"
                  + "NameError: name '(?:CCompiler|unicode|basestring|execfile|raw_input|xrange)'",
              "the source is for an older Python than $python",
              "use a version that knows this Python"),
          FailureRule.of(
              UNSUPPORTED_PYTHON,
              "has no attribute '(getargspec|MutableMapping|Mapping|Iterable|Callable|"
                  + "SafeConfigParser|readfp|linux_distribution|ImpImporter|find_module)'",
              "the source uses $1, which Python $python does not have any more",
              "use a version that knows this Python"),
          FailureRule.of(
              UNSUPPORTED_PYTHON,
              "is newer than PyO3's maximum supported version|"
                  + "(?:requires|require|needs) Python '?[<>=!~]|"
                  + "requires a different Python|Unsupported Python version|"
                  + "(?:Python|python) version .{0,40} (?:is )?(?:required|not supported)|"
                  + "(?:only supports|not supported on|does not support) [Pp]ython",
              "the source refuses Python $python",
              "use a version that knows this Python"),
          FailureRule.of(
              UNSUPPORTED_PYTHON,
              "error: .{0,120}(?:has no member named .(tp_print|ob_shape|ob_digit|curexc_type|"
                  + "exc_type|use_tracing|f_code|cframe|wstr_length).)|"
                  + "implicit declaration of function .(_?Py[A-Za-z_]{1,60})",
              "the C source uses parts of Python that $python does not have any more",
              "use a version that knows this Python"));

  private static final List<FailureRule> SETUPTOOLS =
      List.of(
          old("use_2to3 is invalid", "setuptools<58", "it uses use_2to3"),
          old("No module named '?pkg_resources", "setuptools<82", "it imports pkg_resources"),
          old("cannot import name '?Feature'?", "setuptools<46", "it imports Feature"),
          old("invalid command '?(bdist_wininst)", "setuptools<67", "it uses $1"),
          old("No module named '?setuptools\\.command\\.test", "setuptools<72", "it uses 'test'"),
          old(
              "cannot import name '?(?:_deprecation_warning|fetch_build_eggs|bdist_rpm)",
              "setuptools<60",
              "it uses old parts of setuptools"),
          old(
              "Invalid dash-separated key|dash-separated .{0,40}(?:not supported|is invalid)",
              "setuptools<78",
              "its setup.cfg has keys with dashes"),
          old("has no attribute '?cython_sources", "Cython<3", "its Cython code is old"),
          old("No module named '?numpy\\.distutils", "numpy<1.26", "it uses numpy.distutils"),
          old(
              "undeclared name not builtin: (?:long|unicode|basestring)",
              "Cython<3",
              "its Cython code is old"));

  private static final List<FailureRule> NETWORK =
      List.of(
          FailureRule.of(
              NETWORK_NEEDED,
              "Temporary failure in name resolution|Name or service not known|"
                  + "Could not resolve host|Network is unreachable|nodename nor servname|"
                  + "urlopen error|\\bez_setup\\b|Failed to establish a new connection|"
                  + "Download error on https?:|failed to download from|"
                  + "unable to access 'https?:",
              "the build wanted to download something by itself, and builds have no network",
              "nothing helps but another version of it"));

  private static final List<FailureRule> HEADERS =
      List.of(
          FailureRule.of(
              MISSING_HEADER,
              "(Python|pyconfig)\\.h['\"]?:? (?:No such file or directory|file not found)",
              "$1.h, the header of Python $python itself, is not installed",
              (match, target) -> pythonHeaders(target)),
          header("(?:fatal )?error: " + HEADER + ": No such file or directory"),
          header("fatal error: '" + HEADER + "' file not found"),
          FailureRule.of(
              MISSING_HEADER,
              "cannot find -l" + NAME,
              "the library $1 is not installed, and the source links with it",
              (match, target) -> install(SystemPackages.ofLibrary(match.group(1)), "lib$1", match)),
          FailureRule.of(
              MISSING_HEADER,
              "(?:No package|Package) '?"
                  + NAME
                  + "'?(?:, required by .{1,80})?,?"
                  + " (?:was not found|not found|found)",
              "pkg-config does not know $1: its development files are not installed",
              (match, target) -> install(SystemPackages.ofModule(match.group(1)), "$1", match)),
          FailureRule.of(
              MISSING_HEADER,
              "'pkg-config', .{1,120}'" + NAME + "'\\]' returned non-zero",
              "pkg-config does not know $1: its development files are not installed",
              (match, target) -> install(SystemPackages.ofModule(match.group(1)), "$1", match)),
          FailureRule.of(
              MISSING_HEADER,
              "make sure the libxml2 and libxslt development packages",
              "libxml2 and libxslt are not installed",
              "install libxml2-dev and libxslt1-dev (Debian)"),
          FailureRule.of(
              MISSING_HEADER,
              "Can not find valid pkg-config name",
              "pkg-config knows neither MySQL's nor MariaDB's client library",
              "install pkgconf and default-libmysqlclient-dev (Debian)"),
          FailureRule.of(
              MISSING_HEADER,
              "Could not find directory of OpenSSL installation",
              "OpenSSL's development files are not installed",
              "install pkgconf and libssl-dev (Debian)"));

  private static final List<FailureRule> PROGRAMS =
      List.of(
          compiler("command '?(?:/[^' ]{0,200}/)?" + COMPILER + "'? failed: No such file"),
          compiler("unable to execute '?" + COMPILER + "'?: No such file"),
          compiler("(?:^|[ :/])" + COMPILER + ": (?:command )?not found"),
          compiler("No such file or directory: '(?:/[^']{0,200}/)?" + COMPILER + "'"),
          compiler("cannot execute '?(cc1plus)"),
          compiler("linker `?(cc)`? not found"),
          FailureRule.of(
              NO_COMPILER,
              "Unknown compiler\\(s\\): \\[\\['([a-z+0-9]{1,20})'|"
                  + "no acceptable C(?:\\+\\+)? compiler found|"
                  + "No CMAKE_C(?:XX)?_COMPILER could be found",
              "no C compiler is installed",
              "install gcc and g++ (Debian)"),
          FailureRule.of(
              NO_COMPILER,
              "can't find Rust compiler|Rust toolchain|"
                  + "[Rr]ust compiler .{0,40}not found|the Rust package manager, is not installed|"
                  + "(?:^|[ :/'])(?:rustc|cargo)'?: (?:command )?not found|"
                  + "No such file or directory: '(?:rustc|cargo)'",
              "no Rust compiler is installed",
              "install rustc and cargo (Debian), or a newer Rust if the source wants one"),
          program("No such file or directory: '(?:/[^']{0,200}/)?" + KNOWN_PROGRAM + "'"),
          program("sh: (?:line )?[0-9]{1,5}: " + NAME + ": not found"),
          program("(?:^|[ :/])" + NAME + ": command not found"),
          program("unable to execute '?" + NAME + "'?: No such file"),
          program(NAME + " (?:executable not found|binary is required)"),
          program("Did not find (CMake|pkg-config|ninja)"),
          program("(CMake) must be installed"),
          program("Could not detect (Ninja) v"));

  private static final List<FailureRule> ENVIRONMENT =
      List.of(
          FailureRule.of(
              MISSING_PYTHON_MODULE,
              "(?:ModuleNotFoundError|ImportError): No module named '?([A-Za-z0-9_.]{1,80})",
              "the build imports $1, and the sdist does not declare it as a build requirement",
              "use a version that declares it"),
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
              "install uv, or Python's own venv and pip packages"),
          FailureRule.of(
              UNKNOWN,
              "FileNotFoundError: .{0,40}No such file or directory: '([^']{1,120})'",
              "the build looks for $1, which is neither in the sdist nor installed",
              "use a version whose sdist is complete"));

  private FailureRules() {}

  /** In the order in which they are tried. */
  static List<FailureRule> all() {
    return Stream.of(OTHER_CAUSES, SETUPTOOLS, NETWORK, PYTHON, HEADERS, PROGRAMS, ENVIRONMENT)
        .flatMap(List::stream)
        .toList();
  }

  private static FailureRule old(String regex, String constraint, String reason) {
    return FailureRule.of(
        OLD_SETUPTOOLS,
        regex,
        "the source needs older build tools: " + reason,
        "add " + constraint + " to the build constraints of the branches that want it");
  }

  private static FailureRule header(String regex) {
    return FailureRule.of(
        MISSING_HEADER,
        regex,
        "the source is C and its header $1 is not installed",
        (match, target) ->
            install(SystemPackages.ofHeader(match.group(1)), "the package with $1", match));
  }

  private static FailureRule compiler(String regex) {
    return FailureRule.of(
        NO_COMPILER,
        regex,
        "the source needs the compiler $1, which is not installed",
        (match, target) -> install(SystemPackages.ofCompiler(match.group(1)), "$1", match));
  }

  private static FailureRule program(String regex) {
    return FailureRule.of(
        MISSING_PROGRAM,
        regex,
        "the build runs $1, which is not installed",
        (match, target) ->
            install(
                SystemPackages.ofProgram(match.group(1).toLowerCase(Locale.ROOT)), "$1", match));
  }

  private static String install(Optional<String> debian, String unknown, MatchResult match) {
    return debian
        .map(name -> "install " + name + " (Debian)")
        .orElseGet(() -> "install " + unknown.replace("$1", match.group(1)));
  }

  private static String pythonHeaders(Target target) {
    String[] parts = target.fullVersion().split("\\.", 3);
    String minor = parts.length < 2 ? "3" : parts[0] + "." + parts[1];
    return "install python"
        + minor
        + "-dev (Debian's own Python), or use a Python that brings its headers, such as pyenv's";
  }
}
