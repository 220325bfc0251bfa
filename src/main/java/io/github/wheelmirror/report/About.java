package io.github.wheelmirror.report;

import java.time.Duration;
import java.util.Locale;

/** Estimates as a person says them. */
public final class About {

  private static final int SECONDS_TOLD = 100;
  private static final int MINUTES_TOLD = 100;

  private About() {}

  /** {@code 40 s}, {@code 12 min} or {@code 3 h 20 min}. */
  public static String time(Duration time) {
    long seconds = Math.max(1, Math.round(time.toMillis() / 1000.0));
    if (seconds < SECONDS_TOLD) {
      return seconds + " s";
    }
    long minutes = Math.round(seconds / 60.0);
    return minutes < MINUTES_TOLD
        ? minutes + " min"
        : String.format(Locale.ROOT, "%d h %d min", minutes / 60, minutes % 60);
  }
}
