package io.github.wheelmirror.builder;

import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of small scripts, one for each compiler of the path and with its name, that come first
 * on a build's path and add to each command what makes its result the same in every folder.
 *
 * <p>Not by {@code CFLAGS}: old distutils would replace the interpreter's own flags by it, and
 * bundled Makefiles would replace theirs. Safe for threads.
 */
final class CompilerWrappers implements AutoCloseable {

  /** The build's own folder, for the scripts. */
  private static final String FOLDER = "WHEEL_MIRROR_FOLDER";

  /** The build environment's folder, whose headers may name themselves in what includes them. */
  static final String ENVIRONMENT = "WHEEL_MIRROR_ENVIRONMENT";

  /** Where the crates are that Cargo did not find in the source. */
  private static final String CRATES = "CARGO_HOME";

  private static final Pattern COMPILER =
      Pattern.compile(
          "(?:[a-z0-9_.]+-(?:[a-z0-9_.]+-)*)?(?:gcc|g\\+\\+|cc|c\\+\\+|c99|c89|clang|clang\\+\\+|gfortran)"
              + "(?:-\\d+(?:\\.\\d+)*)?");
  private static final Pattern PLUS = Pattern.compile(".*(?:g|c|clang)\\+\\+(?:-[\\d.]+)?");
  private static final Pattern FORTRAN = Pattern.compile(".*gfortran(?:-[\\d.]+)?");
  private static final String RUST = "rustc";
  private static final Set<String> CACHES = Set.of("ccache", "sccache", "distcc");

  private static final Limits LIMITS = new Limits(Duration.ofSeconds(30), 100_000);

  /**
   * What a build of one Python needs.
   *
   * @param first before the environment's own programs on its path, if those are wrapped too
   * @param folders after them
   * @param variables for a Python that names its compiler by a path
   */
  record Tools(Path first, List<Path> folders, Map<String, String> variables) {
    Tools {
      folders = List.copyOf(folders);
      variables = Map.copyOf(variables);
    }

    /** Where a build in that environment finds programs before those of the host. */
    List<Path> path(Path environment) {
      List<Path> all =
          new ArrayList<>(NinjaWrappers.isIn(environment) ? List.of(first) : List.of());
      all.add(environment.resolve("bin"));
      all.addAll(folders);
      return all;
    }

    /** All variables of a build in that folder. */
    Map<String, String> variables(Path folder, Path environment) {
      Map<String, String> all = new HashMap<>(variables);
      all.put(FOLDER, folder.toString());
      all.put(ENVIRONMENT, environment.toString());
      return all;
    }
  }

  private enum Language {
    C("-x", "c"),
    PLUS_PLUS("-x", "c++"),
    FORTRAN("-x", "f95"),
    RUST;

    private final List<String> options;

    Language(String... options) {
      this.options = List.of(options);
    }

    static Language of(String name) {
      if (name.equals(CompilerWrappers.RUST)) {
        return RUST;
      }
      return CompilerWrappers.FORTRAN.matcher(name).matches()
          ? FORTRAN
          : PLUS.matcher(name).matches() ? PLUS_PLUS : C;
    }
  }

  private record Probe(Path program, Language language) {}

  private final ProcessRunner runner;
  private final SearchPath path;
  private final RustToolchains rust;
  private final Optional<Path> cache;
  private final Path root;
  private final Map<Probe, List<String>> known = new HashMap<>();
  private final Map<Map<String, String>, Tools> tools = new HashMap<>();
  private boolean written;

  /**
   * @param rust what stands behind the path's {@code rustc}, if it is rustup's
   * @param cache a program to put before C and C++ compilers where a build has a cache of its own
   * @param root gets the scripts, and goes when this is closed
   */
  CompilerWrappers(
      ProcessRunner runner, SearchPath path, RustToolchains rust, Optional<Path> cache, Path root) {
    this.runner = runner;
    this.path = path;
    this.rust = rust;
    this.cache = cache;
    this.root = root;
  }

  /** What builds of that Python need; the scripts are written when first asked for. */
  synchronized Tools of(Interpreter interpreter) throws IOException {
    Map<String, String> commands = interpreter.facts().compilers();
    Tools there = tools.get(commands);
    if (there == null) {
      there = make(commands);
      tools.put(commands, there);
    }
    return there;
  }

