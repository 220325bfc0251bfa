package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.tree.WheelCollection;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps the wheelhouse to its size limit, if it has one. */
final class WheelhouseLimit {

  private static final int MIB = 20;

  private final MirrorRequest request;
  private final Outside outside;

  WheelhouseLimit(MirrorRequest request, Outside outside) {
    this.request = request;
    this.outside = outside;
  }

  /** Removes wheels that neither this run's report nor another run of late needs. */
  void keepTo(BuildReport report) {
    long limit = request.places().wheelhouseLimit();
    if (limit == 0) {
      return;
    }
    Instant now = outside.clock().instant();
    Set<String> needed =
        report.files().stream().map(WheelFile::sha256).collect(Collectors.toUnmodifiableSet());
    WheelCollection.Trimmed trimmed =
        new WheelCollection(outside.wheelhouse()).trim(limit, needed, now);
    if (trimmed.removed().count() > 0) {
      outside
          .log()
          .note(
              "  %d wheels of %d MiB that were not used for longest are gone from the wheelhouse"
                  .formatted(trimmed.removed().count(), trimmed.removed().bytes() >> MIB));
    }
    if (trimmed.left().bytes() > limit) {
      outside
          .log()
          .warning(
              ("the wheelhouse has %d MiB and its limit is %d MiB: all that is left is needed by"
                      + " this run or was by another one in the last two days; raise"
                      + " wheelhouseLimit, or see what is large with clean-wheelhouse")
                  .formatted(trimmed.left().bytes() >> MIB, limit >> MIB));
    }
  }
}
