package io.github.wheelmirror.process;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Runs programs to their end: exact environment, no input, umask 022, bounded time and output.
 *
 * <p>A child leads a session of its own where the host has {@code setsid}. On time-out, too much
 * output, interrupt or the JVM's own end it is killed with all that descends from it; where the
 * host has {@code setpriv} the child also ends when the JVM is killed. What is still running when a
 * child ended by itself is killed too and counted. Safe for threads.
 */
public final class ProcessRunner {

  /** Set in every child, unique for each: how a daemon that has left its session is recognised. */
  static final String MARKER = "WHEEL_MIRROR_PROCESS";

  private static final List<String> SHELL_VARIABLES = List.of("PWD", "OLDPWD", "SHLVL", "_");

  private final Path shell;
  private final Optional<Path> setsid;
  private final Optional<Path> setpriv;

  private ProcessRunner(Path shell, Optional<Path> setsid, Optional<Path> setpriv) {
    this.shell = shell;
    this.setsid = setsid;
    this.setpriv = setpriv;
  }

  /**
   * A runner that takes its own helpers ({@code sh}, {@code setsid}, {@code setpriv}) from that
   * path.
   *
   * @throws MirrorException machinery, when the host has no {@code sh}
   */
  public static ProcessRunner using(SearchPath helpers) {
    Path shell =
        helpers
            .find("sh")
            .orElseThrow(
                () ->
                    MirrorException.machinery(
                        "cannot start programs on this host",
                        "no sh in " + helpers,
                        "run this goal on Linux",
                        null));
    return new ProcessRunner(
        shell, helpers.find("setsid"), helpers.find("setpriv").filter(ProcessRunner::isUtilLinux));
  }

  /** A runner with the helpers that the user's {@code PATH} and the system's own folders offer. */
  public static ProcessRunner create() {
    String path = System.getenv("PATH");
    return using(SearchPath.withSystem(path == null ? "" : path));
  }

  /** BusyBox has a {@code setpriv} too, without the option that is wanted here. */
  private static boolean isUtilLinux(Path program) {
    try {
      return !program.toRealPath().getFileName().toString().startsWith("busybox");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Runs to the end without a log file.
   *
   * @throws MirrorException machinery, when the program is not there or cannot be started
   */
  public ProcessOutcome run(Command command, Limits limits) {
    try {
      return run(command, limits, OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw unwritable("cannot keep the output of " + command.program(), e);
    }
  }

  /**
   * Runs to the end and appends what it prints to a log file, up to the limit.
   *
   * @throws MirrorException machinery, when the program cannot be started or the log not be written
   */
  public ProcessOutcome run(Command command, Limits limits, Path log) {
    try (OutputStream out = open(log)) {
      return run(command, limits, out);
    } catch (IOException e) {
      throw unwritable("cannot write the log " + log, e);
    }
  }

  /**
   * Starts a child that lives on; it gets no input but what the conversation says.
   *
   * @param errors a file that gets what it prints on standard error, at its end
   * @throws MirrorException machinery, when it cannot be started
   */
  public Conversation converse(Command command, Path errors, Conversation.Listener listener) {
    Path program = resolve(command);
    String mark = UUID.randomUUID().toString();
    ProcessBuilder builder = builder(command, program, mark);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    return Conversation.start(
        builder, command.program(), setsid.isPresent(), MARKER + "=" + mark, listener);
  }

  private static MirrorException unwritable(String what, IOException e) {
    return MirrorException.machinery(
        what, IoWords.of(e), "make the log's folder writable and see that the disk is not full", e);
  }

  private static OutputStream open(Path log) throws IOException {
    Path folder = log.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    // not a channel: an interrupt would close it under its writer; not buffered: it can be followed
    return new FileOutputStream(log.toFile(), true);
  }

  private ProcessOutcome run(Command command, Limits limits, OutputStream log) throws IOException {
    Path program = resolve(command);
    String mark = UUID.randomUUID().toString();
    ProcessBuilder builder = builder(command, program, mark);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(command.streams() == Command.Streams.MERGED);
    try (Supervision child =
        Supervision.start(builder, command, limits, setsid.isPresent(), MARKER + "=" + mark, log)) {
      return child.await();
    }
  }

  private ProcessBuilder builder(Command command, Path program, String mark) {
    ProcessBuilder builder = new ProcessBuilder(wrapped(command, program));
    builder.directory(command.directory().toFile());
    Map<String, String> environment = new HashMap<>(command.environment());
    environment.put(MARKER, mark);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  private List<String> wrapped(Command command, Path program) {
    List<String> argv = new ArrayList<>();
    setsid.ifPresent(helper -> argv.add(helper.toString()));
    setpriv.ifPresent(helper -> argv.addAll(List.of(helper.toString(), "--pdeathsig", "KILL")));
    String added =
        String.join(
            " ",
            SHELL_VARIABLES.stream()
                .filter(name -> !command.environment().containsKey(name))
                .toList());
    String script =
        "umask 022; " + (added.isEmpty() ? "" : "unset " + added + "; ") + "exec \"$@\"";
    argv.addAll(List.of(shell.toString(), "-c", script, "sh", program.toString()));
    argv.addAll(command.argv().subList(1, command.argv().size()));
    return argv;
  }

  private static Path resolve(Command command) {
    if (!Files.isDirectory(command.directory())) {
      throw MirrorException.machinery(
          "cannot start " + command.program(),
          "its working folder " + command.directory() + " is not there",
          "run the goal again; nothing else may delete its work folder",
          null);
    }
    String name = command.program();
    SearchPath path = SearchPath.parse(command.environment().getOrDefault("PATH", ""));
    Stream<Path> candidates =
        name.indexOf('/') >= 0
            ? Stream.of(command.directory().resolve(name))
            : path.findAll(name).stream();
    return candidates
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst()
        .orElseThrow(
            () ->
                MirrorException.machinery(
                    "cannot start " + name,
                    name.indexOf('/') >= 0
                        ? "there is no such executable file"
                        : "there is no such program in " + path,
                    "install it, or put its folder on PATH",
                    null));
  }
}
