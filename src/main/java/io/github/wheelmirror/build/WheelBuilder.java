package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Target;
import java.util.Optional;

/** Port: builds one sdist for one target. */
public interface WheelBuilder extends AutoCloseable {

  /**
   * Builds; blocks until the wheel lies in the output folder, the build failed or its time is up.
   *
   * @return how it ended; a build that fails is a result, not an exception
   */
  BuildResult build(BuildRequest request);

  /**
   * Why no build for the target can even be begun here, before its sdist is fetched; empty if it
   * can. {@link #build} fails with the same.
   */
  default Optional<Diagnosis> refusal(Target target) {
    return Optional.empty();
  }

  /** Ends what was kept ready for further builds. */
  @Override
  default void close() {}
}
