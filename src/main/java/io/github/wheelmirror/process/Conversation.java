package io.github.wheelmirror.process;

import io.github.wheelmirror.MirrorException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * A child that lives on and answers: lines go to its standard input, lines come from its standard
 * output, what it says on standard error goes to a file. It ends, with all that descends from it,
 * when this is closed, when the JVM ends and, where the host has {@code setpriv}, when the JVM is
 * killed. Safe for threads.
 */
public final class Conversation implements AutoCloseable {

  /** What the child answers; from one thread, in order. */
  public interface Listener {

    /** One line, without its end. */
    void said(String line);

    /** The child will say nothing more; told once, last. */
    void ended();
  }

  private static final Duration FAREWELL = Duration.ofSeconds(5);
  private static final int MAX_LINE = 4 << 20;

  private final Process process;
  private final ProcessFamily family;
  private final Thread hook;
  private final OutputStream input;
  private final Thread reader;
  private boolean closed;

  private Conversation(Process process, ProcessFamily family, Thread reader) {
    this.process = process;
    this.family = family;
    this.reader = reader;
    this.input = process.getOutputStream();
    this.hook = new Thread(family::kill, "wheel-mirror-kill-" + process.pid());
  }

  /**
   * Starts the child from a thread of its own, which lives as long as the child: where the kernel
   * ends a child with its parent, the parent is the thread that started it.
   */
  static Conversation start(
      ProcessBuilder builder,
      String program,
      boolean ownSession,
      String marker,
      Listener listener) {
    CompletableFuture<Conversation> started = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              Conversation conversation;
              try {
                Process process = builder.start();
                ProcessFamily family = new ProcessFamily(process.toHandle(), ownSession, marker);
                conversation = new Conversation(process, family, Thread.currentThread());
                conversation.watch();
              } catch (IOException | RuntimeException e) {
                started.completeExceptionally(e);
                return;
              }
              started.complete(conversation);
              conversation.listen(listener);
            },
            "wheel-mirror-conversation");
    thread.setDaemon(true);
    thread.start();
    try {
      return started.join();
    } catch (CompletionException e) {
      throw MirrorException.machinery(
          "cannot start " + program,
          String.valueOf(e.getCause()),
          "see that the host allows another process and that the file can be executed",
          e);
    }
  }

  private void watch() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      family.kill();
    }
  }

  private void listen(Listener listener) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      for (int c = lines.read(); c >= 0 && line.length() < MAX_LINE; c = lines.read()) {
        if (c == '\n') {
          listener.said(line.toString());
          line.setLength(0);
        } else {
          line.append((char) c);
        }
      }
    } catch (IOException closedUnderItsReader) {
      // the same as its end
    } finally {
      family.kill();
      listener.ended();
    }
  }

  /**
   * Sends a line.
   *
   * @throws IOException if the child does not listen any more
   */
  public void say(String line) throws IOException {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (input) {
      input.write(bytes);
      input.flush();
    }
  }

  /** Ends the child at once; its listener is told. */
  public void kill() {
    family.kill();
  }

  /** Lets the child end by itself, for a short while, then ends it. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    boolean interrupted = Thread.interrupted();
    try {
      input.close();
      boolean left = process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
      if (!left) {
        family.kill();
      }
    } catch (IOException alreadyGone) {
      family.kill();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    family.kill();
    interrupted |= joinReader();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // the hook runs, or has run
      return;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean joinReader() {
    if (Thread.currentThread() == reader) {
      return false;
    }
    try {
      reader.join(FAREWELL.toMillis());
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }
}
