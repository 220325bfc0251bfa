package io.github.wheelmirror.selection;

import io.github.wheelmirror.MirrorException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * The time before which files must have been uploaded: pip's {@code --uploaded-prior-to}, uv's
 * {@code --exclude-newer}. A file of exactly this time is too new for both.
 *
 * @param text as typed
 * @param instant what it says to pip: without an offset it is local, and a bare date is midnight
 * @param dayEnd what it says to uv: without an offset the end of that local day, whatever the time;
 *     in milliseconds
 */
public record UploadLimit(String text, Instant instant, Instant dayEnd) {

  /** Checks. */
  public UploadLimit {
    Objects.requireNonNull(text);
    Objects.requireNonNull(instant);
    Objects.requireNonNull(dayEnd);
  }

  /**
   * Reads {@code 2026-03-01}, {@code 2026-03-01T12:00} or {@code 2026-03-01T12:00:00Z} (ISO 8601,
   * extended format). Durations are refused, for what they mean changes with the clock.
   *
   * @param zone of the machine that the installer runs on
   * @throws MirrorException (input) for anything else
   */
  public static UploadLimit parse(String text, ZoneId zone) {
    try {
      if (!text.contains("T")) {
        LocalDate day = LocalDate.parse(text);
        return new UploadLimit(text, day.atStartOfDay(zone).toInstant(), end(day, zone));
      }
      if (text.matches(".*([Zz]|[+-][0-9:]+)")) {
        Instant instant = OffsetDateTime.parse(text).toInstant();
        return new UploadLimit(text, instant, instant.truncatedTo(ChronoUnit.MILLIS));
      }
      LocalDateTime time = LocalDateTime.parse(text);
      return new UploadLimit(text, time.atZone(zone).toInstant(), end(time.toLocalDate(), zone));
    } catch (DateTimeException e) {
      throw MirrorException.input(
          "'" + text + "' is no time before which files were uploaded",
          String.valueOf(e.getMessage()),
          "write a date like 2026-03-01 or a time like 2026-03-01T12:00:00Z");
    }
  }

  private static Instant end(LocalDate day, ZoneId zone) {
    return day.plusDays(1).atStartOfDay(zone).toInstant();
  }

  /** As typed. */
  @Override
  public String toString() {
    return text;
  }
}
