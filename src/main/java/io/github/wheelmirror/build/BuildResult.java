package io.github.wheelmirror.build;

import java.nio.file.Path;
import java.util.Objects;

/** How a build ended. */
public sealed interface BuildResult {

  /**
   * There is a wheel.
   *
   * @param wheel in the output folder, its build tag in the name
   * @param networkIsolated whether the build had no network
   */
  record Built(Path wheel, BuildCost cost, boolean networkIsolated) implements BuildResult {
    public Built {
      Objects.requireNonNull(wheel);
      Objects.requireNonNull(cost);
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
