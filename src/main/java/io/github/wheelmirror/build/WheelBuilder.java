package io.github.wheelmirror.build;

/** Port: builds one sdist for one target. */
public interface WheelBuilder extends AutoCloseable {

  /**
   * Builds; blocks until the wheel lies in the output folder, the build failed or its time is up.
   *
   * @return how it ended; a build that fails is a result, not an exception
   */
  BuildResult build(BuildRequest request);

  /** Ends what was kept ready for further builds. */
  @Override
  default void close() {}
}
