package io.github.wheelmirror.build;

import static io.github.wheelmirror.build.FailureClass.MISSING_HEADER;
import static io.github.wheelmirror.build.FailureClass.MISSING_PROGRAM;
import static io.github.wheelmirror.build.FailureClass.NO_COMPILER;

import io.github.wheelmirror.constraints.Target;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Rules for what the operating system lacks: headers, libraries, compilers and other programs. */
final class SystemRules {

  private static final String NAME = "([A-Za-z0-9_.+-]{1,80})";
  private static final String KNOWN_PROGRAM =
      SystemPackages.programs().stream()
          .map(Pattern::quote)
          .collect(Collectors.joining("|", "(", ")"));
  private static final String HEADER = "([A-Za-z0-9_./+-]{1,120}\\.(?:hpp|hxx|hh|h))";
  private static final String BUILD_TOOL = "(CMake|Ninja|Meson|pkg-config|PkgConfig)";
  private static final String COMPILER =
      "((?:[a-z0-9_]{1,20}-linux-gnu[a-z0-9]{0,10}-)?"
          + "(?:gcc|g\\+\\+|cc|c\\+\\+|c99|clang\\+\\+|clang|gfortran|f77|f95)(?:-[0-9]{1,3})?)";

  static final List<FailureRule> HEADERS =
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
              installing(SystemPackages::ofLibrary, "lib$1")),
          FailureRule.of(
              MISSING_HEADER,
              "(?:No package|Package) '?"
                  + NAME
                  + "'?(?:, required by .{1,80})?,?"
                  + " (?:was not found|not found|found)",
              "pkg-config does not know $1: its development files are not installed",
              installing(SystemPackages::ofModule, "$1")),
          FailureRule.of(
              MISSING_HEADER,
              "'pkg-config', .{1,120}'" + NAME + "'\\]' returned non-zero",
              "pkg-config does not know $1: its development files are not installed",
              installing(SystemPackages::ofModule, "$1")),
          FailureRule.of(
              MISSING_HEADER,
              "Dependency (?:lookup for )?['\"]?" + NAME + "['\"]? (?:not found|with method)",
              "Meson does not find $1: its development files are not installed",
              installing(SystemPackages::ofModule, "$1")),
          FailureRule.of(
              MISSING_HEADER,
              "^Could NOT find (?!PkgConfig)([A-Za-z0-9_]{1,40}) \\(missing",
              "CMake does not find $1: its development files are not installed",
              installing(name -> SystemPackages.ofModule(name.toLowerCase(Locale.ROOT)), "$1")),
          FailureRule.of(
              MISSING_HEADER,
              "make sure the libxml2 and libxslt development packages",
              "libxml2 and libxslt are not installed",
              packages("libxml2-dev", "libxslt1-dev")),
          FailureRule.of(
              MISSING_HEADER,
              "Can not find valid pkg-config name",
              "pkg-config knows neither MySQL's nor MariaDB's client library",
              packages("pkgconf", "default-libmysqlclient-dev")),
          FailureRule.of(
              MISSING_HEADER,
              "Could not find directory of OpenSSL installation",
              "OpenSSL's development files are not installed",
              packages("pkgconf", "libssl-dev")));

  static final List<FailureRule> PROGRAMS =
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
              packages("gcc", "g++")),
          FailureRule.of(
              NO_COMPILER,
              "toolchain '([^' ]{1,80})' is not installed",
              "the build wants the Rust toolchain $1, which rustup does not have",
              "run 'rustup toolchain install $1' as the user that builds, or choose another for it"
                  + " with RUSTUP_TOOLCHAIN in an <override>"),
          FailureRule.of(
              NO_COMPILER,
              "rustup could not choose a version|no (?:override and no )?default toolchain",
              "rustup is here, but its user has no default toolchain",
              "run 'rustup default stable' as the user that builds, or set RUSTUP_HOME to the folder"
                  + " that has the toolchains"),
          FailureRule.of(
              NO_COMPILER,
              "'(?:cargo|rustc)' (?:is not installed|binary, .{1,120} is not applicable).{1,40} toolchain|"
                  + "[Mm]issing manifest in toolchain",
              "the toolchain that rustup chooses is not whole: it has no rustc or no cargo",
              "see with 'rustup show' which one it is, and install it again with"
                  + " 'rustup toolchain install'"),
          FailureRule.of(
              NO_COMPILER,
              "can't find Rust compiler|Rust toolchain|"
                  + "[Rr]ust compiler .{0,40}not found|the Rust package manager, is not installed|"
                  + "(?:^|[ :/'])(?:rustc|cargo)'?: (?:command )?not found|"
                  + "No such file or directory: '(?:rustc|cargo)'",
              "no Rust compiler is installed",
              (match, target) ->
                  packages("rustc", "cargo").of(match, target)
                      + ", or a newer Rust if the source wants one"),
          program("No such file or directory: '(?:/[^']{0,200}/)?" + KNOWN_PROGRAM + "'"),
          program("sh: (?:line )?[0-9]{1,5}: " + NAME + ": not found"),
          program("(?:^|[ :/])" + NAME + ": command not found"),
          program("unable to execute '?" + NAME + "'?: No such file"),
          program(NAME + " (?:executable not found|binary is required)"),
          program(
              "(?i:could not find|did not find|could not detect) \"?(?i:" + BUILD_TOOL + ")\\b"),
          program("(?i:" + BUILD_TOOL + ") (?:must be installed|executable .{0,40}not found)"),
          program("[Pp]roblem with the (CMake) installation"),
          program("build program corresponding to \"(Ninja)\""));

  private SystemRules() {}

  private static FailureRule header(String regex) {
    return FailureRule.of(
        MISSING_HEADER,
        regex,
        "the source is C and this header is not installed",
        installing(SystemPackages::ofHeader, "the package with $1"));
  }

  private static FailureRule compiler(String regex) {
    return FailureRule.of(
        NO_COMPILER,
        regex,
        "the source needs the compiler $1, which is not installed",
        installing(SystemPackages::ofCompiler, "$1"));
  }

  private static FailureRule program(String regex) {
    return FailureRule.of(
        MISSING_PROGRAM,
        regex,
        "the build runs $1, which is not installed",
        installing(name -> SystemPackages.ofProgram(name.toLowerCase(Locale.ROOT)), "$1"));
  }

  /**
   * Says what to install for the first group.
   *
   * @param debian from what matched to Debian's package
   * @param unknown for what has none; {@code $1} is what matched
   */
  private static FailureRule.Words installing(
      Function<String, Optional<String>> debian, String unknown) {
    return (match, target) ->
        debian
            .apply(match.group(1))
            .map(name -> packages(name).of(match, target))
            .orElseGet(() -> "install " + unknown.replace("$1", match.group(1)));
  }

  private static FailureRule.Words packages(String... debian) {
    return (match, target) -> Distribution.of(target.id().slug()).install(debian);
  }

  private static String pythonHeaders(Target target) {
    return "install "
        + Distribution.of(target.id().slug()).pythonHeaders(PythonRules.minorVersion(target))
        + ", or use a Python that brings its headers, such as pyenv's";
  }
}
