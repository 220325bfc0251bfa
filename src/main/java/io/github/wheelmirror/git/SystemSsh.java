package io.github.wheelmirror.git;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * Runs the other end of a Git conversation through the system's {@code ssh}, which knows the user's
 * keys, agent and known hosts. One object serves one operation.
 */
final class SystemSsh extends SshSessionFactory {

  private final SshLauncher launcher;
  private final Duration timeout;
  private volatile @Nullable SshProcess process;

  SystemSsh(SshLauncher launcher, Duration timeout) {
    this.launcher = launcher;
    this.timeout = timeout;
  }

  /** The command line that runs a command on the repository's host; never asks a question. */
  static List<String> commandLine(URIish uri, String command, Duration timeout) {
    List<String> line =
        new ArrayList<>(
            List.of("ssh", "-o", "BatchMode=yes", "-o", "ConnectTimeout=" + timeout.toSeconds()));
    if (uri.getPort() > 0) {
      line.add("-p");
      line.add(Integer.toString(uri.getPort()));
    }
    String host = uri.getHost().replaceAll("^\\[|]$", "");
    line.add("--");
    line.add(uri.getUser() == null ? host : uri.getUser() + "@" + host);
    line.add(command);
    return List.copyOf(line);
  }

  /**
   * Ends ssh if it still runs.
   *
   * @return what it and the other end said on standard error, the last part; empty if nothing
   */
  String lastWords() {
    SshProcess last = process;
    return last == null ? "" : last.lastWords();
  }

  @Override
  public RemoteSession getSession(
      URIish uri, CredentialsProvider credentials, FS fs, int timeoutMillis)
      throws TransportException {
    return new RemoteSession() {
      @Override
      public Process exec(String command, int timeoutSeconds) throws IOException {
        try {
          SshProcess started = new SshProcess(launcher.launch(commandLine(uri, command, timeout)));
          process = started;
          return started;
        } catch (IOException e) {
          throw new SshNotStartedException(e);
        }
      }

      @Override
      public void disconnect() {
        // the process ends with its connection
      }
    };
  }

  @Override
  public String getType() {
    return "system ssh";
  }

  /** The {@code ssh} program could not be started. */
  static final class SshNotStartedException extends TransportException {
    private static final long serialVersionUID = 1L;

    SshNotStartedException(IOException cause) {
      super("ssh could not be started: " + cause.getMessage(), cause);
    }
  }
}
