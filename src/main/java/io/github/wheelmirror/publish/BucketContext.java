package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Signing;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What all parts of a region in a bucket share.
 *
 * @param name the region's name
 * @param url where clients see it, with a slash at its end; "" if nobody knows
 * @param lockWait how long to wait for another run
 * @param clock tells when something was released
 * @param pauses waits
 */
record BucketContext(
    String name,
    String url,
    Duration lockWait,
    RegionCommands commands,
    Signing signing,
    ObjectStore store,
    Clock clock,
    Pauses pauses) {

  BucketContext {
    Objects.requireNonNull(name);
    Objects.requireNonNull(url);
    Objects.requireNonNull(lockWait);
    Objects.requireNonNull(commands);
    Objects.requireNonNull(signing);
    Objects.requireNonNull(store);
    Objects.requireNonNull(clock);
    Objects.requireNonNull(pauses);
  }

  /** How a run waits for another one. */
  @FunctionalInterface
  interface Pauses {
    /** Real time. */
    Pauses REAL = time -> Thread.sleep(time.toMillis());

    /** Waits so long. */
    void pause(Duration time) throws InterruptedException;
  }

  /**
   * Writes a small object that no other run writes with the same bytes: an answer that was lost is
   * no failure.
   *
   * @return the tag; nothing if another run was first
   */
  Optional<String> put(String key, byte[] bytes, ObjectStore.Condition condition)
      throws IOException {
    Optional<String> tag = store.put(key, ObjectContent.of(key, bytes), condition);
    if (tag.isEmpty()) {
      // the store repeats a request whose answer was lost, and then finds what it wrote itself
      return store
          .get(key)
          .filter(there -> Arrays.equals(there.bytes(), bytes))
          .map(ObjectStore.Stored::etag);
    }
    return tag;
  }

  /** Waits, or fails if the run is told to end. */
  void pause(Duration time) throws IOException {
    try {
      pauses.pause(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the run was told to end");
    }
  }

  /** The operator's command of this name; a bucket is no folder to run it in. */
  OperatorCommand command(String parameter, String line) {
    return new OperatorCommand(name, Path.of("/"), Faults.NONE, parameter, line);
  }
}
