package io.github.wheelmirror.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One connection of ssh that several commands share: the first makes it, the others use it and
 * connect for themselves if they cannot.
 *
 * @param folder readable by this user alone: the connection's socket and what its command says
 */
record SshConnection(Path folder) {
  /** Each command connects for itself. */
  static final SshConnection NONE = new SshConnection(Path.of(""));

  /** Neither quoted by rsync's option nor expanded by ssh. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._-]+");

  /** The address of a socket has 108 bytes, and ssh first makes one with 17 more at its end. */
  private static final int LONGEST = 90;

  private static final String SOCKET = "s";

  /**
   * A connection to come, in the folder for temporary files.
   *
   * @throws IOException if that cannot be written
   */
  static SshConnection create() throws IOException {
    return new SshConnection(Files.createTempDirectory("wheel-mirror-ssh"));
  }

  /** Where the command that makes it may write what it says. */
  Path errors() {
    return folder.resolve("errors");
  }

  /** Options of the command that makes it; it lasts as long as that command. */
  List<String> making() {
    return options("yes");
  }

  /** Options of the others, none if it cannot be shared. */
  List<String> using() {
    return options("no");
  }

  private List<String> options(String master) {
    String socket = folder.resolve(SOCKET).toString();
    if (equals(NONE) || socket.length() > LONGEST || !PLAIN.matcher(socket).matches()) {
      return List.of();
    }
    return List.of(
        "-o", "ControlMaster=" + master, "-o", "ControlPath=" + socket, "-o", "ControlPersist=no");
  }

  /** Removes the folder; what cannot be removed is left to who cleans temporary files. */
  void remove() {
    try {
      WorkFolder.delete(folder);
    } catch (IOException leftBehind) {
      // what the run did there is done, with or without it
    }
  }
}
