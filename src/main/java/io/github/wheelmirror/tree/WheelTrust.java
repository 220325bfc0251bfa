package io.github.wheelmirror.tree;

import io.github.wheelmirror.ExclusiveLock;
import io.github.wheelmirror.build.WheelFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Whether the wheels of a {@link Wheelhouse} can be trusted without reading them: a wheel is hashed
 * only if its size or time is another than when it was last seen to be whole.
 */
final class WheelTrust {

  private final Path root;
  private final Pool pool;
  private final WheelMarks marks;
  private final WheelhouseLock lock;
  private final Consumer<String> warnings;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  WheelTrust(
      Path root, Pool pool, WheelMarks marks, WheelhouseLock lock, Consumer<String> warnings) {
    this.root = root;
    this.pool = pool;
    this.marks = marks;
    this.lock = lock;
    this.warnings = warnings;
  }

  /** Whether the wheel is there and whole; one that is damaged is removed. */
  boolean holds(WheelFile wheel) throws IOException {
    try {
      Optional<String> facts = pool.facts(wheel);
      return facts.isPresent()
          && (marks.isWhole(wheel.sha256(), facts.get()) || isSound(wheel, facts.get()));
    } catch (NoSuchFileException e) {
      // another run removed it meanwhile
      return false;
    }
  }

  private boolean isSound(WheelFile wheel, String facts) throws IOException {
    if (pool.isSound(wheel)) {
      marks.record(wheel.sha256(), facts);
      return true;
    }
    try (ExclusiveLock alone = lock.alone()) {
      Objects.requireNonNull(alone);
      if (pool.isSound(wheel)) {
        // another run has just replaced it
        return true;
      }
      if (told.add(wheel.sha256())) {
        warnings.accept(
            wheel.filename() + " in the wheelhouse " + root + " is damaged and taken for absent");
      }
      pool.remove(wheel.sha256());
      marks.forget(wheel.sha256());
    }
    return false;
  }
}
