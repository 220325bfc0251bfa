package io.github.wheelmirror.builder;

import io.github.wheelmirror.build.RequirementsUsed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What came of a build. */
public sealed interface BuildOutcome {

  /** The end of what was printed, empty if it tells nothing. */
  default String tail() {
    return "";
  }

  /**
   * A wheel, and it is the pin's.
   *
   * @param wheel in the output folder
   * @param environment what the build environment held, {@code name==version}
   * @param memoryBytes the most that its processes were seen to hold
   * @param requirements what the environment was made from
   * @param networkIsolated whether the build could not reach the network
   */
  record Built(
      Path wheel,
      Duration duration,
      long memoryBytes,
      List<String> environment,
      RequirementsUsed requirements,
      boolean networkIsolated)
      implements BuildOutcome {
    public Built {
      environment = List.copyOf(environment);
    }
  }

  /** The sdist is unsafe, cannot be built at all, or did what no build may. */
  record Refused(String reason) implements BuildOutcome {}

  /** A patch of the override does not fit the source. */
  record PatchMisfit(String reason) implements BuildOutcome {}

  /**
   * The backend failed.
   *
   * @param tail the end of what it printed
   */
  record BackendFailed(int exitCode, String tail) implements BuildOutcome {}

  /** It took longer than it may. */
  record TimedOut(Duration limit, String tail) implements BuildOutcome {}

  /** It printed more than it may. */
  record OutputLimit(long maxBytes, String tail) implements BuildOutcome {}

  /** Its processes held more memory than they may. */
  record MemoryLimit(long maxBytes, String tail) implements BuildOutcome {}

  /** It ran more processes than it may. */
  record ProcessLimit(int most, String tail) implements BuildOutcome {}

  /** It wrote more than it may, or the disk is full; 0 bytes for no limit of its own. */
  record DiskLimit(long maxBytes, String tail) implements BuildOutcome {}

  /** Its build requirements could not be installed. */
  record EnvironmentFailed(String reason, String tail) implements BuildOutcome {}

  /** The backend said that it succeeded, but there is no wheel or another than the pin's. */
  record NoSuchWheel(String reason) implements BuildOutcome {}

  /** Its process was ended from outside, and again when it was tried once more. */
  record Killed(String tail) implements BuildOutcome {}

  /** The thread was interrupted; its flag is set. */
  record Interrupted() implements BuildOutcome {}
}
