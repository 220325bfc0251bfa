package io.github.wheelmirror.index;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A well-behaved web server on loopback whose answers are scripted by path. */
final class WebServer implements AutoCloseable {

  static final String JSON = "application/vnd.pypi.simple.v1+json";

  record Request(String path, Map<String, List<String>> headers) {
    String header(String name) {
      return String.join(",", headers.getOrDefault(name, List.of()));
    }
  }

  record Response(int status, Map<String, String> headers, byte[] body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Function<Request, Response>> routes = new ConcurrentHashMap<>();
  final List<Request> requests = new CopyOnWriteArrayList<>();

  WebServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  void on(String path, Function<Request, Response> answer) {
    routes.put(path, answer);
  }

  void page(String path, String type, String body) {
    on(path, request -> ok(type, body));
  }

  List<String> paths() {
    return requests.stream().map(Request::path).toList();
  }

  static Response ok(String type, String body) {
    return new Response(200, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
  }

  static Response status(int status, Map<String, String> headers) {
    return new Response(status, headers, new byte[0]);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request =
          new Request(
              exchange.getRequestURI().toString(), Map.copyOf(exchange.getRequestHeaders()));
      requests.add(request);
      Response response =
          routes.getOrDefault(request.path(), unknown -> status(404, Map.of())).apply(request);
      response.headers().forEach(exchange.getResponseHeaders()::set);
      boolean empty = response.body().length == 0;
      exchange.sendResponseHeaders(response.status(), empty ? -1 : response.body().length);
      if (!empty) {
        exchange.getResponseBody().write(response.body());
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
