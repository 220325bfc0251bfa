package io.github.wheelmirror.scale;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.constraints.Pin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** An index on loopback with {@link SyntheticPages}; every request is recorded. */
final class SyntheticIndex implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final SyntheticPages pages;

  private SyntheticIndex(HttpServer server, SyntheticPages pages) {
    this.server = server;
    this.pages = pages;
  }

  static SyntheticIndex start(Collection<Pin> pins) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SyntheticIndex index = new SyntheticIndex(server, new SyntheticPages(pins));
    server.createContext("/", index::answer);
    server.setExecutor(index.threads);
    server.start();
    return index;
  }

  /**
   * Serves until it is ended, for {@code src/bench/plan-at-scale}; after every second in which it
   * was asked something, it writes how many requests and bytes there were.
   *
   * @param arguments the bundle, a folder for files: the index's {@code url}, {@code requests} and
   *     a Git cache
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    RealConstraints constraints = RealConstraints.at(arguments[0], folder.resolve("git"));
    try (SyntheticIndex index = start(constraints.pins())) {
      Files.writeString(folder.resolve("url"), index.url());
      int before = -1;
      while (true) {
        int now = index.requests.size();
        if (now != before) {
          long distinct = index.requests.stream().distinct().count();
          Files.writeString(
              folder.resolve("requests"),
              "%d requests, %d different ones, %d bytes%n"
                  .formatted(now, distinct, index.bytes.get()));
        }
        before = now;
        Thread.sleep(1_000);
      }
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/simple/";
  }

  /** The path of every request so far. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Of all page bodies so far. */
  long bytes() {
    return bytes.get();
  }

  void forgetRequests() {
    requests.clear();
    bytes.set(0);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(path);
    try (exchange) {
      String[] parts = path.split("/", -1);
      byte[] page = parts.length == 4 ? pages.page(parts[2]) : new byte[0];
      String etag = "\"" + Sha256.of(page).substring(0, 16) + "\"";
      if (page.length == 0) {
        exchange.sendResponseHeaders(404, -1);
      } else if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
        exchange.sendResponseHeaders(304, -1);
      } else {
        bytes.addAndGet(page.length);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.pypi.simple.v1+json");
        exchange.getResponseHeaders().set("ETag", etag);
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
      }
    }
  }
}
