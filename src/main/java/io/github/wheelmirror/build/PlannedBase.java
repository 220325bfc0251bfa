package io.github.wheelmirror.build;

import java.util.Objects;

/**
 * The release that a channel's next one is compared with.
 *
 * @param snapshot its id, {@code ""} if the channel has no release yet
 * @param serial of that release, -1 if there is none
 */
public record PlannedBase(String slug, String snapshot, long serial) {
  public PlannedBase {
    Check.notBlank(slug, "the slug of a base");
    Objects.requireNonNull(snapshot);
    if (snapshot.isEmpty() != (serial == -1) || serial < -1) {
      throw new IllegalArgumentException(slug + " has snapshot '" + snapshot + "' as " + serial);
    }
  }
}
