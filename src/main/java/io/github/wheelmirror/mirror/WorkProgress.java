package io.github.wheelmirror.mirror;

import io.github.wheelmirror.report.MirrorLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Counts finished items, tells each, and gives a sign of life when none ends for a while. */
final class WorkProgress implements AutoCloseable {

  private static final Duration HEARTBEAT = Duration.ofSeconds(30);

  private final MirrorLog log;
  private final Clock clock;
  private final int total;
  private final Set<Item> running = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "wheel-mirror heartbeat");
            thread.setDaemon(true);
            return thread;
          });
  private int done;
  private Instant last;

  WorkProgress(MirrorLog log, Clock clock, int total) {
    this.log = log;
    this.clock = clock;
    this.total = total;
    this.last = clock.instant();
    long seconds = HEARTBEAT.toSeconds();
    var unused = heart.scheduleAtFixedRate(this::beat, seconds, seconds, TimeUnit.SECONDS);
  }

  /** An item that has begun. */
  final class Item {
    private final String name;
    private final Instant begin = clock.instant();

    private Item(String name) {
      this.name = name;
    }

    /** The item ended; {@code result} in a few words. */
    void ends(String result) {
      running.remove(this);
      synchronized (WorkProgress.this) {
        done++;
        last = clock.instant();
        log.finished(done, total, name, result, Duration.between(begin, last));
      }
    }
  }

  Item begins(String name) {
    Item item = new Item(name);
    running.add(item);
    return item;
  }

  /** Tells what runs if nothing ended for a while. */
  synchronized void beat() {
    if (!running.isEmpty() && Duration.between(last, clock.instant()).compareTo(HEARTBEAT) >= 0) {
      log.waiting(done, total, running.stream().map(item -> item.name).sorted().toList());
    }
  }

  @Override
  public void close() {
    heart.shutdownNow();
  }
}
