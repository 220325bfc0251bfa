package io.github.wheelmirror.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** How a build ended. */
public sealed interface BuildResult {

  /**
   * There is a wheel.
   *
   * @param wheel in the output folder, its build tag in the name
   * @param networkIsolated whether the build had no network
   * @param externalLibraries names of libraries that it needs of the host and not every Linux has;
   *     sorted
   * @param requirements what its build requirements came from
   * @param shared whom it may serve
   */
  record Built(
      Path wheel,
      BuildCost cost,
      boolean networkIsolated,
      List<String> externalLibraries,
      RequirementsUsed requirements,
      Sharing.Shared shared)
      implements BuildResult {
    public Built {
      externalLibraries = List.copyOf(externalLibraries);
      Objects.requireNonNull(wheel);
      Objects.requireNonNull(cost);
      Objects.requireNonNull(requirements);
      Objects.requireNonNull(shared);
    }

    /** One that serves whoever its tags admit. */
    public Built(
        Path wheel,
        BuildCost cost,
        boolean networkIsolated,
        List<String> externalLibraries,
        RequirementsUsed requirements) {
      this(wheel, cost, networkIsolated, externalLibraries, requirements, Sharing.Shared.WITH_ALL);
    }
  }

  /**
   * There is none.
   *
   * @param tail the last lines of the output
   */
  record Failed(Diagnosis diagnosis, String tail) implements BuildResult {
    public Failed {
      Objects.requireNonNull(diagnosis);
      Objects.requireNonNull(tail);
    }
  }
}
