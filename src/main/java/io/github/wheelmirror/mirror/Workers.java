package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs tasks a few at a time; an interrupt ends all of them. */
final class Workers implements AutoCloseable {

  private final ExecutorService threads;
  private final List<Future<?>> tasks = new ArrayList<>();

  Workers(String name, int limit) {
    threads =
        Executors.newFixedThreadPool(
            limit,
            task -> {
              Thread thread = new Thread(task, "wheel-mirror " + name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts a task as soon as a thread is free. */
  <T> Future<T> start(Callable<T> task) {
    Future<T> future = threads.submit(task);
    tasks.add(future);
    return future;
  }

  /**
   * Waits for a task of any workers.
   *
   * @throws MirrorException if this thread is interrupted
   */
  static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw Interrupts.ended(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (CancellationException e) {
      throw new IllegalStateException("a task was cancelled before it was awaited", e);
    }
  }

  /** Ends what still runs and waits until it has cleaned up. */
  @Override
  public void close() {
    tasks.forEach(task -> task.cancel(true));
    threads.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      boolean unused = threads.awaitTermination(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
