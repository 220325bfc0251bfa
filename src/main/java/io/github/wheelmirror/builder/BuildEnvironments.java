package io.github.wheelmirror.builder;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.ExclusiveLock;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.tree.Store;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Build environments, each made once and kept: the same Python and the same locked wheels give the
 * same one, whatever asked for them. What is not locked has one for the same build requirements,
 * build constraints and indexes. Safe for threads and for several JVMs over one cache.
 */
public final class BuildEnvironments {

  private static final String LAYOUT = "3";
  static final String READY = "READY";

  /** Its time is the day of the last use, so that a run a day writes and another one does not. */
  static final String USED = "USED";

  static final Duration USED_AGAIN = Duration.ofDays(1);
  private static final Duration UNUSED = Duration.ofDays(30);

  private final Path cache;
  private final EnvironmentMaker maker;
  private final InstallerSettings index;
  private final Duration timeout;
  private final InstantSource clock;
  private final Map<String, EnvironmentResult> failed = new ConcurrentHashMap<>();

  /**
   * @param cache where the environments are kept, one folder each
   * @param index where an installer finds what is not locked
   * @param timeout for making one
   * @param clock tells which ones have not been used for long
   */
  public BuildEnvironments(
      Path cache,
      EnvironmentMaker maker,
      InstallerSettings index,
      Duration timeout,
      InstantSource clock) {
    this.cache = cache;
    this.maker = maker;
    this.index = index;
    this.timeout = timeout;
    this.clock = clock;
  }

  /**
   * The environment with these contents, made if it is not there; what failed once fails again at
   * once.
   *
   * @param log gets what the tools print, when it is made now
   * @throws MirrorException machinery, when the cache cannot be written
   */
  EnvironmentResult obtain(Interpreter interpreter, EnvironmentContents contents, Path log) {
    String key = key(interpreter, contents);
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
        return other.isPresent() ? other.get() : make(key, interpreter, contents, log);
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
          IoWords.of(e),
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
      String key, Interpreter interpreter, EnvironmentContents contents, Path log)
      throws IOException {
    Path folder = cache.resolve(key);
    // not made elsewhere and renamed: the programs in an environment name its own path
    FileTree.delete(folder);
    Files.createDirectories(folder);
    EnvironmentResult result =
        maker.make(new EnvironmentMaker.Order(folder, interpreter, contents, index, timeout, log));
    if (result instanceof EnvironmentResult.Ready ready) {
      String freeze = String.join("\n", ready.environment().freeze()) + "\n";
      stamp(folder);
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
      if (isOlder(folder, USED_AGAIN)) {
        stamp(folder);
      }
      return Optional.of(
          new EnvironmentResult.Ready(
              EnvironmentMaker.environment(folder, Files.readAllLines(ready))));
    } catch (IOException e) {
      // just being discarded
      return Optional.empty();
    }
  }

  private Path lockFile(String key) {
    return UnusedEnvironments.lockFile(cache, key);
  }

  /**
   * Removes those that no run has used for 30 days; one that cannot be removed, or is in use, stays
   * for the next time.
   */
  public void removeUnused() {
    Store.Order old = new Store.Order(clock.instant().minus(UNUSED), false);
    try {
      new UnusedEnvironments(cache).collect(old);
      Bytecode.kept(cache).collect(old);
    } catch (MirrorException e) {
      // nothing depends on it, and a later run tries again
      return;
    }
  }

  private boolean isOlder(Path folder, Duration age) throws IOException {
    Path used = folder.resolve(USED);
    return !Files.exists(used)
        || Files.getLastModifiedTime(used).toInstant().plus(age).isBefore(clock.instant());
  }

  private void stamp(Path folder) throws IOException {
    Path used = folder.resolve(USED);
    if (!Files.exists(used)) {
      AtomicFile.writeUnforced(used, new byte[0]);
    }
    Files.setLastModifiedTime(used, FileTime.from(clock.instant()));
  }

  private String key(Interpreter interpreter, EnvironmentContents contents) {
    String identity =
        String.join(
            "\n",
            LAYOUT,
            interpreter.executable().toString(),
            interpreter.facts().fullVersion(),
            interpreter.facts().abi().soabi(),
            contents.identity(),
            contents instanceof EnvironmentContents.Locked ? "" : index.identity());
    String digest = Sha256.of(identity.getBytes(StandardCharsets.UTF_8));
    // a short name: some build tools fail on very long paths
    return interpreter.pythonTag() + "-" + digest.substring(0, 24);
  }
}
