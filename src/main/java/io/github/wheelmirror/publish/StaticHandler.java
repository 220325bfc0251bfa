package io.github.wheelmirror.publish;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Answers GET and HEAD for the files of a tree as a well configured static server does. */
final class StaticHandler implements HttpHandler {
  private static final String IMMUTABLE = "public, max-age=31536000, immutable";
  private static final String ASK_AGAIN = "no-cache";

  private final ServedTree tree;
  private final URI url;

  StaticHandler(ServedTree tree, URI url) {
    this.tree = tree;
    this.url = url;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      StaticAnswer answer;
      try {
        answer = answer(exchange);
      } catch (IOException | RuntimeException e) {
        answer = StaticAnswer.words(500, "the file cannot be read: " + e);
      }
      send(exchange, answer);
    }
  }

  private StaticAnswer answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return StaticAnswer.words(405, "this server only reads").with("Allow", "GET, HEAD");
    }
    Optional<UrlPath> asked =
        UrlPath.parse(Objects.requireNonNullElse(exchange.getRequestURI().getRawPath(), ""));
    if (asked.isEmpty()) {
      return missing();
    }
    UrlPath path = asked.get();
    if (path.names().isEmpty()) {
      return StaticAnswer.text(
          200, AcceptedPage.HTML.mediaType(), ListingPage.of(url, tree.channels()));
    }
    Optional<Path> found = tree.find(path.names());
    if (found.isEmpty()) {
      return tree.isGone(path.names())
          ? StaticAnswer.words(410, "this file was taken out, see " + TreeLayout.QUARANTINE)
          : missing();
    }
    if (Files.isDirectory(found.get())) {
      return folder(exchange, path, found.get());
    }
    return path.folder()
        ? missing()
        : file(
            exchange, path, found.get(), MediaType.of(String.valueOf(found.get().getFileName())));
  }

  private static StaticAnswer folder(HttpExchange exchange, UrlPath path, Path folder)
      throws IOException {
    if (!Files.isRegularFile(folder.resolve(AcceptedPage.HTML.file()))) {
      return missing();
    }
    if (!path.folder()) {
      String raw = exchange.getRequestURI().getRawPath();
      return StaticAnswer.words(301, "moved to " + raw + "/").with("Location", raw + "/");
    }
    Path json = folder.resolve(AcceptedPage.JSON.file());
    if (!Files.isRegularFile(json)) {
      return file(
          exchange, path, folder.resolve(AcceptedPage.HTML.file()), AcceptedPage.HTML.mediaType());
    }
    List<String> accept = exchange.getRequestHeaders().getOrDefault("Accept", List.of());
    AcceptedPage page =
        AcceptedPage.of(
            accept.isEmpty() ? Optional.empty() : Optional.of(String.join(",", accept)));
    return file(exchange, path, folder.resolve(page.file()), page.mediaType())
        .with("Vary", "Accept");
  }

  private static StaticAnswer file(HttpExchange exchange, UrlPath path, Path file, String mediaType)
      throws IOException {
    BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
    if (!facts.isRegularFile()) {
      return missing();
    }
    String tag = tag(facts);
    Headers asked = exchange.getRequestHeaders();
    String first = path.names().get(0);
    boolean immutable = first.startsWith("@") || first.equals("pool");
    StaticAnswer answer =
        isKnown(asked.getOrDefault("If-None-Match", List.of()), tag)
            ? StaticAnswer.bodiless(304)
            : content(asked, file, mediaType, facts.size(), tag);
    return answer
        .with("ETag", tag)
        .with("Accept-Ranges", "bytes")
        .with("Cache-Control", immutable ? IMMUTABLE : ASK_AGAIN);
  }

  private static StaticAnswer content(
      Headers asked, Path file, String mediaType, long size, String tag) {
    String condition = Objects.requireNonNullElse(asked.getFirst("If-Range"), tag);
    Optional<ByteRange> range =
        ByteRange.parse(Objects.requireNonNullElse(asked.getFirst("Range"), ""), size)
            .filter(found -> condition.equals(tag));
    if (range.isEmpty()) {
      return StaticAnswer.file(200, mediaType, file, new ByteRange(0, size));
    }
    StaticAnswer answer =
        range.get().satisfiable()
            ? StaticAnswer.file(206, mediaType, file, range.get())
            : StaticAnswer.words(416, "the file has " + size + " bytes");
    return answer.with("Content-Range", range.get().header(size));
  }

  /** Changes with the file itself, so two pages of one length and second still differ. */
  private static String tag(BasicFileAttributes facts) {
    return "\""
        + Long.toHexString(facts.lastModifiedTime().to(TimeUnit.NANOSECONDS))
        + "-"
        + Long.toHexString(facts.size())
        + "-"
        + Integer.toHexString(String.valueOf(facts.fileKey()).hashCode())
        + "\"";
  }

  private static boolean isKnown(List<String> headers, String tag) {
    for (String one : String.join(",", headers).split(",", -1)) {
      String known = one.strip();
      if (known.equals("*") || known.equals(tag) || known.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }

  private static StaticAnswer missing() {
    return StaticAnswer.words(404, "there is no such file");
  }

  private static void send(HttpExchange exchange, StaticAnswer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    // the JDK's server sends head and body apart without TCP_NODELAY: on a connection that was
    // kept,
    // each answer would wait 40 ms for the client's delayed acknowledgement
    headers.set("Connection", "close");
    answer.headers().forEach(headers::set);
    long length = answer.body().length();
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head && length >= 0) {
      headers.set("Content-Length", String.valueOf(length));
    }
    // -1: no body; 0 would mean a body of unknown length
    exchange.sendResponseHeaders(answer.status(), head || length <= 0 ? -1 : length);
    if (!head && length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        answer.body().write(out);
      }
    }
  }
}
