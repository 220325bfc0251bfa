package io.github.wheelmirror.mirror;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An index that has one file and tells no hash of it. */
final class UnhashedIndex implements AutoCloseable {

  private final HttpServer server;
  private final String project;
  private final String filename;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile byte[] content;

  UnhashedIndex(String project, String filename, byte[] content) throws IOException {
    this.project = project;
    this.filename = filename;
    this.content = content;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/simple/";
  }

  void replace(byte[] newContent) {
    content = newContent;
    requests.clear();
  }

  List<String> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(path);
    try (exchange) {
      boolean page = path.equals("/simple/" + project + "/");
      byte[] body =
          page
              ? ("<!DOCTYPE html><html><body><a href=\"/" + filename + "\">" + filename + "</a>")
                  .getBytes(StandardCharsets.UTF_8)
              : content;
      exchange
          .getResponseHeaders()
          .set("Content-Type", page ? "text/html" : "application/octet-stream");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
