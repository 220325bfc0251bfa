package io.github.wheelmirror.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Git's own smart HTTP server ({@code git http-backend}) on a loopback port. */
final class GitHttpServer implements AutoCloseable {

  /** What a test does to a request before Git sees it; true if it has answered. */
  interface Guard {
    boolean answered(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private volatile Guard guard = exchange -> false;

  private GitHttpServer(HttpServer server) {
    this.server = server;
  }

  static GitHttpServer start(Path root) throws IOException {
    return start(HttpServer.create(loopback(), 0), root);
  }

  static GitHttpServer startTls(Path root, SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return start(server, root);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static GitHttpServer start(HttpServer server, Path root) {
    Path backend = Programs.need("git http-backend", "/usr/lib/git-core/git-http-backend");
    GitHttpServer git = new GitHttpServer(server);
    server.createContext("/", exchange -> git.handle(exchange, backend, root));
    server.setExecutor(git.threads);
    server.start();
    return git;
  }

  void guard(Guard value) {
    guard = value;
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url(String path) {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://127.0.0.1:" + port() + "/" + path;
  }

  /** Method, target and {@code Authorization} of each request. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange, Path backend, Path root) throws IOException {
    try (exchange) {
      @Nullable String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      requests.add(
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI()
              + (authorization == null ? "" : " " + authorization));
      if (!guard.answered(exchange)) {
        runBackend(exchange, backend, root);
      }
    }
  }

  static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void runBackend(HttpExchange exchange, Path backend, Path root)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(backend.toString());
    Map<String, String> environment = builder.environment();
    environment.put("GIT_PROJECT_ROOT", root.toString());
    environment.put("GIT_HTTP_EXPORT_ALL", "1");
    environment.put("GIT_CONFIG_COUNT", "1");
    environment.put("GIT_CONFIG_KEY_0", "safe.directory");
    environment.put("GIT_CONFIG_VALUE_0", "*");
    environment.put("REQUEST_METHOD", exchange.getRequestMethod());
    environment.put("PATH_INFO", exchange.getRequestURI().getPath());
    environment.put("QUERY_STRING", orEmpty(exchange.getRequestURI().getQuery()));
    environment.put("CONTENT_TYPE", orEmpty(exchange.getRequestHeaders().getFirst("Content-Type")));
    environment.put(
        "HTTP_CONTENT_ENCODING",
        orEmpty(exchange.getRequestHeaders().getFirst("Content-Encoding")));
    environment.put("GIT_PROTOCOL", orEmpty(exchange.getRequestHeaders().getFirst("Git-Protocol")));
    byte[] request = exchange.getRequestBody().readAllBytes();
    environment.put("CONTENT_LENGTH", String.valueOf(request.length));
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var input = process.getOutputStream()) {
      input.write(request);
    }
    byte[] output = process.getInputStream().readAllBytes();
    forward(exchange, output);
  }

  /** Turns CGI's answer into HTTP's. */
  private static void forward(HttpExchange exchange, byte[] output) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    int end = 0;
    while (end < output.length && !header.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      header.write(output[end++]);
    }
    int status = 200;
    for (String line : header.toString(StandardCharsets.UTF_8).split("\r\n", -1)) {
      String[] parts = line.split(": ", 2);
      if (parts[0].equals("Status")) {
        status = Integer.parseInt(parts[1].substring(0, 3));
      } else if (parts.length == 2) {
        exchange.getResponseHeaders().set(parts[0], parts[1]);
      }
    }
    byte[] body = Arrays.copyOfRange(output, end, output.length);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Reads a stream to its end and forgets it. */
  static void drain(InputStream in) throws IOException {
    in.readAllBytes();
  }
}
