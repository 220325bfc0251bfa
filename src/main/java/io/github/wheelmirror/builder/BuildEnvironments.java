package io.github.wheelmirror.builder;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.ExclusiveLock;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Build environments, each made once and kept: the same Python, build requirements, build
 * constraints and indexes give the same one. Safe for threads and for several JVMs over one cache.
 */
public final class BuildEnvironments {

  private static final String LAYOUT = "1";
  private static final String READY = "READY";

  private final Path cache;
  private final EnvironmentMaker maker;
  private final InstallerSettings index;
  private final Duration timeout;
  private final Map<String, EnvironmentResult> failed = new ConcurrentHashMap<>();

  /**
   * @param cache where the environments are kept, one folder each
   * @param timeout for making one
   */
  public BuildEnvironments(
      Path cache, EnvironmentMaker maker, InstallerSettings index, Duration timeout) {
    this.cache = cache;
    this.maker = maker;
    this.index = index;
    this.timeout = timeout;
  }

  /**
   * The environment with these requirements, made if it is not there; what failed once fails again
   * at once.
   *
   * @param requirements PEP 508 strings
   * @param constraints lines of a constraints file
   * @param log gets what the tools print, when it is made now
   * @throws MirrorException machinery, when the cache cannot be written
   */
  public EnvironmentResult obtain(
      Interpreter interpreter, List<String> requirements, List<String> constraints, Path log) {
    String key = key(interpreter, requirements, constraints);
    Optional<EnvironmentResult> known = Optional.ofNullable(failed.get(key));
    try {
      known = known.or(() -> find(key));
      if (known.isPresent()) {
        return known.get();
      }
      ExclusiveLock lock = ExclusiveLock.acquire(lockFile(key), timeout.multipliedBy(2), () -> {});
      try {
        Optional<EnvironmentResult> other = Optional.ofNullable(failed.get(key));
        other = other.or(() -> find(key));
        return other.isPresent()
            ? other.get()
            : make(key, interpreter, requirements, constraints, log);
      } finally {
        lock.close();
      }
    } catch (InterruptedException | ClosedByInterruptException e) {
      Thread.currentThread().interrupt();
      return new EnvironmentResult.Interrupted();
    } catch (ExclusiveLock.TakenException e) {
      return new EnvironmentResult.Failed(String.valueOf(e.getMessage()), "");
    } catch (IOException e) {
      throw MirrorException.machinery(
          "cannot keep build environments in " + cache,
          String.valueOf(e),
          "see that the disk is not full and that the folder may be written",
          e);
    }
  }

  /** Forgets one that can no longer be trusted; it is made anew when it is next asked for. */
  void discard(BuildEnvironment environment) throws IOException {
    Path folder = environment.directory().getParent();
    if (folder != null) {
      Files.deleteIfExists(folder.resolve(READY));
    }
  }

  private EnvironmentResult make(
      String key,
      Interpreter interpreter,
      List<String> requirements,
      List<String> constraints,
      Path log)
      throws IOException {
    Path folder = cache.resolve(key);
    // not made elsewhere and renamed: the programs in an environment name its own path
    FileTree.delete(folder);
    Files.createDirectories(folder);
    EnvironmentResult result =
        maker.make(
            new EnvironmentMaker.Order(
                folder, interpreter, requirements, constraints, index, timeout, log));
    if (result instanceof EnvironmentResult.Ready ready) {
      String freeze = String.join("\n", ready.environment().freeze()) + "\n";
      AtomicFile.write(folder.resolve(READY), freeze.getBytes(StandardCharsets.UTF_8));
    } else {
      FileTree.delete(folder);
      if (result instanceof EnvironmentResult.Failed) {
        failed.put(key, result);
      }
    }
    return result;
  }

  private Optional<EnvironmentResult> find(String key) {
    Path folder = cache.resolve(key);
    BuildEnvironment bare = EnvironmentMaker.environment(folder, List.of());
    Path ready = folder.resolve(READY);
    // the Python behind it may have been removed from the host
    if (!Files.isRegularFile(ready) || !Files.isExecutable(bare.python())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new EnvironmentResult.Ready(
              EnvironmentMaker.environment(folder, Files.readAllLines(ready))));
    } catch (IOException e) {
      // just being discarded
      return Optional.empty();
    }
  }

  private Path lockFile(String key) {
    return cache.resolve("locks").resolve(key + ".lock");
  }

  private String key(Interpreter interpreter, List<String> requirements, List<String> constraints) {
    String identity =
        String.join(
            "\n",
            LAYOUT,
            interpreter.executable().toString(),
            interpreter.facts().fullVersion(),
            interpreter.facts().abi().soabi(),
            new TreeSet<>(requirements).toString(),
            new TreeSet<>(constraints).toString(),
            index.identity());
    String digest = Sha256.of(identity.getBytes(StandardCharsets.UTF_8));
    // a short name: some build tools fail on very long paths
    return interpreter.pythonTag() + "-" + digest.substring(0, 24);
  }
}
