package io.github.wheelmirror.publish;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between a client and a server on this machine, and has a say in each request. */
final class HttpRelay implements AutoCloseable {
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade");

  /** What becomes of a request. */
  record Fate(Kind kind, int status) {
    /** The server gets it, the client gets the answer. */
    static final Fate PASSED = new Fate(Kind.PASSED, 0);

    /** The server gets it, the client only sees the connection end. */
    static final Fate ANSWER_LOST = new Fate(Kind.ANSWER_LOST, 0);

    /** Nobody gets anything, now or later. */
    static final Fate DEAD = new Fate(Kind.DEAD, 0);

    /** The server never sees it. */
    static Fate refused(int status) {
      return new Fate(Kind.REFUSED, status);
    }

    /** Its kinds. */
    enum Kind {
      PASSED,
      ANSWER_LOST,
      DEAD,
      REFUSED
    }
  }

  /** Decides before a request is passed on, and may do something after it was. */
  interface Judge {
    /**
     * @param number counts the requests, from 1
     */
    Fate before(int number, String request);

    /** The server has answered. */
    default void after(int number) {}
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String target;
  private final Judge judge;
  private final List<String> requests = new ArrayList<>();

  private HttpRelay(String target, Judge judge) throws IOException {
    this.target = target;
    this.judge = judge;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::relay);
    server.start();
  }

  /** To the server at this URL, without a slash at its end. */
  static HttpRelay to(String target, Judge judge) throws IOException {
    return new HttpRelay(target, judge);
  }

  /** Where it listens. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What was asked so far. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  private synchronized int count(String request) {
    requests.add(request);
    return requests.size();
  }

  private void relay(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
    int number = count(request);
    Fate fate = judge.before(number, request);
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (fate.kind() == Fate.Kind.DEAD) {
        return;
      }
      if (fate.kind() == Fate.Kind.REFUSED) {
        exchange.sendResponseHeaders(fate.status(), -1);
        return;
      }
      HttpResponse<byte[]> answer = ask(exchange, body);
      judge.after(number);
      if (fate.kind() == Fate.Kind.PASSED) {
        pass(exchange, answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<byte[]> ask(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static void pass(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (!OF_THE_CONNECTION.contains(lower) || head && lower.equals("content-length")) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    byte[] body = answer.body();
    exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
