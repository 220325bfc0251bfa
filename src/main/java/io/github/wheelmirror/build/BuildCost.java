package io.github.wheelmirror.build;

/**
 * What a build costs.
 *
 * @param seconds of wall time, at least 0
 * @param memoryBytes the most that all its processes hold together, 0 if unknown
 */
public record BuildCost(double seconds, long memoryBytes) {

  /**
   * What a build is taken for of which nothing is known: more than a pure one, less than a compiled
   * one with a library in its source.
   */
  public static final BuildCost UNKNOWN = new BuildCost(5, 512L << 20);

  public BuildCost {
    if (!(seconds >= 0) || memoryBytes < 0) {
      throw new IllegalArgumentException("no cost: " + seconds + " s, " + memoryBytes);
    }
  }

  /** Both one after the other: times add up, memory does not. */
  public BuildCost then(BuildCost next) {
    return new BuildCost(seconds + next.seconds, Math.max(memoryBytes, next.memoryBytes));
  }
}
