package io.github.wheelmirror.publish;

import com.sun.net.httpserver.HttpServer;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves a published or staged tree over HTTP, for a developer on the same machine. */
public final class StaticServer implements AutoCloseable {
  private static final int CLIENTS = 64;

  private final HttpServer server;
  private final ExecutorService workers;

  private StaticServer(HttpServer server, ExecutorService workers) {
    this.server = server;
    this.workers = workers;
  }

  /**
   * Starts to serve on the loopback address.
   *
   * @param port the port, 0 for any free one
   * @throws MirrorException (machinery) if the port is taken
   */
  public static StaticServer start(ServedTree tree, int port) {
    return start(tree, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** As {@link #start(ServedTree, int)} on an address that the user named. */
  public static StaticServer start(ServedTree tree, InetSocketAddress address) {
    AtomicInteger count = new AtomicInteger();
    ExecutorService workers =
        Executors.newFixedThreadPool(
            CLIENTS,
            task -> {
              Thread thread = new Thread(task, "wheel-mirror-serve-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    try {
      HttpServer server = HttpServer.create(address, 0);
      StaticServer started = new StaticServer(server, workers);
      server.createContext("/", new StaticHandler(tree, started.url()));
      server.setExecutor(workers);
      server.start();
      return started;
    } catch (IOException e) {
      workers.shutdownNow();
      throw MirrorException.machinery(
          "cannot serve on " + address.getHostString() + " port " + address.getPort(),
          String.valueOf(e.getMessage()),
          "choose another port, or 0 for any free one",
          e);
    }
  }

  /** The server's root, such as {@code http://127.0.0.1:8080/}. */
  public URI url() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create("http://" + literal + ":" + address.getPort() + "/");
  }

  /** Ends at once; answers under way are cut off. */
  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
