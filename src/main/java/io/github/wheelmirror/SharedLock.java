package io.github.wheelmirror;

import io.github.wheelmirror.ExclusiveLock.TakenException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Any number of holders at a time for a lock file that nobody holds as {@link ExclusiveLock}. */
public final class SharedLock implements AutoCloseable {

  private final Path file;
  private final LockFile lock;

  private SharedLock(Path file, LockFile lock) {
    this.file = file;
    this.lock = lock;
  }

  /**
   * Waits for the lock; the file and its folder are made if missing.
   *
   * @param limit how long to wait at the most
   * @param onWait called once if the lock is not free at once
   * @throws TakenException if it did not come free
   */
  public static SharedLock acquire(Path file, Duration limit, Runnable onWait)
      throws IOException, InterruptedException, TakenException {
    LockFile lock = ExclusiveLock.open(file);
    ExclusiveLock.await(lock, () -> lock.tryAcquire(true), limit, onWait);
    return new SharedLock(lock.file(), lock);
  }

  /**
   * As {@link #acquire}, but what a second copy of this class in this JVM (another plugin realm)
   * holds is no obstacle: for a lock that the goals of one Maven run only ever share.
   */
  public static SharedLock acquireBesideCopies(Path file, Duration limit, Runnable onWait)
      throws IOException, InterruptedException, TakenException {
    LockFile lock = ExclusiveLock.open(file);
    ExclusiveLock.await(lock, lock::tryShareBesideCopies, limit, onWait);
    return new SharedLock(lock.file(), lock);
  }

  /**
   * Gives the lock back.
   *
   * @throws MirrorException (machinery) if the file system refuses
   */
  @Override
  public void close() {
    ExclusiveLock.release(file, lock);
  }
}
