package io.github.wheelmirror.builder;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.tree.OldFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The bytecode of locked wheels, compiled once for each Python and kept: else every builder of
 * every environment would compile the same back-ends again. An environment works without it too.
 * Safe for threads and for several JVMs over one cache.
 */
final class Bytecode {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Before this one the format of the files is another (PEP 552). */
  private static final List<Integer> SINCE = List.of(3, 8);

  private static final String FOLDER = ".bytecode";

  private final Path folder;
  private final ProcessRunner runner;
  private final CleanEnvironment environment;

  /**
   * One wheel that is installed.
   *
   * @param hash {@code algorithm:hex} of its file
   * @param sources its modules, paths below {@code site-packages}
   */
  record Installed(String hash, List<String> sources) {}

  /** What {@code compile_bytecode.py} is told of one wheel. */
  private record Order(Path archive, List<String> sources) {
    Map<String, Object> words() {
      return Map.of("archive", archive.toString(), "sources", sources);
    }
  }

  /**
   * Kept beside environments.
   *
   * @param environments the folder of the environments' folders
   * @param environment of the program that compiles
   */
  Bytecode(Path environments, ProcessRunner runner, CleanEnvironment environment) {
    this.folder = environments.resolve(FOLDER);
    this.runner = runner;
    this.environment = environment;
  }

  /**
   * Gives the wheels of an environment their bytecode.
   *
   * @param scratch the environment's maker may write there
   * @throws IOException when the environment cannot be written
   */
  void fill(Interpreter interpreter, Path packages, List<Installed> wheels, Path scratch)
      throws IOException {
    if (!interpreter.isAtLeast(SINCE)) {
      return;
    }
    Path kept = folder.resolve(interpreter.pythonTag() + "-" + interpreter.facts().fullVersion());
    Map<Path, Order> missing = new LinkedHashMap<>();
    for (Installed wheel : wheels) {
      Path archive = kept.resolve(wheel.hash().replace(':', '-') + ".zip");
      if (!wheel.sources().isEmpty() && !isUnpacked(archive, packages, wheel)) {
        Path fresh = scratch.resolve(missing.size() + ".zip");
        missing.put(archive, new Order(fresh, wheel.sources()));
      }
    }
    if (!missing.isEmpty()) {
      compile(interpreter, packages, missing, scratch, kept);
    }
  }

  private static boolean isUnpacked(Path archive, Path packages, Installed wheel)
      throws IOException {
    if (!Files.isRegularFile(archive)) {
      return false;
    }
    Set<String> allowed = new HashSet<>();
    wheel.sources().forEach(source -> allowed.add(folderOf(source)));
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      Set<Path> made = new HashSet<>();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        Path place = packages.resolve(entry.getName());
        Path parent = place.getParent();
        if (parent == null || !allowed.contains(folderOf(entry.getName()))) {
          return false;
        }
        if (made.add(parent)) {
          Files.createDirectories(parent);
        }
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, place, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (ZipException damaged) {
      // is compiled again and replaced
      return false;
    }
    if (Files.getLastModifiedTime(archive)
        .toInstant()
        .isBefore(Instant.now().minus(BuildEnvironments.USED_AGAIN))) {
      Files.setLastModifiedTime(archive, FileTime.from(Instant.now()));
    }
    return true;
  }

  /** The folder of a module, or of its bytecode. */
  private static String folderOf(String name) {
    String folder = name.substring(0, Math.max(0, name.lastIndexOf('/')));
    if (!name.endsWith(".pyc")) {
      return folder;
    }
    return folder.equals("__pycache__") ? "" : folder.replaceFirst("/__pycache__$", "");
  }

  private void compile(
      Interpreter interpreter, Path packages, Map<Path, Order> missing, Path scratch, Path kept)
      throws IOException {
    Files.createDirectories(scratch);
    Files.createDirectories(kept);
    Path script = Script.COMPILE_BYTECODE.writeInto(scratch);
    Path orders = scratch.resolve("orders.json");
    Files.writeString(orders, Json.line(missing.values().stream().map(Order::words).toList()));
    List<String> argv =
        List.of(
            interpreter.executable().toString(),
            "-I",
            "-S",
            script.toString(),
            orders.toString(),
            packages.toString());
    boolean done;
    try {
      done =
          runner
              .run(Command.of(argv, scratch, environment.variables()), new Limits(LIMIT, 1_000_000))
              .succeeded();
    } catch (MirrorException notStartable) {
      done = false;
    }
    if (done) {
      for (Map.Entry<Path, Order> one : missing.entrySet()) {
        Files.move(
            one.getValue().archive(),
            one.getKey(),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** What is kept beside environments; its times are those of the last use. */
  static OldFiles kept(Path environments) {
    return new OldFiles("bytecode", environments.resolve(FOLDER), name -> name.endsWith(".zip"));
  }
}
