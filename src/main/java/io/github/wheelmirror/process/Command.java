package io.github.wheelmirror.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start.
 *
 * @param argv the program and its arguments; the program is a path or a name looked up in the
 *     environment's own {@code PATH}
 * @param directory an existing folder, the child's working directory
 * @param environment the whole environment; nothing is inherited
 * @param streams whether standard output is kept apart from standard error
 */
public record Command(
    List<String> argv, Path directory, Map<String, String> environment, Streams streams) {

  /** How the two output streams are read. */
  public enum Streams {
    /** Both as one text, in the order of writing. */
    MERGED,
    /** Standard output whole and apart, for answers that a program parses. */
    SEPARATE
  }

  public Command {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    if (argv.isEmpty() || argv.get(0).isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
    if (!directory.isAbsolute()) {
      throw new IllegalArgumentException("not an absolute directory: " + directory);
    }
    for (String name : environment.keySet()) {
      if (name.isEmpty() || name.indexOf('=') >= 0) {
        throw new IllegalArgumentException("not a variable's name: '" + name + "'");
      }
    }
  }

  /** A command whose two output streams are one text. */
  public static Command of(List<String> argv, Path directory, Map<String, String> environment) {
    return new Command(argv, directory, environment, Streams.MERGED);
  }

  /** The same command with its standard output kept apart. */
  public Command withStandardOutputApart() {
    return new Command(argv, directory, environment, Streams.SEPARATE);
  }

  /** The program alone. */
  public String program() {
    return argv.get(0);
  }

  /** The arguments; never the environment, which may hold secrets. */
  @Override
  public String toString() {
    return String.join(" ", argv);
  }
}
