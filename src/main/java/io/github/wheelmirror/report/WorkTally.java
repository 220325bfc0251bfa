package io.github.wheelmirror.report;

import java.time.Duration;
import java.util.Objects;

/**
 * What a run that downloads and builds did.
 *
 * @param downloaded wheels
 * @param built wheels
 * @param present wheels of the report that were in the wheelhouse before
 * @param failed distinct downloads and builds
 * @param absent pins that nothing upstream can serve somewhere
 * @param took the work alone
 */
public record WorkTally(
    int downloaded, int built, int present, int failed, int absent, Duration took) {
  public WorkTally {
    Objects.requireNonNull(took);
  }
}
