package io.github.wheelmirror.build;

import java.nio.file.Path;
import java.time.Duration;
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
   */
  record Built(
      Path wheel, Duration duration, boolean networkIsolated, List<String> externalLibraries)
      implements BuildResult {
    public Built {
      externalLibraries = List.copyOf(externalLibraries);
      Objects.requireNonNull(wheel);
      Objects.requireNonNull(duration);
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
