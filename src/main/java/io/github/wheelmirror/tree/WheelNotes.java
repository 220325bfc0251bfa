package io.github.wheelmirror.tree;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.WheelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What a {@link Wheelhouse} knows of its wheels: {@code files/<sha256>.json} says what each wheel
 * is and {@code builds/<key>.json} which build made it.
 */
final class WheelNotes {

  static final String FILES = "files";
  static final String BUILDS = "builds";
  private static final String JSON = ".json";

  private final Path root;
  private final Map<String, WheelFile> known = new ConcurrentHashMap<>();

  /** What {@code builds/<key>.json} holds. */
  record BuildRecord(String key, String filename, String sha256) {
    BuildRecord {
      Require.digest(key, "a build key");
      TreeLayout.wheel(sha256, filename);
    }
  }

  WheelNotes(Path root) {
    this.root = root;
  }

  void describe(WheelFile wheel) throws IOException {
    AtomicFile.write(file(wheel.sha256()), Json.write(wheel));
    known.put(wheel.sha256(), wheel);
  }

  /** What the wheel with this digest is, be it still there or not. */
  Optional<WheelFile> byDigest(String sha256) throws IOException {
    WheelFile cached = known.get(Require.digest(sha256, "a wheel's digest"));
    if (cached != null) {
      return Optional.of(cached);
    }
    Optional<WheelFile> wheel = read(file(sha256), WheelFile.class);
    wheel.ifPresent(found -> known.put(sha256, found));
    return wheel;
  }

  void recordBuild(String key, String filename, String sha256) throws IOException {
    AtomicFile.write(build(key), Json.write(new BuildRecord(key, filename, sha256)));
  }

  boolean hasBuild(String key) {
    return Files.isRegularFile(build(key));
  }

  Optional<BuildRecord> byKey(String key) throws IOException {
    return read(build(key), BuildRecord.class);
  }

  /** The digests of all wheels that are described. */
  List<String> digests() throws IOException {
    return names(FILES);
  }

  /** The keys of all builds that are recorded. */
  List<String> keys() throws IOException {
    return names(BUILDS);
  }

  Path file(String sha256) {
    return root.resolve(FILES).resolve(Require.digest(sha256, "a wheel's digest") + JSON);
  }

  Path build(String key) {
    return root.resolve(BUILDS).resolve(Require.digest(key, "a build key") + JSON);
  }

  void forget(String sha256) throws IOException {
    known.remove(sha256);
    Files.deleteIfExists(file(sha256));
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> notes = Files.list(root.resolve(folder))) {
      return notes
          .map(note -> String.valueOf(note.getFileName()))
          .filter(name -> name.endsWith(JSON))
          .map(name -> name.substring(0, name.length() - JSON.length()))
          // a note being written has another name
          .filter(Sha256::isDigest)
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static <T> Optional<T> read(Path note, Class<T> type) throws IOException {
    try {
      return Optional.of(Json.read(Files.readAllBytes(note), type, note.toString()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (MirrorException e) {
      // damaged, or written by another version of this plugin: as good as not there
      return Optional.empty();
    }
  }
}
