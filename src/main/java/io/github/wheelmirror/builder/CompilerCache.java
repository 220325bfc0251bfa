package io.github.wheelmirror.builder;

import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What compilers made of the same source before, by {@code ccache}: a folder for each project, so
 * that no project's build can leave something for another's. Safe for threads.
 *
 * <p>{@code sccache} is not used: it works by a server, which would have to outlive the build.
 */
public final class CompilerCache {

  /** No cache. */
  public static final CompilerCache NONE = new CompilerCache(Optional.empty(), Path.of(""));

  private static final long MOST_BYTES = 512L << 20;

  private final Optional<Path> program;
  private final Path root;
  private final Set<Path> checked = ConcurrentHashMap.newKeySet();

  private CompilerCache(Optional<Path> program, Path root) {
    this.program = program;
    this.root = root;
  }

  /** A cache in this folder by the path's {@code ccache}; none if there is no such program. */
  public static CompilerCache below(Path root, SearchPath path) {
    Optional<Path> program = path.find("ccache");
    return program.isPresent() ? new CompilerCache(program, root.toAbsolutePath()) : NONE;
  }

  /** What is put before a compiler's command. */
  Optional<Path> program() {
    return program;
  }

  /** Holds the folders of all projects; nothing if there is no cache. */
  Optional<Path> root() throws IOException {
    return program.isPresent()
        ? Optional.of(Files.createDirectories(root).toRealPath())
        : Optional.empty();
  }

  /** The folder of a project, which exists then; nothing if there is no cache. */
  Optional<Path> of(String project) throws IOException {
    Optional<Path> all = root();
    if (all.isEmpty()) {
      return all;
    }
    Path folder = all.get().resolve(project);
    // ccache keeps to its limit, but a build may write there what it likes
    if (checked.add(folder) && FileTree.bytes(folder) > 2 * MOST_BYTES) {
      FileTree.delete(folder);
    }
    return Optional.of(Files.createDirectories(folder));
  }

  /**
   * What makes the compilers use it, so that what was compiled in one work folder is found in
   * another.
   *
   * @param folder the project's
   * @param base the build's own
   */
  static Map<String, String> variables(Path folder, Path base) {
    return Map.of(
        "CCACHE_DIR",
        folder.toString(),
        "CCACHE_BASEDIR",
        base.toString(),
        "CCACHE_NOHASHDIR",
        "1",
        "CCACHE_MAXSIZE",
        (MOST_BYTES >> 20) + "Mi");
  }
}
