package io.github.wheelmirror.publish;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Conversation;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The host of a region, reached by the system's own ssh and rsync with the user's configuration,
 * agent and known hosts. {@code RSYNC_RSH} names another ssh, as for rsync itself.
 *
 * <p>Whoever writes there holds the region's lock. What a killed run has sent may still be at work
 * there when its lock is free again: every command that writes is refused by the host unless its
 * run is the one that took the lock last, and whoever takes the lock waits for those that began.
 */
final class SshHost {
  private static final Limits LIMITS = new Limits(Duration.ofHours(12), 64L << 20);
  private static final int SHOWN_LINES = 6;
  private static final Duration CONNECT = Duration.ofSeconds(60);
  private static final Path NO_INPUT = Path.of("/dev/null");

  private final String region;
  private final SshPlace place;
  private final Path replica;
  private final String program;
  private final ProcessRunner runner = ProcessRunner.create();
  private HostShell shell;
  private SshConnection connection = SshConnection.NONE;

  /**
   * @param replica the folder here; commands run in it
   * @param program ssh with its options, {@code ""} for the usual one
   */
  SshHost(String region, SshPlace place, Path replica, String program) {
    this.region = region;
    this.place = place;
    this.replica = replica;
    this.program = program;
    this.shell = new HostShell(place, "");
  }

  /** The beginning of an ssh command line: by the connection of the lock while it is held. */
  private List<String> ssh() {
    List<String> command = place.ssh(program);
    command.addAll(connection.using());
    return command;
  }

  /** Makes durable there what was written. */
  void force() {
    write(HostShell.force("-f ."), NO_INPUT);
  }

  /**
   * Removes paths of the region there.
   *
   * @param list a file from here, each path ended by a zero byte
   */
  void remove(Path list) {
    write("xargs -0 rm -rf -- < " + HostShell.INPUT, list);
  }

  /** Gives a file in a folder of the region a new content, which is durable at the end. */
  void replace(String path, Path content) {
    String folder = path.substring(0, path.lastIndexOf('/'));
    write(
        HostShell.force(HostShell.INPUT)
            + " && mv -f "
            + HostShell.INPUT
            + " "
            + path
            + " && "
            + HostShell.force(folder),
        content);
  }

