package io.github.wheelmirror.builder;

import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What makes a compiler's result the same in every folder, as far as the compiler takes it, which
 * is tried once. Not safe for threads.
 */
final class CompilerOptions {

  /** The build's own folder. */
  static final String FOLDER = "WHEEL_MIRROR_FOLDER";

  /** The build environment's folder, whose headers may name themselves in what includes them. */
  static final String ENVIRONMENT = "WHEEL_MIRROR_ENVIRONMENT";

  /** Where the crates are that Cargo did not find in the source. */
  private static final String CRATES = "CARGO_HOME";

  private static final Pattern PLUS = Pattern.compile(".*(?:g|c|clang)\\+\\+(?:-[\\d.]+)?");
  private static final Pattern FORTRAN = Pattern.compile(".*gfortran(?:-[\\d.]+)?");
  private static final Pattern RUST = Pattern.compile("(?:.*-)?rustc");
  private static final Limits LIMITS = new Limits(Duration.ofSeconds(30), 100_000);

  enum Language {
    C("-x", "c"),
    PLUS_PLUS("-x", "c++"),
    FORTRAN("-x", "f95"),
    RUST;

    private final List<String> options;

    Language(String... options) {
      this.options = List.of(options);
    }

    static Language of(String name) {
      if (CompilerOptions.RUST.matcher(name).matches()) {
        return RUST;
      }
      return CompilerOptions.FORTRAN.matcher(name).matches()
          ? FORTRAN
          : PLUS.matcher(name).matches() ? PLUS_PLUS : C;
    }

    /** Whether a compiler cache knows it. */
    boolean isCached() {
      return this == C || this == PLUS_PLUS;
    }
  }

  private record Probe(Path program, Language language) {}

  private final ProcessRunner runner;
  private final Path folder;
  private final Map<String, String> environment;
  private final Map<Probe, List<String>> known = new HashMap<>();

  /**
   * @param rust what stands behind the path's {@code rustc}, if it is rustup's
   * @param folder where compilers are tried; exists then
   */
  CompilerOptions(ProcessRunner runner, SearchPath path, RustToolchains rust, Path folder) {
    this.runner = runner;
    this.folder = folder;
    this.environment = CleanEnvironment.at(folder).path(path).with(rust.variables()).variables();
  }

  /** Those that a script writes after a command's own; none if it takes none. */
  List<String> of(Path program, Language language) {
    // links may name one compiler many times; but rustup tells by the link what it shall be
    Path one = language == Language.RUST ? program : real(program);
    return known.computeIfAbsent(new Probe(one, language), this::takes);
  }

  private List<String> takes(Probe probe) {
    if (probe.language() == Language.RUST) {
      return accepts(probe, List.of("--remap-path-prefix=/a=b", "--version"))
          // the last that fits counts: a build's own cargo folder is in its own folder
          ? List.of(
              map("--remap-path-prefix", CRATES, "cargo"), map("--remap-path-prefix", FOLDER, "."))
          : List.of();
    }
    if (accepts(probe, List.of("-g0", "-ffile-prefix-map=/a=b"))) {
      return List.of(
          "-g0",
          map("-ffile-prefix-map", ENVIRONMENT, "environment"),
          map("-ffile-prefix-map", FOLDER, "."));
    }
    return accepts(probe, List.of("-g0")) ? List.of("-g0") : List.of();
  }

  private boolean accepts(Probe probe, List<String> options) {
    List<String> argv = new ArrayList<>(List.of(probe.program().toString()));
    argv.addAll(probe.language().options);
    argv.addAll(options);
    if (probe.language() != Language.RUST) {
      // makes no file; with -o /dev/null, a compiler of root may remove that
      argv.addAll(List.of("-fsyntax-only", "/dev/null"));
    }
    return runner.run(Command.of(argv, folder, environment), LIMITS).succeeded();
  }

  private static String map(String option, String variable, String target) {
    return "${" + variable + ":+\"" + option + "=$" + variable + "=" + target + "\"}";
  }

  /** The program behind all links. */
  static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file;
    }
  }
}
