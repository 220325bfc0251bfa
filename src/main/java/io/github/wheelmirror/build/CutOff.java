package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Target;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * The last day on which a file may have been uploaded to be a build requirement of an sdist, as an
 * ISO date in UTC; {@code ""} for any day.
 *
 * <p>By default it is the end of the half-year that holds the day 30 days after the sdist's upload
 * or, if that is later, after the first release of the target's Python, which older tools do not
 * know. Half-years make many sdists share one set of tools.
 */
final class CutOff {

  private static final int MARGIN_DAYS = 30;

  private static final Map<String, LocalDate> RELEASED =
      Map.of(
          "3.6", LocalDate.of(2016, 12, 23),
          "3.7", LocalDate.of(2018, 6, 27),
          "3.8", LocalDate.of(2019, 10, 14),
          "3.9", LocalDate.of(2020, 10, 5),
          "3.10", LocalDate.of(2021, 10, 4),
          "3.11", LocalDate.of(2022, 10, 24),
          "3.12", LocalDate.of(2023, 10, 2),
          "3.13", LocalDate.of(2024, 10, 7),
          "3.14", LocalDate.of(2025, 10, 7));

  private CutOff() {}

  /** Whether the rule needs an upload time that the index does not tell. */
  static boolean isUnknown(BuildRequirementsAsOf rule, RemoteFile sdist) {
    return rule.equals(BuildRequirementsAsOf.SDIST) && uploaded(sdist).equals(LocalDate.MAX);
  }

  static String of(BuildRequirementsAsOf rule, RemoteFile sdist, Target target) {
    if (rule.equals(BuildRequirementsAsOf.NOW) || isUnknown(rule, sdist)) {
      return "";
    }
    if (!rule.equals(BuildRequirementsAsOf.SDIST)) {
      return rule.text();
    }
    LocalDate uploaded = uploaded(sdist);
    LocalDate released = RELEASED.getOrDefault(minor(target.fullVersion()), uploaded);
    LocalDate later = uploaded.isAfter(released) ? uploaded : released;
    return endOfHalfYear(later.plusDays(MARGIN_DAYS)).toString();
  }

  private static LocalDate endOfHalfYear(LocalDate day) {
    return day.getMonthValue() <= 6
        ? LocalDate.of(day.getYear(), 6, 30)
        : LocalDate.of(day.getYear(), 12, 31);
  }

  private static String minor(String fullVersion) {
    String[] parts = fullVersion.split("\\.", 3);
    return parts.length < 2 ? fullVersion : parts[0] + "." + parts[1];
  }

  /** In UTC; {@link LocalDate#MAX} if it is unknown or no year of a calendar. */
  private static LocalDate uploaded(RemoteFile file) {
    try {
      LocalDate day = Instant.parse(file.uploadTime()).atOffset(ZoneOffset.UTC).toLocalDate();
      return day.getYear() < 1 || day.getYear() > 9998 ? LocalDate.MAX : day;
    } catch (DateTimeParseException e) {
      return LocalDate.MAX;
    }
  }

  /** Whether the file was uploaded on the day or before; of unknown times nobody can say so. */
  static boolean admits(String asOf, RemoteFile file) {
    return asOf.isEmpty() || !uploaded(file).isAfter(LocalDate.parse(asOf));
  }
}
