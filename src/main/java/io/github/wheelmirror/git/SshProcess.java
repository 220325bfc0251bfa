package io.github.wheelmirror.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An ssh process whose standard error can be read a second time, and whose exit value waits for the
 * end: JGit asks for it as soon as the output is closed, when the process may still be ending.
 */
final class SshProcess extends Process {

  private static final int KEPT_CHARACTERS = 4000;
  private static final long EXIT_WAIT_SECONDS = 10;

  private final Process process;
  private final InputStream errors;

  SshProcess(Process process, Consumer<String> messages) {
    this.process = process;
    this.errors = new Tee(process.getErrorStream(), messages);
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

    private final Consumer<String> messages;
    private final StringBuilder kept = new StringBuilder();

    Tee(InputStream in, Consumer<String> messages) {
      super(in);
      this.messages = messages;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      if (count > 0) {
        kept.append(new String(buffer, offset, count, StandardCharsets.UTF_8));
        if (kept.length() > KEPT_CHARACTERS) {
          kept.delete(0, kept.length() - KEPT_CHARACTERS);
        }
        messages.accept(kept.toString().strip());
      }
      return count;
    }
  }
}
