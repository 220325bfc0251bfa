package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * The places for builds, each with its share of the machine: all builds that run together never
 * have more memory than is allowed, for each has a limit of its own. One that wants more takes
 * several places, or all. Safe for threads.
 */
final class BuildSlots {

  private final int places;
  private final long memoryBytes;
  private final int processors;
  private final Semaphore free;
  private final Semaphore turns;

  /**
   * What one build may use.
   *
   * @param memoryBytes that its processes may hold together
   * @param processors that it should keep busy
   * @param everything whether no other build runs beside it
   */
  record Share(long memoryBytes, int processors, boolean everything) {}

  /**
   * One work's turn to build, of which there are as many as places. Who has only to store what was
   * built passes it on: that is waiting for the disk. Of one thread.
   */
  final class Turn implements AutoCloseable {
    private boolean passed;

    void pass() {
      if (!passed) {
        passed = true;
        turns.release();
      }
    }

    @Override
    public void close() {
      pass();
    }
  }

  /**
   * @param places how many builds run at once
   * @param memoryBytes for all of them together
   * @param processors for all of them together
   */
  BuildSlots(int places, long memoryBytes, int processors) {
    this.places = places;
    this.memoryBytes = memoryBytes;
    this.processors = processors;
    this.free = new Semaphore(places, true);
    this.turns = new Semaphore(places, true);
  }

  /**
   * Waits for a turn. Who waits for one must hold nothing that another work may wait for.
   *
   * @throws MirrorException if the thread is interrupted while it waits
   */
  Turn turn() {
    acquire(turns, 1);
    return new Turn();
  }

  private static void acquire(Semaphore from, int count) {
    try {
      from.acquire(count);
    } catch (InterruptedException e) {
      throw Interrupts.ended(e);
    }
  }

  /**
   * Runs a build as soon as there is room.
   *
   * @param wanted bytes of memory that it is expected to hold, 0 if unknown
   * @throws MirrorException if the thread is interrupted while it waits
   */
  <T> T run(long wanted, Function<Share, T> build) {
    long share = Math.max(1, memoryBytes / places);
    return take((int) Math.max(1, Math.min(places, (wanted + share - 1) / share)), build);
  }

  /** Runs a build with nothing beside it. */
  <T> T runAlone(Function<Share, T> build) {
    return take(places, build);
  }

  private <T> T take(int count, Function<Share, T> build) {
    acquire(free, count);
    try {
      boolean everything = count == places;
      return build.apply(
          new Share(
              everything ? memoryBytes : memoryBytes / places * count,
              Math.max(1, processors * count / places),
              everything));
    } finally {
      free.release(count);
    }
  }
}
