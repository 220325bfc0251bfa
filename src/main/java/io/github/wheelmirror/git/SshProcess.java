package io.github.wheelmirror.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An ssh process whose standard error can be read a second time, and whose exit value is there when
 * JGit asks for it: that is as soon as the output is closed, when the process may still be ending.
 */
final class SshProcess extends Process {

  private static final int KEPT_CHARACTERS = 4000;
  private static final long GRACE_SECONDS = 2;

  private static final long NOT_READING = -1;

  private final Process process;
  private final Tee errors;
  private final AtomicLong readingSince = new AtomicLong(NOT_READING);
  private volatile boolean timedOut;

  /**
   * @param silence how long the far end may keep JGit waiting; JGit's own limit interrupts its
   *     thread, which a read from a process does not notice
   */
  SshProcess(Process process, Duration silence) {
    this.process = process;
    this.errors = new Tee(process.getErrorStream());
    Thread watch = new Thread(() -> watch(silence), "ssh time limit");
    watch.setDaemon(true);
    watch.start();
  }

  /** Whether it was ended because it kept JGit waiting. */
  boolean timedOut() {
    return timedOut;
  }

  /** Ends the process; returns the last part of what was said on standard error. */
  String lastWords() {
    destroy();
    return errors.kept();
  }

  @Override
  public OutputStream getOutputStream() {
    return process.getOutputStream();
  }

  @Override
  public InputStream getInputStream() {
    return new Watched(process.getInputStream());
  }

  @Override
  public InputStream getErrorStream() {
    return errors;
  }

  @Override
  public int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public int exitValue() {
    destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return process.isAlive() ? -1 : process.exitValue();
    }
  }

  /**
   * Lets the process end by itself for a moment before it is killed: to destroy a process, dead or
   * alive, is to lose what it said and nobody has read yet.
   */
  @Override
  public void destroy() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // it has closed its end, as it should
    }
    try {
      boolean over =
          process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)
              && errors.ended.await(GRACE_SECONDS, TimeUnit.SECONDS);
      if (!over) {
        errors.ended.countDown();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroy();
  }

  private void watch(Duration silence) {
    long pause = Math.max(1, Math.min(1000, silence.toMillis() / 4));
    try {
      while (!process.waitFor(pause, TimeUnit.MILLISECONDS)) {
        long since = readingSince.get();
        if (since != NOT_READING && elapsed(since) > silence.toMillis()) {
          timedOut = true;
          process.destroy();
          process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
          process.destroyForcibly();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Milliseconds since a moment that {@link #now} gave. */
  private static long elapsed(long since) {
    return now() - since;
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() & Long.MAX_VALUE);
  }

  private final class Watched extends FilterInputStream {

    Watched(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      readingSince.set(now());
      try {
        return super.read();
      } finally {
        readingSince.set(NOT_READING);
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      readingSince.set(now());
      try {
        return super.read(buffer, offset, length);
      } finally {
        readingSince.set(NOT_READING);
      }
    }
  }

  private static final class Tee extends FilterInputStream {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final StringBuilder kept = new StringBuilder();

    Tee(InputStream in) {
      super(in);
    }

    String kept() {
      synchronized (kept) {
        return kept.toString().strip();
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      if (count < 0) {
        ended.countDown();
        return count;
      }
      synchronized (kept) {
        kept.append(new String(buffer, offset, count, StandardCharsets.UTF_8));
        kept.delete(0, Math.max(0, kept.length() - KEPT_CHARACTERS));
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      super.close();
      ended.countDown();
    }
  }
}
