package io.github.wheelmirror.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Reads one stream of a child on its own thread, as far as the budget goes. */
final class OutputReader implements Runnable {

  /** Told at most once, from the reader's thread. */
  interface Listener {
    void overflowed();

    void copyFailed(IOException failure);
  }

  private final InputStream in;
  private final OutputStream copy;
  private final Tail tail;
  private final AtomicLong budget;
  private final Listener listener;
  private volatile @Nullable Thread thread;

  /**
   * @param copy gets every byte within the budget; not closed here
   * @param budget bytes left, shared by the readers of one child
   */
  OutputReader(InputStream in, OutputStream copy, Tail tail, AtomicLong budget, Listener listener) {
    this.in = in;
    this.copy = copy;
    this.tail = tail;
    this.budget = budget;
    this.listener = listener;
  }

  void start(String name) {
    Thread started = new Thread(this, name);
    started.setDaemon(true);
    thread = started;
    started.start();
  }

  /** Waits until the stream has ended, at most that long. */
  void join(long millis) throws InterruptedException {
    Thread reading = thread;
    if (reading != null) {
      reading.join(millis);
    }
  }

  @Override
  public void run() {
    byte[] buffer = new byte[16 * 1024];
    for (int count = read(buffer); count >= 0; count = read(buffer)) {
      int granted = (int) Math.max(0, Math.min(count, budget.getAndAdd(-count)));
      try {
        copy.write(buffer, 0, granted);
      } catch (IOException e) {
        listener.copyFailed(e);
        return;
      }
      tail.append(buffer, granted);
      if (granted < count) {
        listener.overflowed();
        return;
      }
    }
  }

  private int read(byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      // the JDK closes the pipe under its reader when the child has ended: the same as its end
      return -1;
    }
  }
}
