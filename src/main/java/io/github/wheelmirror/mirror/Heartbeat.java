package io.github.wheelmirror.mirror;

import io.github.wheelmirror.report.MirrorLog;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Calls again and again what shows a run to be alive, until it is closed. */
final class Heartbeat implements AutoCloseable {

  /** For so long nothing may be told where there is no terminal. */
  static final Duration INTERVAL = Duration.ofSeconds(30);

  private static final Duration REDRAW = Duration.ofMillis(250);

  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "wheel-mirror heartbeat");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Begins to beat.
   *
   * @param draw shows on a terminal what runs, called several times a second if there is one
   * @param beat tells a line if none was told for the {@link #INTERVAL}; called where there is no
   *     terminal
   */
  Heartbeat(MirrorLog log, Runnable draw, Runnable beat) {
    boolean live = log.isLive();
    long millis = (live ? REDRAW : INTERVAL).toMillis();
    var unused =
        heart.scheduleAtFixedRate(live ? draw : beat, millis, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    heart.shutdownNow();
  }
}
