package io.github.wheelmirror.tree;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.Writer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * One small file for each wheel of a {@link Wheelhouse}, beside it: its content are the facts by
 * which the wheel was last seen to be whole, its time is when a run last needed the wheel.
 *
 * <p>They are no part of the wheelhouse, so that a run that only uses wheels changes no file there;
 * without them the wheels are hashed once more and count as just used.
 */
final class WheelMarks {

  /** A mark is touched once a day at the most. */
  static final Duration AGAIN = Duration.ofDays(1);

  private final Path folder;
  private final Set<String> used = ConcurrentHashMap.newKeySet();

  WheelMarks(Path folder) {
    this.folder = folder;
  }

  /** Held shared to add or to mark wheels, alone to remove some. */
  Path lock() {
    return folder.resolve(".lock");
  }

  /** Whether the wheel was seen to be whole by these facts. */
  boolean isWhole(String sha256, String facts) throws IOException {
    try {
      return Files.readString(mark(sha256), StandardCharsets.ISO_8859_1).equals(facts);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** A wheel has come, whole by these facts. */
  void recordNew(String sha256, String facts) throws IOException {
    // else one with the same facts would keep its time
    forget(sha256);
    record(sha256, facts);
    used.add(sha256);
  }

  /** The wheel was seen to be whole by these facts; {@code ""} to have it looked at again. */
  void record(String sha256, String facts) throws IOException {
    // what a power failure damages is only hashed once more
    AtomicFile.writeUnforced(mark(sha256), facts.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** When the wheel was last used, if that is known. */
  Optional<Instant> used(String sha256) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(mark(sha256)).toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether the mark says that the wheel was used today. */
  boolean isFresh(String sha256, Instant now) throws IOException {
    return used(sha256).filter(used -> used.plus(AGAIN).isAfter(now)).isPresent();
  }

  /** The wheel is used now. */
  void use(String sha256, Instant now) throws IOException {
    if (!isFresh(sha256, now)) {
      touch(sha256, now);
    }
    used.add(sha256);
  }

  /** All that were used in this run are used now, as far as they are still there. */
  void useAgain(Instant now) throws IOException {
    for (String sha256 : used) {
      Optional<Instant> before = used(sha256);
      if (before.isPresent() && !isFresh(sha256, now)) {
        touch(sha256, now);
      }
    }
  }

  private void touch(String sha256, Instant now) throws IOException {
    try {
      Files.setLastModifiedTime(mark(sha256), FileTime.from(now));
    } catch (NoSuchFileException e) {
      record(sha256, "");
    }
  }

  void tidy() throws IOException {
    new Writer().removeDead(folder);
  }

  void forget(String sha256) throws IOException {
    Files.deleteIfExists(mark(sha256));
  }

  /** The digests of all wheels that are marked. */
  List<String> all() throws IOException {
    try (Stream<Path> marks = Files.list(folder)) {
      return marks
          .map(mark -> String.valueOf(mark.getFileName()))
          .filter(Sha256::isDigest)
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }

  /** The file of a wheel's mark. */
  Path mark(String sha256) {
    return folder.resolve(Require.digest(sha256, "a wheel's digest"));
  }
}
