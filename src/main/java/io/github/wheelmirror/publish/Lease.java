package io.github.wheelmirror.publish;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A lock in a bucket: an object that its owner writes again and again, and that is anybody's when
 * the owner has not done so for a while. Each write is conditional on the last one, so an owner who
 * was taken for dead notices.
 */
final class Lease implements AutoCloseable {
  /** How long it is held without being written again. */
  static final Duration LIFE = Duration.ofSeconds(60);

  private static final Duration RENEWAL = LIFE.dividedBy(4);

  /** What must be left of it before a step that only its owner may take. */
  private static final Duration RESERVE = LIFE.dividedBy(2);

  private final BucketContext region;
  private final String key;
  private final LeaseNote note;
  private final boolean deleted;
  private final ScheduledThreadPoolExecutor renewer;
  private String etag;
  private long renewed;
  private boolean lost;
  private @Nullable IOException failure;

  /**
   * A lease that was just written.
   *
   * @param etag of what was written
   * @param written {@link System#nanoTime} before that
   * @param deleted whether giving it back removes the object, which nobody else writes
   */
  Lease(
      BucketContext region,
      String key,
      LeaseNote note,
      String etag,
      long written,
      boolean deleted) {
    this.region = region;
    this.key = key;
    this.note = note;
    this.deleted = deleted;
    this.etag = etag;
    this.renewed = written;
    this.renewer =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "lease " + key);
              thread.setDaemon(true);
              return thread;
            });
    long every = RENEWAL.toMillis();
    renewer.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
  }

  /** Writes it again. */
  synchronized void renew() {
    if (lost) {
      return;
    }
    long now = System.nanoTime();
    try {
      Optional<String> tag = region.put(key, Json.write(note), ObjectStore.Condition.is(etag));
      lost = tag.isEmpty();
      if (!lost) {
        etag = tag.get();
        renewed = now;
      }
    } catch (IOException e) {
      // the next renewal may do; whoever relies on the lease is told if none does
      failure = e;
    }
  }

  /**
   * Goes on only if nobody else can have taken it for free, nor will within a request's time.
   *
   * @throws MirrorException (machinery) otherwise
   */
  synchronized void require() {
    boolean late = System.nanoTime() - renewed > LIFE.minus(RESERVE).toNanos();
    if (late && !lost) {
      renew();
      late = System.nanoTime() - renewed > LIFE.minus(RESERVE).toNanos();
    }
    if (lost || late) {
      throw MirrorException.machinery(
          "region " + region.name() + " was left to other runs",
          lost
              ? "another run took " + region.store().address(key) + " for abandoned"
              : region.store().address(key)
                  + " could not be renewed for "
                  + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - renewed)
                  + " s",
          "see whether this machine was stopped or cut off for some time, and run the goal again",
          failure);
    }
  }

  @Override
  public void close() throws IOException {
    renewer.shutdownNow();
    giveBack();
  }

  private synchronized void giveBack() throws IOException {
    if (lost) {
      return;
    }
    lost = true;
    if (deleted) {
      region.store().delete(List.of(key));
    } else {
      // not removed: who takes it next counts on, and nobody's lease can be removed by mistake
      region.put(key, Json.write(note.givenBack()), ObjectStore.Condition.is(etag));
    }
  }
}
