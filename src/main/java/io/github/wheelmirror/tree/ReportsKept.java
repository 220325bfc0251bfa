package io.github.wheelmirror.tree;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which reports a region keeps: those of releases whose snapshots it keeps. */
public final class ReportsKept {

  private static final Pattern SERIAL = Pattern.compile("[1-9][0-9]{0,17}");

  private ReportsKept() {}

  /** The serial that names a report's folder; nothing for what is no report's. */
  public static Optional<Long> serial(String folder) {
    return SERIAL.matcher(folder).matches()
        ? Optional.of(Long.parseLong(folder))
        : Optional.empty();
  }

  /**
   * The serials of the reports that go. One of a release that nobody remembers stays.
   *
   * @param there all that there are
   * @param history all releases of the channel
   * @param kept ids of the snapshots that stay
   */
  public static List<Long> gone(Collection<Long> there, List<Release> history, Set<String> kept) {
    return history.stream()
        .filter(release -> !kept.contains(release.snapshot()))
        .map(Release::serial)
        .filter(there::contains)
        .distinct()
        .sorted()
        .toList();
  }
}
