package io.github.wheelmirror.build;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What the configuration says about planning.
 *
 * @param excludes in the order of the configuration; the first that covers a pin gives the reason
 * @param today decides which excludes have expired
 * @param trustedUnhashed the locations, as in {@link RemoteFile#index}, whose files may be taken
 *     without a strong hash
 */
public record PlanSettings(
    UpstreamWheels upstreamWheels,
    List<Exclude> excludes,
    List<BuildConstraints> buildConstraints,
    LocalDate today,
    Set<String> trustedUnhashed) {

  public PlanSettings {
    Objects.requireNonNull(upstreamWheels);
    excludes = List.copyOf(excludes);
    buildConstraints = List.copyOf(buildConstraints);
    Objects.requireNonNull(today);
    trustedUnhashed = Set.copyOf(trustedUnhashed);
  }

  /** Without a location that is trusted without hashes. */
  public PlanSettings(
      UpstreamWheels upstreamWheels,
      List<Exclude> excludes,
      List<BuildConstraints> buildConstraints,
      LocalDate today) {
    this(upstreamWheels, excludes, buildConstraints, today, Set.of());
  }

  /** The same, with these locations trusted without hashes. */
  public PlanSettings trusting(Set<String> locations) {
    return new PlanSettings(upstreamWheels, excludes, buildConstraints, today, locations);
  }

  /** Whether the file may be copied or built from. */
  boolean accepts(RemoteFile file) {
    return !file.hashes().isEmpty() || trustedUnhashed.contains(file.index());
  }
}
