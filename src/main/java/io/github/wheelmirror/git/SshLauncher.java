package io.github.wheelmirror.git;

import java.io.IOException;
import java.util.List;

/**
 * Starts the system's {@code ssh}; the only thing this package cannot do itself, as processes are
 * started in one place of the program.
 */
@FunctionalInterface
public interface SshLauncher {

  /**
   * Starts the command with pipes on all three streams and the user's environment ({@code HOME},
   * {@code SSH_AUTH_SOCK}); does not wait.
   *
   * @param command program and arguments; the program is {@code ssh} without a path
   * @return the running process; {@link Process#destroy()} must end all that it started
   * @throws IOException if the program cannot be started
   */
  Process launch(List<String> command) throws IOException;
}
