package io.github.wheelmirror.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.wheelmirror.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * A package index on loopback with synthetic files, for tests and {@code it/}.
 *
 * <p>Files are made by {@link SyntheticFiles}; pages are PEP 691 JSON. Every request is recorded.
 */
public final class LocalIndex implements AutoCloseable {

  /** One file of a page. */
  private record Entry(String filename, byte[] content, String requiresPython, String yanked) {}

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, List<Entry>> projects = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, String> uploads = new ConcurrentHashMap<>();
  private volatile boolean metadataFiles;
  private volatile boolean noRanges;
  private volatile int failWith;
  private volatile int keptFor;
  private volatile String authorization = "";

  /** What is sent instead of a page or a file; {@code length} is what the headers promise. */
  private record Answer(int status, String type, byte[] body, int length) {}

  private LocalIndex(HttpServer server) {
    this.server = server;
  }

  /** Starts an empty index on a free port. */
  public static LocalIndex start() throws IOException {
    return start(HttpServer.create(loopback(), 0));
  }

  /** Starts an empty index whose certificate is for {@code localhost}. */
  public static LocalIndex startTls(SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return start(server);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static LocalIndex start(HttpServer server) {
    LocalIndex index = new LocalIndex(server);
    server.createContext("/", index::answer);
    server.setExecutor(index.threads);
    server.start();
    return index;
  }

  /** The URL of its {@code simple} folder, with a final slash. */
  public String url() {
    String root = server instanceof HttpsServer ? "https://localhost:" : "http://127.0.0.1:";
    return root + server.getAddress().getPort() + "/simple/";
  }

  /** Adds a pure or compiled wheel; {@code tag} like {@code py3-none-any}. */
  public LocalIndex wheel(String name, String version, String tag) {
    String distribution = name.replaceAll("[-_.]+", "_").toLowerCase(Locale.ROOT);
    return file(
        name,
        distribution + "-" + version + "-" + tag + ".whl",
        SyntheticFiles.wheel(distribution, name, version, tag),
        "");
  }

  /** Adds an sdist that builds with its own back-end and needs nothing from an index. */
  public LocalIndex sdist(String name, String version) {
    return sdist(name, version, "");
  }

  /** Adds an sdist whose back-end runs {@code script} (Python lines) before it builds. */
  public LocalIndex sdist(String name, String version, String script) {
    String distribution = name.replaceAll("[-_.]+", "_").toLowerCase(Locale.ROOT);
    return file(
        name,
        distribution + "-" + version + ".tar.gz",
        SyntheticFiles.sdist(distribution, name, version, script),
        "");
  }

  /** Adds any file under any name. */
  public LocalIndex file(String name, String filename, byte[] content, String requiresPython) {
    projects
        .computeIfAbsent(normal(name), n -> new ArrayList<>())
        .add(new Entry(filename, content, requiresPython, ""));
    return this;
  }

  /** Tells this as the time of a file's upload; {@code ""} for no time. */
  public LocalIndex uploaded(String filename, String time) {
    uploads.put(filename, time);
    return this;
  }

  /** Offers the metadata of wheels as files of their own (PEP 658). */
  public LocalIndex withMetadataFiles() {
    metadataFiles = true;
    return this;
  }

  /** Lets pages be kept for so many seconds; 0 for not. */
  public LocalIndex keptFor(int seconds) {
    keptFor = seconds;
    return this;
  }

  /** Sends whole files only, whatever range is asked for. */
  public LocalIndex withoutRanges() {
    noRanges = true;
    return this;
  }

  /** Removes a project. */
  public void remove(String name) {
    projects.remove(normal(name));
  }

  /** Answers every request with this status from now on; 0 ends it. */
  public void failWith(int status) {
    failWith = status;
  }

  /** Answers requests for the path, like {@code /simple/six/}, with this instead. */
  public LocalIndex answers(String path, int status, String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    answers.put(path, new Answer(status, type, bytes, bytes.length));
    return this;
  }

  /** Answers requests for the path truly again. */
  public void heals(String path) {
    answers.remove(path);
  }

  /** Sends a file's bytes changed, as a broken cache would: its page tells the true hash. */
  public LocalIndex damages(String name, String filename) {
    byte[] body = content(name, filename).clone();
    body[body.length / 2] ^= 1;
    answers.put(path(name, filename), new Answer(200, "application/zip", body, body.length));
    return this;
  }

  /** Closes the connection in the middle of a file. */
  public LocalIndex cuts(String name, String filename) {
    byte[] body = content(name, filename);
    byte[] half = Arrays.copyOf(body, body.length / 2);
    answers.put(path(name, filename), new Answer(200, "application/zip", half, body.length));
    return this;
  }

  /** Wants this name and password from now on. */
  public LocalIndex login(String username, String password) {
    String login = username + ":" + password;
    authorization =
        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Every request so far, like {@code GET /simple/six/}. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Forgets the requests so far. */
  public void forgetRequests() {
    requests.clear();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(exchange.getRequestMethod() + " " + path);
    try (exchange) {
      String[] parts = path.split("/", -1);
      String given = exchange.getRequestHeaders().getFirst("Authorization");
      if (!authorization.isEmpty() && !authorization.equals(given)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"it\"");
        send(exchange, 401, "text/plain", "who are you?".getBytes(StandardCharsets.UTF_8));
      } else if (answers.containsKey(path)) {
        send(exchange, answers.get(path));
      } else if (failWith != 0) {
        send(exchange, failWith, "text/html", "<h1>broken</h1>".getBytes(StandardCharsets.UTF_8));
      } else if (parts.length == 4 && parts[1].equals("simple") && projects.containsKey(parts[2])) {
        page(exchange, parts[2]);
      } else if (parts.length == 4 && parts[1].equals("files")) {
        content(exchange, parts[2], parts[3]);
      } else {
        send(exchange, 404, "text/plain", "no such page".getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private void page(HttpExchange exchange, String project) throws IOException {
    List<String> files = new ArrayList<>();
    for (Entry entry : projects.getOrDefault(project, List.of())) {
      files.add(
          ("{\"filename\":\"%s\",\"url\":\"../../files/%s/%s\",\"hashes\":{\"sha256\":\"%s\"},"
                  + "\"requires-python\":%s,\"size\":%d,\"yanked\":false"
                  + "%s%s}")
              .formatted(
                  entry.filename(),
                  project,
                  entry.filename(),
                  Sha256.of(entry.content()),
                  entry.requiresPython().isEmpty() ? "null" : "\"" + entry.requiresPython() + "\"",
                  entry.content().length,
                  metadataHash(entry),
                  uploadTime(entry)));
    }
    String json =
        "{\"meta\":{\"api-version\":\"1.1\"},\"name\":\"%s\",\"versions\":[],\"files\":[%s]}"
            .formatted(project, String.join(",", files));
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String etag = "\"" + Sha256.of(body).substring(0, 16) + "\"";
    exchange.getResponseHeaders().set("ETag", etag);
    if (keptFor > 0) {
      exchange.getResponseHeaders().set("Cache-Control", "max-age=" + keptFor);
    }
    if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    send(exchange, 200, "application/vnd.pypi.simple.v1+json", body);
  }

  private String uploadTime(Entry entry) {
    String time = uploads.getOrDefault(entry.filename(), "2025-01-01T00:00:00Z");
    return time.isEmpty() ? "" : ",\"upload-time\":\"" + time + "\"";
  }

  private String metadataHash(Entry entry) {
    return metadataFiles && entry.filename().endsWith(".whl")
        ? ",\"core-metadata\":{\"sha256\":\""
            + Sha256.of(SyntheticFiles.metadata(entry.content()))
            + "\"}"
        : "";
  }

  private void content(HttpExchange exchange, String project, String filename) throws IOException {
    for (Entry entry : projects.getOrDefault(project, List.of())) {
      if (entry.filename().equals(filename)) {
        sendRange(exchange, entry.content());
        return;
      }
      if (metadataFiles && (entry.filename() + ".metadata").equals(filename)) {
        byte[] metadata = SyntheticFiles.metadata(entry.content());
        send(exchange, 200, "application/octet-stream", metadata);
        return;
      }
    }
    send(exchange, 404, "text/plain", "no such file".getBytes(StandardCharsets.UTF_8));
  }

  /** What is asked for of a file: a range of RFC 9110, 14, with or without its first byte. */
  private void sendRange(HttpExchange exchange, byte[] content) throws IOException {
    String asked = String.valueOf(exchange.getRequestHeaders().getFirst("Range"));
    Matcher range = RANGE.matcher(asked);
    if (noRanges || !range.matches()) {
      send(exchange, 200, "application/octet-stream", content);
      return;
    }
    String last = range.group(2);
    boolean suffix = range.group(1).isEmpty();
    int from =
        suffix
            ? Math.max(0, content.length - Integer.parseInt(last))
            : Integer.parseInt(range.group(1));
    int to =
        suffix || last.isEmpty()
            ? content.length
            : Math.min(content.length, Integer.parseInt(last) + 1);
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length);
    send(exchange, 206, "application/octet-stream", Arrays.copyOfRange(content, from, to));
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.sendResponseHeaders(answer.status(), answer.length());
    exchange.getResponseBody().write(answer.body());
  }

  private byte[] content(String name, String filename) {
    return projects.getOrDefault(normal(name), List.of()).stream()
        .filter(entry -> entry.filename().equals(filename))
        .findFirst()
        .orElseThrow()
        .content();
  }

  private static String path(String name, String filename) {
    return "/files/" + normal(name) + "/" + filename;
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static String normal(String name) {
    return name.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
  }
}
