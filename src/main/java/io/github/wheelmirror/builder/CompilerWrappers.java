package io.github.wheelmirror.builder;

import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

  private static final Pattern COMPILER =
      Pattern.compile(
          "(?:[a-z0-9_.]+-(?:[a-z0-9_.]+-)*)?(?:gcc|g\\+\\+|cc|c\\+\\+|c99|c89|clang|clang\\+\\+|gfortran)"
              + "(?:-\\d+(?:\\.\\d+)*)?|rustc");

  private static final Set<String> CACHES = Set.of("ccache", "sccache", "distcc");

  /** How a build's variables name compilers. */
  private static final Set<String> VARIABLES =
      Set.of("CC", "CXX", "LDSHARED", "LDCXXSHARED", "FC", "F77", "F90", "RUSTC");

  /**
   * What a build of one Python needs.
   *
   * @param first before the environment's own programs on its path, if those are wrapped too
   * @param folders after them
   * @param variables for a Python that names its compiler by a path
   * @param chosen in place of what the build's own variables say
   */
  record Tools(
      Path first, List<Path> folders, Map<String, String> variables, Map<String, String> chosen) {
    Tools {
      folders = List.copyOf(folders);
      variables = Map.copyOf(variables);
      chosen = Map.copyOf(chosen);
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
      all.put(CompilerOptions.FOLDER, folder.toString());
      all.put(CompilerOptions.ENVIRONMENT, environment.toString());
      return all;
    }
  }

  private record Wanted(Map<String, String> commands, Map<String, String> chosen) {}

  private final SearchPath path;
  private final Optional<Path> cache;
  private final Path root;
  private final CompilerOptions options;
  private final Map<Wanted, Tools> tools = new HashMap<>();
  private boolean written;

  /**
   * @param rust what stands behind the path's {@code rustc}, if it is rustup's
   * @param cache a program to put before C and C++ compilers where a build has a cache of its own
   * @param root gets the scripts, and goes when this is closed
   */
  CompilerWrappers(
      ProcessRunner runner, SearchPath path, RustToolchains rust, Optional<Path> cache, Path root) {
    this.path = path;
    this.cache = cache;
    this.root = root;
    this.options = new CompilerOptions(runner, path, rust, root);
  }

  /**
   * What builds of that Python need; the scripts are written when first asked for.
   *
   * @param variables the build's own
   */
  synchronized Tools of(Interpreter interpreter, Map<String, String> variables) throws IOException {
    Map<String, String> chosen = new TreeMap<>(variables);
    chosen.keySet().retainAll(VARIABLES);
    Wanted wanted = new Wanted(interpreter.facts().compilers(), chosen);
    Tools there = tools.get(wanted);
    if (there == null) {
      there = make(wanted);
      tools.put(wanted, there);
    }
    return there;
  }

  private Tools make(Wanted wanted) throws IOException {
    Path shared = root.resolve("path");
    Path first = root.resolve("environment");
    if (!written) {
      FileTree.delete(root);
      Files.createDirectories(shared);
      Files.createDirectories(first);
      for (Map.Entry<String, Path> one : onPath().entrySet()) {
        write(shared.resolve(one.getKey()), one.getValue());
      }
      for (String one : CACHES) {
        writeCache(shared, one);
      }
      NinjaWrappers.writeForPath(shared, path);
      NinjaWrappers.writeForEnvironment(first);
      written = true;
    }
    Path own = root.resolve("python" + tools.size());
    Map<String, String> variables = new TreeMap<>();
    for (Map.Entry<String, String> command : wanted.commands().entrySet()) {
      List<String> words = words(command.getValue());
      boolean cached = dropCache(words);
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
    Map<String, String> chosen = chosen(wanted.chosen(), own);
    return new Tools(
        first, Files.exists(own) ? List.of(own, shared) : List.of(shared), variables, chosen);
  }

  /**
   * The variables whose compiler is named by a path, with the name of a script in its place: made
   * of the path, so that whoever asks for another compiler of that name does not get this one.
   */
  private Map<String, String> chosen(Map<String, String> commands, Path own) throws IOException {
    Map<String, String> variables = new TreeMap<>();
    for (Map.Entry<String, String> command : commands.entrySet()) {
      List<String> words = words(command.getValue());
      dropCache(words);
      Path program = Path.of(words.get(0));
      String name = program.toString().replace('/', '-').replaceFirst("^-+", "");
      if (program.isAbsolute()
          && Files.isExecutable(program)
          // what takes none of them is no compiler that is known here
          && !options.of(program, CompilerOptions.Language.of(name)).isEmpty()) {
        Files.createDirectories(own);
        if (!Files.exists(own.resolve(name))) {
          write(own.resolve(name), program);
        }
        words.set(0, name);
        variables.put(command.getKey(), String.join(" ", words));
      }
    }
    return variables;
  }

  private static List<String> words(String command) {
    return new ArrayList<>(List.of(command.strip().split("\\s+")));
  }

  /** Whether it began with a cache's name, which it does no more: the scripts have theirs. */
  private static boolean dropCache(List<String> words) {
    boolean cached = words.size() > 1 && CACHES.contains(name(Path.of(words.get(0))));
    if (cached) {
      words.remove(0);
    }
    return cached;
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
            .filter(name -> COMPILER.matcher(name).matches())
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
        .filter(file -> !CACHES.contains(name(CompilerOptions.real(file))))
        .findFirst();
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private void write(Path script, Path program) throws IOException {
    CompilerOptions.Language language = CompilerOptions.Language.of(name(script));
    StringBuilder text = new StringBuilder("exec ");
    if (cache.isPresent() && language.isCached()) {
      text.append("${CCACHE_DIR:+").append(quoted(cache.get())).append("} ");
    }
    text.append(quoted(program)).append(" \"$@\"");
    options.of(program, language).forEach(option -> text.append(' ').append(option));
    writeScript(script, text.toString());
  }

  /**
   * A cache that a back-end puts before a compiler by itself, as Meson does with any that it finds,
   * is left out before a script of this folder: that has the project's own, and others have none.
   */
  private void writeCache(Path shared, String name) throws IOException {
    Optional<Path> program = path.find(name);
    if (program.isPresent()) {
      writeScript(
          shared.resolve(name),
          String.join(
              "\n",
              "case \"$1\" in",
              "\"${0%/*}\"/*) exec \"$@\" ;;",
              "-* | \"\" | */*) exec " + quoted(program.get()) + " \"$@\" ;;",
              "*) exec \"$@\" ;;",
              "esac"));
    }
  }

  static void writeScript(Path script, String text) throws IOException {
    Files.writeString(script, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("r-xr-xr-x"));
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
