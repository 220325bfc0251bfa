package io.github.wheelmirror.build;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** How a build ended. */
public sealed interface BuildResult {

  /**
   * There is a wheel.
   *
   * @param wheel in the output folder, its build tag in the name
   * @param networkIsolated whether the build had no network
   * @param requirements what its build requirements came from
   */
  record Built(
      Path wheel, Duration duration, boolean networkIsolated, RequirementsUsed requirements)
      implements BuildResult {
    public Built {
      Objects.requireNonNull(wheel);
      Objects.requireNonNull(duration);
      Objects.requireNonNull(requirements);
    }
  }

  /**
   * There is none.
   *
   * @param fix what a person can do, {@code ""} if nothing is known
   * @param tail the last lines of the output
   */
  record Failed(FailureClass failureClass, String why, String fix, String tail)
      implements BuildResult {
    public Failed {
      Objects.requireNonNull(failureClass);
      Check.notBlank(why, "why a build failed");
      Objects.requireNonNull(fix);
      Objects.requireNonNull(tail);
    }
  }
}
