package io.github.wheelmirror.mirror;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.BuildLock;
import io.github.wheelmirror.build.DistributionIndex;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.tree.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The folders of kept locks and of the wheels that they name, shared by all projects of a user.
 *
 * <p>A lock is kept twice, below the key of what was asked and below its own digest: what an older
 * wheel was built with stays known when the same question gets another answer.
 */
public final class LockStore {

  private static final String FETCHING = ".fetch.lock";

  private final Path locks;
  private final Path wheels;

  /** The store in these folders, which need not exist yet. */
  public LockStore(Path locks, Path wheels) {
    this.locks = locks;
    this.wheels = wheels;
  }

  /** The kept lock for a question, which is used then; one that is damaged is as good as none. */
  Optional<BuildLock> byKey(String key, Instant now) {
    Path file = locks.resolve(key + ".json");
    UseTimes.use(file, now);
    return read(file).filter(lock -> lock.key().equals(key));
  }

  /** The kept lock with this content. */
  Optional<BuildLock> byDigest(String digest) {
    return read(content(digest)).filter(lock -> lock.digest().equals(digest));
  }

  void keep(BuildLock lock) {
    byte[] json = LockedRequirements.of("", List.of(lock)).bytes();
    try {
      AtomicFile.write(content(lock.digest()), json);
      AtomicFile.write(locks.resolve(lock.key() + ".json"), json);
    } catch (IOException e) {
      throw unusable(locks, e);
    }
  }

  /** Notes what {@link #generation} reads. */
  void note(String project, Seen seen) {
    seen.file(generationFile(project));
  }

  /** When the locks of a project were last asked to move, {@code ""} for never. */
  String generation(String project) {
    try {
      return Json.tree(Files.readAllBytes(generationFile(project)), "the generation of locks")
          .path("generation")
          .asText();
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw unusable(locks, e);
    }
  }

  void rememberGeneration(String project, String generation) {
    try {
      AtomicFile.write(generationFile(project), Json.write(Map.of("generation", generation)));
    } catch (IOException e) {
      throw unusable(locks, e);
    }
  }

  /** Where a wheel or its metadata file is or belongs; its folder exists. */
  private Path place(RemoteFile file) {
    String digest = digest(new TreeMap<>(file.hashes()).toString());
    Path folder = wheels.resolve(digest.substring(0, 2)).resolve(digest.substring(2));
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unusable(wheels, e);
    }
    return folder.resolve(file.filename());
  }

  /**
   * The file, fetched unless it is kept already; of all runs that share the store one fetches it.
   *
   * @throws MirrorException if it cannot be fetched
   */
  Path fetched(RemoteFile file, DistributionIndex index, Instant now) {
    Path place = place(file);
    return Alone.with(
        place.resolveSibling(FETCHING),
        "downloads a build requirement",
        () -> {
          index.download(file, place);
          UseTimes.use(place, now);
          return place;
        });
  }

  /** What can be removed of the wheels. */
  public Store wheels() {
    return new FetchedFiles("build requirements", wheels, List.of(FETCHING));
  }

  /**
   * What can be removed of the locks.
   *
   * @param needed the digests of those that wheels were built with
   */
  public Store locks(Supplier<Set<String>> needed) {
    return new OldLocks(locks, needed);
  }

  /** The lock file of what only one run at a time does with the key. */
  Path running(String key) {
    return locks.resolve("running").resolve(key.substring(0, 2) + ".lock");
  }

  private Path generationFile(String project) {
    return locks.resolve("generations").resolve(digest(project) + ".json");
  }

  private Path content(String digest) {
    return locks.resolve("sha256").resolve(digest + ".json");
  }

  private static String digest(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<BuildLock> read(Path file) {
    try {
      return LockedRequirements.read(Files.readAllBytes(file), file.toString()).locks().stream()
          .findFirst();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (MirrorException e) {
      // of another version, or damaged: it is made anew
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(locks, e);
    }
  }

  private static MirrorException unusable(Path folder, IOException e) {
    return MirrorException.machinery(
        "the locks of build requirements in " + folder + " cannot be used",
        IoWords.of(e),
        "make room, make the folder writable for this user, or choose another with"
            + " -Dwheel-mirror.cacheDirectory=FOLDER",
        e);
  }
}
