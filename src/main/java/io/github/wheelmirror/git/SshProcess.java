package io.github.wheelmirror.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An ssh process whose standard error can be read a second time, and whose exit value waits for the
 * end: JGit asks for it as soon as the output is closed, when the process may still be ending.
 */
final class SshProcess extends Process {

  private static final int KEPT_CHARACTERS = 4000;
  private static final long EXIT_WAIT_SECONDS = 5;

  private final Process process;
  private final Tee errors;

  SshProcess(Process process) {
    this.process = process;
    this.errors = new Tee(process.getErrorStream());
  }

  /**
   * Ends the process and waits until its standard error was read.
   *
   * @return the last part of what was said there
   */
  String lastWords() {
    exitValue();
    try {
      // false only means that somebody stopped reading; what was read so far is told
      boolean unused = errors.ended.await(EXIT_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return errors.kept();
  }

  @Override
  public OutputStream getOutputStream() {
    return process.getOutputStream();
  }

  @Override
  public InputStream getInputStream() {
    return process.getInputStream();
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
    try {
      if (!process.waitFor(EXIT_WAIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroy();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
    return process.exitValue();
  }

  @Override
  public void destroy() {
    process.destroy();
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
