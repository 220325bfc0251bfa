package io.github.wheelmirror.tree;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.SharedLock;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.WheelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How wheels come into a wheelhouse: each is inspected when it comes, and never again. */
final class WheelIntake {

  private final Path root;
  private final Pool pool;
  private final WheelNotes notes;
  private final WheelMarks marks;
  private final WheelhouseLock lock;
  private final WheelInspector inspector = new WheelInspector();

  /** Into the wheelhouse in that folder, which these are the parts of. */
  WheelIntake(Path root, Pool pool, WheelNotes notes, WheelMarks marks, WheelhouseLock lock) {
    this.root = root;
    this.pool = pool;
    this.notes = notes;
    this.marks = marks;
    this.lock = lock;
  }

  /** As {@link Wheelhouse#add(Path, String, WheelSource)}. */
  WheelFile copy(Path file, String filename, WheelSource source) {
    try {
      return pool.receive(file, (copy, sha256) -> inspected(copy, sha256, filename, source));
    } catch (IOException e) {
      throw notPut(filename, e);
    }
  }

  /** As {@link Wheelhouse#take}. */
  WheelFile move(Path file, String sha256, String filename, WheelSource source) {
    try {
      return pool.take(file, sha256, (taken, digest) -> inspected(taken, digest, filename, source));
    } catch (IOException e) {
      throw notPut(filename, e);
    }
  }

  /** Nobody else can change the copy any more. */
  private WheelFile inspected(Path copy, String sha256, String filename, WheelSource source)
      throws IOException {
    if (!source.sha256().isEmpty() && !source.sha256().equals(sha256)) {
      String words = "its SHA-256 is " + sha256 + " instead of " + source.sha256();
      throw refused(filename, List.of(WheelProblem.error("wrong-hash", words)));
    }
    WheelInspection inspection =
        inspector.inspect(copy, filename, source.origin() instanceof Origin.Built);
    if (!inspection.isSound()) {
      throw refused(filename, inspection.errors());
    }
    WheelFile wheel = source.describe(filename, sha256, Files.size(copy), inspection);
    put(copy, wheel, inspection.metadata());
    return wheel;
  }

  private void put(Path copy, WheelFile wheel, byte[] metadata) throws IOException {
    try (SharedLock shared = lock.shared()) {
      Objects.requireNonNull(shared);
      pool.put(copy, wheel, metadata);
      notes.describe(wheel);
      Optional<String> facts = pool.facts(wheel);
      if (facts.isPresent()) {
        marks.recordNew(wheel.sha256(), facts.get());
      }
    }
  }

  private MirrorException notPut(String filename, IOException e) {
    return MirrorException.machinery(
        filename + " cannot be put into the wheelhouse " + root,
        IoWords.of(e),
        "check that the folder can be written and has space left",
        e);
  }

  private static RefusedWheelException refused(String filename, List<WheelProblem> problems) {
    return new RefusedWheelException(
        filename,
        problems,
        "exclude the pin with a reason, or name an index that has a sound file of it");
  }
}
