package io.github.wheelmirror.build;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
 * @param quarantined files that must not be used
 */
public record PlanSettings(
    UpstreamWheels upstreamWheels,
    List<Exclude> excludes,
    List<BuildConstraints> buildConstraints,
    List<PinOverride> overrides,
    BuildRequirementsAsOf asOf,
    String lockGeneration,
    LocalDate today,
    Set<String> trustedUnhashed,
    List<QuarantinedWheel> quarantined) {

  public PlanSettings {
    Objects.requireNonNull(upstreamWheels);
    excludes = List.copyOf(excludes);
    buildConstraints = List.copyOf(buildConstraints);
    overrides = List.copyOf(overrides);
    Objects.requireNonNull(asOf);
    Objects.requireNonNull(lockGeneration);
    Objects.requireNonNull(today);
    trustedUnhashed = Set.copyOf(trustedUnhashed);
    quarantined = List.copyOf(quarantined);
  }

  /** Without anything in quarantine. */
  public PlanSettings(
      UpstreamWheels upstreamWheels,
      List<Exclude> excludes,
      List<BuildConstraints> buildConstraints,
      List<PinOverride> overrides,
      BuildRequirementsAsOf asOf,
      String lockGeneration,
      LocalDate today,
      Set<String> trustedUnhashed) {
    this(
        upstreamWheels,
        excludes,
        buildConstraints,
        overrides,
        asOf,
        lockGeneration,
        today,
        trustedUnhashed,
        List.of());
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
        locations,
        quarantined);
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
        trustedUnhashed,
        quarantined);
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
        trustedUnhashed,
        quarantined);
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
        trustedUnhashed,
        quarantined);
  }

  /** The same, where these excludes come first and these files must not be used. */
  public PlanSettings quarantining(List<Exclude> versions, List<QuarantinedWheel> files) {
    return new PlanSettings(
        upstreamWheels,
        Stream.concat(versions.stream(), excludes.stream()).toList(),
        buildConstraints,
        overrides,
        asOf,
        lockGeneration,
        today,
        trustedUnhashed,
        files);
  }

  /** Whether the file may be copied or built from. */
  boolean accepts(RemoteFile file) {
    return quarantined(file).isEmpty()
        && (!file.hashes().isEmpty() || trustedUnhashed.contains(file.index()));
  }

  /** Why the file must not be used at all; nothing if it may. */
  Optional<QuarantinedWheel> quarantined(RemoteFile file) {
    return quarantined(file.hashes().getOrDefault("sha256", ""));
  }

  /** Why the file with this digest must not be used at all; nothing if it may. */
  Optional<QuarantinedWheel> quarantined(String sha256) {
    return quarantined.stream().filter(file -> file.sha256().equals(sha256)).findFirst();
  }
}
