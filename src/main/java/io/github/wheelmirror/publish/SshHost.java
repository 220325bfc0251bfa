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
  private static final String LOCK = "state/locks/host.lock";

  /** Held, shared, by every command that writes there. */
  private static final String WORK = "state/locks/host.work";

  /** Tells the run that may write. */
  private static final String RUN = "state/locks/host.run";

  /** Where rsync writes what is not whole yet; emptied by whoever takes the lock. */
  private static final String TEMPORARY = ".tmp/rsync";

  private static final String INPUT = TEMPORARY + "/input";
  private static final Path NO_INPUT = Path.of("/dev/null");
  private static final String FORCE = "{ sync -f . 2>/dev/null || sync; }";

  private final String region;
  private final SshPlace place;
  private final Path replica;
  private final String program;
  private final ProcessRunner runner = ProcessRunner.create();
  private String run = "";

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

  /** Makes durable there what was written. */
  void force() {
    write(FORCE, NO_INPUT);
  }

  /**
   * Removes paths of the region there.
   *
   * @param list a file from here, each path ended by a zero byte
   */
  void remove(Path list) {
    write("xargs -0 rm -rf -- < " + INPUT, list);
  }

  /** Gives a file of the region a new content, which is durable there at the end. */
  void replace(String path, Path content) {
    write(FORCE + " && mv -f " + INPUT + " " + path + " && " + FORCE, content);
  }

  /**
   * Runs words of the other host's shell in the region's folder, with a file from here as {@link
   * #INPUT}: a connection may end in the middle of a path, so nothing is done before all is there.
   */
  private void write(String words, Path input) {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "f=$1; shift; exec \"$@\" < \"$f\""));
    command.addAll(List.of("sh", input.toString()));
    command.addAll(place.ssh(program));
    command.add(place.host());
    command.add(
        writer()
            + "sh -c 'cat > %s && test $(wc -c < %s) -eq %d && %s; s=$?; rm -f %s; exit $s'"
                .formatted(INPUT, INPUT, size(input), words, INPUT));
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

  /** The beginning of a command that may only write while this run has the lock. */
  private String writer() {
    return "cd "
        + place.quoted("")
        + " && exec flock -s "
        + WORK
        + " sh -c 'test \"$(cat "
        + RUN
        + ")\" = "
        + run
        + " || { echo another run has taken the lock meanwhile >&2; exit 1; }; exec \"$@\"' sh ";
  }

  /** Makes the replica what is there. */
  void pull(List<String> options) {
    List<String> command = rsync(options.toArray(String[]::new));
    command.add(place.rsync(""));
    command.add("./");
    require(command, "what it serves cannot be copied here");
  }

  /**
   * Copies from the replica, as one that writes.
   *
   * @param from paths of the tree; the last part of each lands in the region's folder
   */
  void push(List<String> from, String... options) {
    List<String> command = rsync(options);
    command.addAll(List.of("--temp-dir=" + TEMPORARY, "--rsync-path=" + writer() + "rsync"));
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

  /** First the lock, then nobody who still writes for a run that had it before. */
  private String locking(long seconds) {
    String begin =
        "echo " + run + " > " + RUN + " && rm -rf " + TEMPORARY + " && mkdir -p " + TEMPORARY;
    return "mkdir -p "
        + place.quoted("state/locks")
        + " && cd "
        + place.quoted("")
        + " && exec flock -w %d %s sh -c 'flock -w %d %s sh -c \"%s\" || exit 1; echo locked; cat;"
            .formatted(seconds, LOCK, seconds, WORK, begin)
        + " rmdir "
        + TEMPORARY
        + "'";
  }

  /**
   * Takes the region's lock there.
   *
   * @param wait how long another run is waited for
   */
  Held lock(Duration wait) {
    run = UUID.randomUUID().toString();
    List<String> command = place.ssh(program);
    command.add(place.host());
    command.add(locking(Math.max(1, wait.toSeconds())));
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
                    + "/"
                    + LOCK
                    + " for "
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
