package io.github.wheelmirror.publish;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The host of a region, reached by the system's own ssh and rsync with the user's configuration,
 * agent and known hosts. {@code RSYNC_RSH} names another ssh, as for rsync itself.
 */
final class SshHost {
  private static final Limits LIMITS = new Limits(Duration.ofHours(12), 64L << 20);
  private static final int SHOWN_LINES = 6;
  private static final Duration CONNECT = Duration.ofSeconds(60);

  private final String region;
  private final SshPlace place;
  private final Path replica;
  private final String program;
  private final ProcessRunner runner = ProcessRunner.create();

  /**
   * @param replica the folder here; commands run in it
   * @param program ssh with its options, {@code ""} for the usual one
   */
  SshHost(String region, SshPlace place, Path replica, String program) {
    this.region = region;
    this.place = place;
    this.replica = replica;
    this.program = program;
  }

  /** Runs a line of the other host's shell. */
  void run(String line) {
    List<String> command = place.ssh(program);
    command.add(place.host());
    command.add(line);
    require(command, "its host cannot be used");
  }

  /** Runs a line there that reads a file from here. */
  void run(String line, Path input) {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "f=$1; shift; exec \"$@\" < \"$f\""));
    command.addAll(List.of("sh", input.toString()));
    command.addAll(place.ssh(program));
    command.add(place.host());
    command.add(line);
    require(command, "its host cannot be used");
  }

  /** Makes the replica what is there. */
  void pull(List<String> options) {
    List<String> command = rsync(options.toArray(String[]::new));
    command.add(place.rsync(""));
    command.add("./");
    require(command, "what it serves cannot be copied here");
  }

  /**
   * Copies from the replica.
   *
   * @param from paths of the tree; the last part of each lands in the region's folder
   */
  void push(List<String> from, String... options) {
    List<String> command = rsync(options);
    command.addAll(from);
    command.add(place.rsync(""));
    require(command, "it cannot be written");
  }

  private List<String> rsync(String... options) {
    List<String> command = new ArrayList<>(List.of("rsync", "-rlpt", "-s", "--timeout=600", "-e"));
    command.add(String.join(" ", place.ssh(program)));
    command.addAll(List.of(options));
    return command;
  }

  private void require(List<String> command, String what) {
    ProcessOutcome outcome =
        runner.run(Command.of(command, replica.toAbsolutePath(), System.getenv()), LIMITS);
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
   * Takes the region's lock there.
   *
   * @param wait how long another run is waited for
   */
  Held lock(Duration wait) {
    List<String> command = place.ssh(program);
    command.add(place.host());
    command.add(
        "mkdir -p "
            + place.quoted("state/locks")
            + " && exec flock -w "
            + Math.max(1, wait.toSeconds())
            + " "
            + place.quoted("state/locks/host.lock")
            + " sh -c 'echo locked; exec cat'");
    try {
      Path errors = Files.createTempFile("wheel-mirror-ssh", ".log");
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
      String said = Files.readString(errors);
      Files.deleteIfExists(errors);
      if (!held) {
        conversation.kill();
        conversation.close();
        throw failure(
            "its lock cannot be taken",
            said.isBlank()
                ? "another run has held "
                    + place.folder()
                    + "/state/locks/host.lock for "
                    + wait.toSeconds()
                    + " s"
                : end(said));
      }
      return conversation::close;
    } catch (IOException e) {
      throw MirrorException.machinery(
          "region " + region + ": its lock cannot be taken",
          String.valueOf(e.getMessage()),
          "make the folder for temporary files writable",
          e);
    }
  }
}
