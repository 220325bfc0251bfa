package io.github.wheelmirror.process;

import io.github.wheelmirror.MirrorException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** One running child: its readers, its limits and its family, which does not outlive it. */
final class Supervision implements AutoCloseable {

  private static final int TAIL_BYTES = 64 * 1024;
  private static final long READERS_MILLIS = 10_000;

  private enum Ending {
    EXITED,
    OVERFLOWED,
    TIMED_OUT,
    INTERRUPTED
  }

  private final Command command;
  private final Limits limits;
  private final Process process;
  private final ProcessFamily family;
  private final Thread hook;
  private final AtomicLong budget;
  private final Tail tail = new Tail(TAIL_BYTES);
  private final ByteArrayOutputStream standardOutput = new ByteArrayOutputStream();
  private final List<OutputReader> readers = new ArrayList<>();
  private final CompletableFuture<Ending> ending = new CompletableFuture<>();
  private final long started = System.nanoTime();

  private Supervision(
      Command command, Limits limits, Process process, ProcessFamily family, OutputStream log) {
    this.command = command;
    this.limits = limits;
    this.process = process;
    this.family = family;
    this.budget = new AtomicLong(limits.maxOutputBytes());
    this.hook = new Thread(family::kill, "wheel-mirror-kill-" + process.pid());
    OutputReader.Listener listener = listener();
    if (command.streams() == Command.Streams.SEPARATE) {
      readers.add(
          new OutputReader(
              process.getInputStream(), standardOutput, new Tail(1), budget, listener));
      readers.add(new OutputReader(process.getErrorStream(), log, tail, budget, listener));
    } else {
      readers.add(new OutputReader(process.getInputStream(), log, tail, budget, listener));
    }
  }

  static Supervision start(
      ProcessBuilder builder,
      Command command,
      Limits limits,
      boolean ownSession,
      String marker,
      OutputStream log) {
    try {
      Process process = builder.start();
      ProcessFamily family = new ProcessFamily(process.toHandle(), ownSession, marker);
      Supervision supervision = new Supervision(command, limits, process, family, log);
      supervision.begin();
      return supervision;
    } catch (IOException e) {
      throw MirrorException.machinery(
          "cannot start " + command.program(),
          String.valueOf(e.getMessage()),
          "see that the host allows another process and that the file can be executed",
          e);
    }
  }

  private void begin() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      family.kill();
    }
    process.onExit().thenRun(() -> ending.complete(Ending.EXITED));
    readers.forEach(reader -> reader.start("wheel-mirror-output-" + process.pid()));
  }

  private OutputReader.Listener listener() {
    return new OutputReader.Listener() {
      @Override
      public void overflowed() {
        ending.complete(Ending.OVERFLOWED);
      }

      @Override
      public void copyFailed(IOException failure) {
        ending.completeExceptionally(failure);
      }
    };
  }

  /**
   * Blocks until the child and all that descends from it have ended.
   *
   * @throws IOException when the copy of the output cannot be written
   */
  ProcessOutcome await() throws IOException {
    Ending how = waitForEnding();
    // killing and reading must not be cut short; the flag is set again at the end
    boolean interrupted = Thread.interrupted();
    try {
      if (how == Ending.EXITED) {
        family.settle();
      }
      int killed = family.kill();
      interrupted |= joinReaders();
      if (how == Ending.EXITED && budget.get() < 0) {
        how = Ending.OVERFLOWED;
      }
      return outcome(how, transcript(how == Ending.EXITED ? killed : 0));
    } finally {
      if (interrupted || how == Ending.INTERRUPTED) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Ending waitForEnding() throws IOException {
    try {
      return ending.get(limits.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Ending.TIMED_OUT;
    } catch (InterruptedException e) {
      return Ending.INTERRUPTED;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private boolean joinReaders() {
    boolean interrupted = false;
    for (OutputReader reader : readers) {
      boolean ended = false;
      while (!ended) {
        try {
          // a writer that cannot even be killed keeps the pipe open: its reader is left behind
          reader.join(READERS_MILLIS);
          ended = true;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    return interrupted;
  }

  private Transcript transcript(int leftovers) {
    return new Transcript(
        tail.text(),
        standardOutput.toString(StandardCharsets.UTF_8),
        Duration.ofNanos(System.nanoTime() - started),
        leftovers);
  }

  private ProcessOutcome outcome(Ending how, Transcript transcript) {
    return switch (how) {
      case EXITED -> new ProcessOutcome.Exited(process.exitValue(), transcript);
      case OVERFLOWED ->
          new ProcessOutcome.OutputLimitExceeded(limits.maxOutputBytes(), transcript);
      case TIMED_OUT -> new ProcessOutcome.TimedOut(limits.timeout(), transcript);
      case INTERRUPTED -> new ProcessOutcome.Interrupted(transcript);
    };
  }

  /** Kills whatever is left, also when waiting itself failed. */
  @Override
  public void close() {
    family.kill();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // the hook runs, or has run
      return;
    }
  }
}
