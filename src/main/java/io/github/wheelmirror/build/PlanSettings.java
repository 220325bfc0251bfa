package io.github.wheelmirror.build;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What the configuration says about planning.
 *
 * @param excludes in the order of the configuration; the first that covers a pin gives the reason
 * @param overrides in the order of the configuration; all that fit a pin count
 * @param asOf the day as of which build requirements are resolved
 * @param lockGeneration when locks of build requirements were last asked to move, {@code ""} for
 *     never
 * @param today decides which excludes have expired
 * @param trustedUnhashed the locations, as in {@link RemoteFile#index}, whose files may be taken
 *     without a strong hash
 */
public record PlanSettings(
    UpstreamWheels upstreamWheels,
    List<Exclude> excludes,
    List<BuildConstraints> buildConstraints,
    List<PinOverride> overrides,
    BuildRequirementsAsOf asOf,
    String lockGeneration,
    LocalDate today,
    Set<String> trustedUnhashed) {

  public PlanSettings {
    Objects.requireNonNull(upstreamWheels);
    excludes = List.copyOf(excludes);
    buildConstraints = List.copyOf(buildConstraints);
    overrides = List.copyOf(overrides);
    Objects.requireNonNull(asOf);
    Objects.requireNonNull(lockGeneration);
    Objects.requireNonNull(today);
    trustedUnhashed = Set.copyOf(trustedUnhashed);
  }

  /**
   * As of some time after each sdist, with locks that never moved, and without overrides and a
   * location that is trusted without hashes.
   */
  public PlanSettings(
      UpstreamWheels upstreamWheels,
      List<Exclude> excludes,
      List<BuildConstraints> buildConstraints,
      LocalDate today) {
    this(
        upstreamWheels,
        excludes,
        buildConstraints,
        List.of(),
        BuildRequirementsAsOf.SDIST,
        "",
        today,
        Set.of());
  }

  /** The same, with these locations trusted without hashes. */
  public PlanSettings trusting(Set<String> locations) {
    return new PlanSettings(
        upstreamWheels,
        excludes,
        buildConstraints,
        overrides,
        asOf,
        lockGeneration,
        today,
        locations);
  }

  /** The same, with build requirements resolved as of another day. */
  public PlanSettings asOf(BuildRequirementsAsOf day) {
    return new PlanSettings(
        upstreamWheels,
        excludes,
        buildConstraints,
        overrides,
        day,
        lockGeneration,
        today,
        trustedUnhashed);
  }

  /** The same, with locks of another generation. */
  public PlanSettings ofGeneration(String generation) {
    return new PlanSettings(
        upstreamWheels,
        excludes,
        buildConstraints,
        overrides,
        asOf,
        generation,
        today,
        trustedUnhashed);
  }

  /** The same, with these overrides. */
  public PlanSettings overriding(List<PinOverride> others) {
    return new PlanSettings(
        upstreamWheels,
        excludes,
        buildConstraints,
        others,
        asOf,
        lockGeneration,
        today,
        trustedUnhashed);
  }

  /** Whether the file may be copied or built from. */
  boolean accepts(RemoteFile file) {
    return !file.hashes().isEmpty() || trustedUnhashed.contains(file.index());
  }
}
