package io.github.wheelmirror.mirror;

import io.github.wheelmirror.report.MirrorLog;
import io.github.wheelmirror.report.WorkState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Counts finished items, tells each, and gives a sign of life when none ends for a while. */
final class WorkProgress implements AutoCloseable {

  private final MirrorLog log;
  private final Clock clock;
  private final int total;
  private final ExpectedTime time;
  private final Set<Item> running = ConcurrentHashMap.newKeySet();
  private final Heartbeat heart;
  private double waitingSeconds;
  private final Instant start;
  private long bytes;
  private int done;
  private Instant last;

  /**
   * Begins to count.
   *
   * @param total of downloads and builds
   * @param time of the builds among them
   */
  WorkProgress(MirrorLog log, Clock clock, int total, ExpectedTime time) {
    this.log = log;
    this.clock = clock;
    this.total = total;
    this.time = time;
    this.waitingSeconds = time.sum();
    this.start = clock.instant();
    this.last = start;
    this.heart = new Heartbeat(log, this::draw, this::beat);
  }

  /** An item that has begun. */
  final class Item {
    private final String name;
    private final double expectedSeconds;
    private final long size;
    private final Instant begin = clock.instant();

    private Item(String name, double expectedSeconds, long size) {
      this.name = name;
      this.expectedSeconds = expectedSeconds;
      this.size = size;
    }

    private double secondsLeft() {
      double spent = Duration.between(begin, clock.instant()).toMillis() / 1000.0;
      return Math.max(0, expectedSeconds - spent);
    }

    /** The item ended; {@code result} in a few words. */
    void ends(String result) {
      running.remove(this);
      synchronized (WorkProgress.this) {
        done++;
        bytes += size;
        last = clock.instant();
        log.finished(done, total, name, result, Duration.between(begin, last));
      }
    }
  }

  /** A download begins; {@code size} in bytes, negative if unknown. */
  Item begins(String name, long size) {
    return begins(new Item(name, 0, Math.max(0, size)));
  }

  /** A build begins; {@code id} is that of the work. */
  Item begins(String id, String name) {
    double seconds = time.seconds(id);
    synchronized (this) {
      waitingSeconds -= seconds;
    }
    return begins(new Item(name, seconds, 0));
  }

  private Item begins(Item item) {
    running.add(item);
    return item;
  }

  /** Tells what runs if nothing ended for a while. */
  synchronized void beat() {
    if (!log.isLive()
        && !running.isEmpty()
        && Duration.between(last, clock.instant()).compareTo(Heartbeat.INTERVAL) >= 0) {
      log.waiting(done, total, running.stream().map(item -> item.name).sorted().toList(), left());
    }
  }

  private void draw() {
    log.running(state());
  }

  /** What runs now. */
  synchronized WorkState state() {
    Instant now = clock.instant();
    List<WorkState.Running> all =
        running.stream()
            .sorted(
                Comparator.comparing((Item item) -> item.begin).thenComparing(item -> item.name))
            .map(item -> new WorkState.Running(item.name, Duration.between(item.begin, now)))
            .toList();
    return new WorkState(done, total, all, left(), bytes, Duration.between(start, now));
  }

  private Duration left() {
    if (!time.isKnown()) {
      return Duration.ZERO;
    }
    double runningSeconds = running.stream().mapToDouble(Item::secondsLeft).sum();
    double seconds = (Math.max(0, waitingSeconds) + runningSeconds) / time.atOnce();
    return Duration.ofMillis((long) (1000 * seconds));
  }

  @Override
  public void close() {
    heart.close();
    if (log.isLive()) {
      running.clear();
      draw();
    }
  }
}