  /**
   * Runs words of the other host's shell in the region's folder, with a file from here as {@link
   * HostShell#INPUT}: a connection may end in the middle of a path, so nothing is done before all
   * is there.
   */
  private void write(String words, Path input) {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "f=$1; shift; exec \"$@\" < \"$f\""));
    command.addAll(List.of("sh", input.toString()));
    command.addAll(ssh());
    command.add(place.host());
    command.add(shell.withInput(words, size(input)));
    require(command, "it cannot be written");
  }

  private long size(Path input) {
    try {
      return input.equals(NO_INPUT) ? 0 : Files.size(input);
    } catch (IOException e) {
      throw MirrorException.machinery(
          "region " + region + ": " + input + " cannot be read",
          IoWords.of(e),
          "run the goal again; nothing else may delete its temporary files",
          e);
    }
  }

  /**
   * Makes the replica what is there. Nothing is written there: a region's folder that nobody has
   * made yet is an empty one.
   */
  void pull(List<String> options) {
    ProcessOutcome outcome =
        run(pulling(place.rsync(""), options, "--rsync-path=" + shell.reader()));
    if (!outcome.succeeded() && HostShell.tellsOfNoFolder(outcome.transcript().output())) {
      outcome = pullNothing(options);
    }
    require(outcome, "what it serves cannot be copied here");
  }

  private ProcessOutcome pullNothing(List<String> options) {
    try {
      Path nothing = Files.createTempDirectory("wheel-mirror-");
      try {
        return run(pulling(nothing + "/", options));
      } finally {
        Files.delete(nothing);
      }
    } catch (IOException e) {
      throw noTemporaryFiles("an empty folder cannot be made", e);
    }
  }

  private List<String> pulling(String from, List<String> options, String... more) {
    List<String> command = rsync(options.toArray(String[]::new));
    command.addAll(List.of(more));
    command.addAll(List.of(from, "./"));
    return command;
  }

  /**
   * Copies from the replica, as one that writes.
   *
   * @param from paths of the tree; the last part of each lands in the region's folder
   */
  void push(List<String> from, String... options) {
    List<String> command = rsync(options);
    command.addAll(
        List.of("--temp-dir=" + HostShell.TEMPORARY, "--rsync-path=" + shell.writer() + "rsync"));
    command.addAll(from);
    command.add(place.rsync(""));
    require(command, "it cannot be written");
  }

  private List<String> rsync(String... options) {
    List<String> command = new ArrayList<>(List.of("rsync", "-rlpt", "-s", "--timeout=600", "-e"));
    command.add(String.join(" ", ssh()));
    command.addAll(List.of(options));
    return command;
  }

  private ProcessOutcome run(List<String> command) {
    return runner.run(Command.of(command, replica.toAbsolutePath(), System.getenv()), LIMITS);
  }

  private void require(List<String> command, String what) {
    require(run(command), what);
  }

  private void require(ProcessOutcome outcome, String what) {
    if (!outcome.succeeded()) {
      throw failure(what, outcome.describe() + ": " + end(outcome.transcript().output()));
    }
  }

  private MirrorException failure(String what, String why) {
    return MirrorException.machinery(
        "region " + region + ": " + what,
        why,
        "see that ssh "
            + place.host()
            + " works without a password, that the host has rsync and flock, and that "
            + place.folder()
            + " can be written; then run the goal again: clients see a complete release meanwhile",
        null);
  }

  private MirrorException noTemporaryFiles(String what, IOException e) {
    return MirrorException.machinery(
        "region " + region + ": " + what,
        IoWords.of(e),
        "make the folder for temporary files writable",
        e);
  }

  private static String end(String output) {
    List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty()
        ? "it printed nothing"
        : lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()).stream()
            .map(String::strip)
            .collect(Collectors.joining("; "));
  }

  /** A lock there, held by a process there that ends with the connection. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes the region's lock there. Until it is closed all goes by its connection, where ssh can
   * share one.
   *
   * @param wait how long another run is waited for
   */
  Held lock(Duration wait) {
    shell = new HostShell(place, UUID.randomUUID().toString());
    try {
      SshConnection shared = SshConnection.create();
      List<String> command = place.ssh(program);
      command.addAll(shared.making());
      command.add(place.host());
      command.add(shell.locking(Math.max(1, wait.toSeconds())));
      Conversation conversation;
      try {
        conversation = locked(command, shared.errors(), wait);
      } catch (IOException | MirrorException e) {
        shared.remove();
        throw e;
      }
      connection = shared;
      return () -> {
        connection = SshConnection.NONE;
        conversation.close();
        shared.remove();
      };
    } catch (IOException e) {
      throw noTemporaryFiles("its lock cannot be taken", e);
    }
  }

  private Conversation locked(List<String> command, Path errors, Duration wait) throws IOException {
    CompletableFuture<Boolean> locked = new CompletableFuture<>();
    Conversation conversation =
        runner.converse(
            Command.of(command, replica.toAbsolutePath(), System.getenv()),
            errors,
            new Conversation.Listener() {
              @Override
              public void said(String line) {
                if (line.equals("locked")) {
                  locked.complete(true);
                }
              }

              @Override
              public void ended() {
                locked.complete(false);
              }
            });
    boolean held = false;
    try {
      held = locked.get(wait.plus(CONNECT).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // as if it had not been given
      held = false;
    }
    if (!held) {
      String said = Files.readString(errors);
      conversation.kill();
      conversation.close();
      throw failure(
          "its lock cannot be taken",
          said.isBlank()
              ? "another run has held "
                  + place.folder()
                  + "/"
                  + HostShell.LOCK
                  + " for "
                  + wait.toSeconds()
                  + " s"
              : end(said));
    }
    return conversation;
  }
}
