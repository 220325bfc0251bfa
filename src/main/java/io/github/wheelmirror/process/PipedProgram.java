package io.github.wheelmirror.process;

import java.io.IOException;
import java.util.List;

/**
 * Starts a program that the caller talks to through pipes, with the user's own environment: ssh
 * needs {@code HOME} and the agent's socket.
 */
public final class PipedProgram {

  private PipedProgram() {}

  /**
   * Starts it; does not wait.
   *
   * @throws IOException if it cannot be started
   */
  public static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).start();
  }
}
