package io.github.wheelmirror.builder;

/** What came of asking for a build environment. */
public sealed interface EnvironmentResult {

  /** It can be used. */
  record Ready(BuildEnvironment environment) implements EnvironmentResult {}

  /**
   * It cannot be made.
   *
   * @param reason one line for a person
   * @param tail the end of what the tool printed, or empty
   */
  record Failed(String reason, String tail) implements EnvironmentResult {}

  /** The thread was interrupted while waiting or making it; the flag is set. */
  record Interrupted() implements EnvironmentResult {}
}
