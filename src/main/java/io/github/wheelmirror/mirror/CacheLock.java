package io.github.wheelmirror.mirror;

import io.github.wheelmirror.ExclusiveLock;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.SharedLock;
import io.github.wheelmirror.report.MirrorLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Shared by all runs that use a cache, from begin to end; taken alone only by who removes what
 * those may be using.
 */
final class CacheLock {

  private final Path cache;
  private final Duration timeout;
  private final MirrorLog log;

  CacheLock(Path cache, Duration timeout, MirrorLog log) {
    this.cache = cache;
    this.timeout = timeout;
    this.log = log;
  }

  SharedLock shared() {
    try {
      return SharedLock.acquireBesideCopies(file(), timeout, this::waits);
    } catch (ExclusiveLock.TakenException e) {
      throw taken(e);
    } catch (InterruptedException e) {
      throw Interrupts.ended(e);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  ExclusiveLock alone() {
    try {
      return ExclusiveLock.acquire(file(), timeout, this::waits);
    } catch (ExclusiveLock.TakenException e) {
      throw taken(e);
    } catch (InterruptedException e) {
      throw Interrupts.ended(e);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private Path file() {
    return cache.resolve(".in-use.lock");
  }

  private void waits() {
    log.note("waiting for another run with the cache " + cache);
  }

  private MirrorException taken(ExclusiveLock.TakenException e) {
    return MirrorException.machinery(
        "another run uses the cache " + cache,
        e.owner() + " still held it after " + timeout.toSeconds() + " s",
        "wait until it has ended, or give it longer with -Dwheel-mirror.lockTimeout=SECONDS",
        null);
  }

  private MirrorException unusable(IOException e) {
    return MirrorException.machinery(
        "the cache " + cache + " cannot be used",
        IoWords.of(e),
        "make it writable for this user, or choose another with"
            + " -Dwheel-mirror.cacheDirectory=FOLDER",
        e);
  }
}
