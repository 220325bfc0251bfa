package io.github.wheelmirror.mirror;

import io.github.wheelmirror.report.MirrorLog;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Serves a mirror to a developer on loopback until the run is ended. */
public final class ServeMirror {

  /** A server that runs. */
  public interface Server extends AutoCloseable {
    /** Its root. */
    URI url();

    /** The channels that it has. */
    List<String> channels();

    @Override
    void close();
  }

  private final MirrorLog log;

  /** Tells this log what is served where. */
  public ServeMirror(MirrorLog log) {
    this.log = log;
  }

  /** Waits until this thread is interrupted or the JVM ends. */
  public void run(Server server) {
    try (server) {
      log.note("serving " + server.url() + " (end with Ctrl-C)");
      for (String slug : server.channels()) {
        String simple = server.url() + slug + "/simple/";
        log.note("  pip install --index-url " + simple + " PROJECT");
        log.note("  uv pip install --index-url " + simple + " PROJECT");
      }
      if (server.channels().isEmpty()) {
        log.warning("there is nothing to serve yet: run deploy, or snapshot");
      }
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
