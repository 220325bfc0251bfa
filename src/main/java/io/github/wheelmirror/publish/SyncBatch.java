package io.github.wheelmirror.publish;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes files and folders durable together: many waiting syncs cost about as much as one, one after
 * the other they would cost minutes.
 */
final class SyncBatch {
  private static final int THREADS = 16;

  private SyncBatch() {}

  /** Forces the content and names of the files and folders to the disk. */
  static void force(Collection<Path> paths) throws IOException {
    each(
        paths,
        path -> {
          try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
          }
        });
  }

  /** What is done with one item. */
  @FunctionalInterface
  interface Work<T> {
    /** Does it. */
    void on(T item) throws IOException;
  }

  /** Does the work on all items, several at once; the first failure ends the rest and is thrown. */
  static <T> void each(Collection<T> items, Work<T> work) throws IOException {
    if (items.size() == 1) {
      alone(items.iterator().next(), work);
    } else if (!items.isEmpty()) {
      together(List.copyOf(items), work);
    }
  }

  /** A flip makes a dozen single names durable: a thread for each would cost more than that. */
  private static <T> void alone(T item, Work<T> work) throws IOException {
    try {
      work.on(item);
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    }
  }

  private static <T> void together(List<T> items, Work<T> work) throws IOException {
    int threads = Math.min(THREADS, items.size());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    AtomicInteger next = new AtomicInteger();
    try {
      Callable<Void> several =
          () -> {
            try {
              for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
                work.on(items.get(i));
              }
            } finally {
              // after a failure the others end what they are at and begin nothing more
              next.set(items.size());
            }
            return null;
          };
      List<Future<Void>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(several));
      }
      for (Future<Void> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw unwrap(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } finally {
      next.set(items.size());
      stop(pool);
    }
  }

  private static IOException interrupted(Exception e) {
    return new IOException("interrupted while writing", e);
  }

  private static IOException unwrap(@Nullable Throwable cause) {
    if (cause instanceof IOException io) {
      return io;
    }
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return new IOException(cause);
  }

  /** Waits for what still runs: the caller is about to delete its files. */
  private static void stop(ExecutorService pool) {
    pool.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      boolean ended = false;
      while (!ended) {
        // a sync on a slow disk cannot be abandoned: its file would be deleted under it
        ended = pool.awaitTermination(1, TimeUnit.MINUTES);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
