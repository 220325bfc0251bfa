package io.github.wheelmirror.builder;

import java.time.Duration;
import java.util.List;

/**
 * How far one build may go.
 *
 * @param time for all hooks of the build together
 * @param outputBytes that each hook may print
 * @param memoryBytes that all its processes may hold together, 0 for no limit
 * @param processes that it may run at once
 * @param diskBytes that it may occupy, 0 for no limit
 * @param cores that it is told to use; nothing stops it from using more
 */
public record BuildLimits(
    Duration time, long outputBytes, long memoryBytes, int processes, long diskBytes, int cores) {

  /** A build has no use for more processes than this, whatever the machine. */
  public static final int PROCESSES = 2_000;

  public BuildLimits {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("not a time limit: " + time);
    }
    if (outputBytes <= 0 || memoryBytes < 0 || processes <= 0 || diskBytes < 0 || cores <= 0) {
      throw new IllegalArgumentException(
          "not limits: "
              + List.of(outputBytes, memoryBytes, (long) processes, diskBytes, (long) cores));
    }
  }

  /** These limits of time and output, no others but that of processes, and one core. */
  public static BuildLimits of(Duration time, long outputBytes) {
    return new BuildLimits(time, outputBytes, 0, PROCESSES, 0, 1);
  }

  /** The same with that memory, if it is less, and those cores. */
  BuildLimits within(long bytes, int share) {
    long less = memoryBytes == 0 || (bytes > 0 && bytes < memoryBytes) ? bytes : memoryBytes;
    return new BuildLimits(time, outputBytes, less, processes, diskBytes, share);
  }

  /** The same with the time that is left. */
  BuildLimits within(Duration left) {
    return new BuildLimits(
        left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left,
        outputBytes,
        memoryBytes,
        processes,
        diskBytes,
        cores);
  }
}
