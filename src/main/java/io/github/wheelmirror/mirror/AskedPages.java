package io.github.wheelmirror.mirror;

import io.github.wheelmirror.report.MirrorLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Counts the project pages that the index has answered, and tells how many while it is asked. */
final class AskedPages implements AutoCloseable {

  private final MirrorLog log;
  private final Clock clock;
  private final int total;
  private int answered;
  private Instant last;
  private final Heartbeat heart;

  /** Begins to count up to this many pages. */
  AskedPages(MirrorLog log, Clock clock, int total) {
    this.log = log;
    this.clock = clock;
    this.total = total;
    this.last = clock.instant();
    this.heart = new Heartbeat(log, this::draw, this::beat);
  }

  /** One more page was answered. */
  synchronized void answered() {
    answered++;
    beat();
  }

  /** A sign of life, if none was given for a while and some pages are missing. */
  synchronized void beat() {
    Instant now = clock.instant();
    if (!log.isLive()
        && answered < total
        && Duration.between(last, now).compareTo(Heartbeat.INTERVAL) >= 0) {
      last = now;
      log.stillAsking(answered, total);
    }
  }

  private synchronized void draw() {
    log.asking(answered, total);
  }

  /** Nothing is asked any more, be it that asking failed. */
  @Override
  public synchronized void close() {
    heart.close();
    if (log.isLive()) {
      answered = total;
      draw();
    }
  }
}
