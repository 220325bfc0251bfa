package io.github.wheelmirror.build;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * What the configuration says about planning.
 *
 * @param excludes in the order of the configuration; the first that covers a pin gives the reason
 * @param today decides which excludes have expired
 */
public record PlanSettings(
    UpstreamWheels upstreamWheels,
    List<Exclude> excludes,
    List<BuildConstraints> buildConstraints,
    LocalDate today) {
  public PlanSettings {
    Objects.requireNonNull(upstreamWheels);
    excludes = List.copyOf(excludes);
    buildConstraints = List.copyOf(buildConstraints);
    Objects.requireNonNull(today);
  }
}