  private Tools make(Map<String, String> commands) throws IOException {
    Path shared = root.resolve("path");
    Path first = root.resolve("environment");
    if (!written) {
      FileTree.delete(root);
      Files.createDirectories(shared);
      Files.createDirectories(first);
      for (Map.Entry<String, Path> one : onPath().entrySet()) {
        write(shared.resolve(one.getKey()), one.getValue());
      }
      NinjaWrappers.writeForPath(shared, path);
      NinjaWrappers.writeForEnvironment(first);
      written = true;
    }
    Path own = root.resolve("python" + tools.size());
    Map<String, String> variables = new TreeMap<>();
    for (Map.Entry<String, String> command : commands.entrySet()) {
      List<String> words = new ArrayList<>(List.of(command.getValue().strip().split("\\s+")));
      boolean cached = words.size() > 1 && CACHES.contains(name(Path.of(words.get(0))));
      if (cached) {
        words.remove(0);
      }
      Path program = Path.of(words.get(0));
      if (program.isAbsolute() && Files.isExecutable(program)) {
        Files.createDirectories(own);
        write(own.resolve(name(program)), program);
        words.set(0, name(program));
      } else if (!words.get(0).contains("/") && !Files.exists(shared.resolve(words.get(0)))) {
        Optional<Path> found = real(words.get(0));
        if (found.isPresent()) {
          write(shared.resolve(words.get(0)), found.get());
        }
      }
      if (cached || program.isAbsolute()) {
        variables.put(command.getKey(), String.join(" ", words));
      }
    }
    return new Tools(first, Files.exists(own) ? List.of(own, shared) : List.of(shared), variables);
  }

  /** The compilers of the path by name. */
  private Map<String, Path> onPath() throws IOException {
    Map<String, Path> found = new TreeMap<>();
    for (Path directory : path.directories()) {
      if (!Files.isDirectory(directory)) {
        continue;
      }
      try (Stream<Path> files = Files.list(directory)) {
        files
            .map(CompilerWrappers::name)
            .filter(name -> name.equals(RUST) || COMPILER.matcher(name).matches())
            .filter(name -> !found.containsKey(name))
            .forEach(name -> real(name).ifPresent(program -> found.put(name, program)));
      }
    }
    return found;
  }

  /**
   * The first of that name that is no cache in a compiler's clothes, as ccache's own folder has.
   */
  private Optional<Path> real(String name) {
    return path.findAll(name).stream()
        .filter(file -> !CACHES.contains(name(real(file))))
        .findFirst();
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file;
    }
  }

  /** Links may name one compiler many times; but rustup tells by the link what it shall be. */
  private static Path known(Path program, Language language) {
    return language == Language.RUST ? program : real(program);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private void write(Path script, Path program) throws IOException {
    Language language = Language.of(name(script));
    List<String> options =
        known.computeIfAbsent(new Probe(known(program, language), language), this::takes);
    StringBuilder text = new StringBuilder("#!/bin/sh\nexec ");
    if (cache.isPresent() && (language == Language.C || language == Language.PLUS_PLUS)) {
      text.append("${CCACHE_DIR:+").append(quoted(cache.get())).append("} ");
    }
    text.append(quoted(program)).append(" \"$@\"");
    options.forEach(option -> text.append(' ').append(option));
    Files.writeString(script, text.append('\n'));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("r-xr-xr-x"));
  }

  /** Which of the options the compiler takes, as the script writes them. */
  private List<String> takes(Probe probe) {
    List<String> taken = new ArrayList<>();
    if (probe.language() == Language.RUST) {
      if (accepts(probe, List.of("--remap-path-prefix=/a=b", "--version"))) {
        // the last that fits counts: a build's own cargo folder is in its own folder
        taken.add(map("--remap-path-prefix", CRATES, "cargo"));
        taken.add(map("--remap-path-prefix", FOLDER, "."));
      }
      return taken;
    }
    if (accepts(probe, List.of("-g0", "-ffile-prefix-map=/a=b"))) {
      taken.add("-g0");
      taken.add(map("-ffile-prefix-map", ENVIRONMENT, "environment"));
      taken.add(map("-ffile-prefix-map", FOLDER, "."));
    } else if (accepts(probe, List.of("-g0"))) {
      taken.add("-g0");
    }
    return taken;
  }

  private boolean accepts(Probe probe, List<String> options) {
    List<String> argv = new ArrayList<>(List.of(probe.program().toString()));
    argv.addAll(probe.language().options);
    argv.addAll(options);
    if (probe.language() != Language.RUST) {
      // makes no file; with -o /dev/null, a compiler of root may remove that
      argv.addAll(List.of("-fsyntax-only", "/dev/null"));
    }
    Map<String, String> environment =
        CleanEnvironment.at(root).path(path).with(rust.variables()).variables();
    return runner.run(Command.of(argv, root, environment), LIMITS).succeeded();
  }

  private static String map(String option, String variable, String target) {
    return "${" + variable + ":+\"" + option + "=$" + variable + "=" + target + "\"}";
  }

  static String quoted(Path program) {
    return "'" + program.toString().replace("'", "'\\''") + "'";
  }

  @Override
  public synchronized void close() {
    written = false;
    tools.clear();
    try {
      FileTree.delete(root);
    } catch (IOException e) {
      // goes with the work folder, at the latest
      return;
    }
  }
}
