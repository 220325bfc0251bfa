package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * One build.
 *
 * @param sdist the complete, checked file
 * @param buildConstraints lines for the build requirements
 * @param locks what the build requirements are locked to
 * @param override what it has that other builds have not; its constraints are among the others
 * @param buildTag for the wheel's file name
 * @param sourceDateEpoch seconds since 1970
 * @param workDirectory the build's own, emptied by the builder
 * @param outputDirectory where the wheel goes
 * @param log gets the whole output
 * @param memoryBytes that all its processes may hold together, 0 for no limit
 * @param processors that it should keep busy, at least 1
 * @param fresh whether nothing may be used that earlier builds of the project left
 */
public record BuildRequest(
    Pin pin,
    Path sdist,
    Target target,
    List<String> buildConstraints,
    RequirementLocks locks,
    BuildOverride override,
    String buildTag,
    long sourceDateEpoch,
    Path workDirectory,
    Path outputDirectory,
    Path log,
    long memoryBytes,
    int processors,
    boolean fresh) {
  public BuildRequest {
    Objects.requireNonNull(pin);
    Objects.requireNonNull(sdist);
    Objects.requireNonNull(target);
    buildConstraints = List.copyOf(buildConstraints);
    Objects.requireNonNull(locks);
    Objects.requireNonNull(override);
    Check.notBlank(buildTag, "the build tag");
    Objects.requireNonNull(workDirectory);
    Objects.requireNonNull(outputDirectory);
    Objects.requireNonNull(log);
    if (memoryBytes < 0 || processors < 1) {
      throw new IllegalArgumentException("no share: " + memoryBytes + " " + processors);
    }
  }

  /** Without an override. */
  public BuildRequest(
      Pin pin,
      Path sdist,
      Target target,
      List<String> buildConstraints,
      RequirementLocks locks,
      String buildTag,
      long sourceDateEpoch,
      Path workDirectory,
      Path outputDirectory,
      Path log,
      long memoryBytes,
      int processors,
      boolean fresh) {
    this(
        pin,
        sdist,
        target,
        buildConstraints,
        locks,
        BuildOverride.NONE,
        buildTag,
        sourceDateEpoch,
        workDirectory,
        outputDirectory,
        log,
        memoryBytes,
        processors,
        fresh);
  }
}
