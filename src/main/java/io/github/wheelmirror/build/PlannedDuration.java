package io.github.wheelmirror.build;

/**
 * What a build is expected to take, from what it took before.
 *
 * @param build the {@link BuildWork#id}
 * @param seconds for all its targets together, at least 0
 */
public record PlannedDuration(String build, double seconds) {
  public PlannedDuration {
    Check.notBlank(build, "the build of a duration");
    if (!(seconds >= 0)) {
      throw new IllegalArgumentException(build + " takes " + seconds + " s");
    }
  }

  /** Of what was measured; tenths of a second say enough. */
  public static PlannedDuration rounded(String build, double seconds) {
    return new PlannedDuration(build, Math.round(seconds * 10) / 10.0);
  }
}
