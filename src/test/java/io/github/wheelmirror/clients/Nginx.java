package io.github.wheelmirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real nginx on loopback, with a configuration of its own in a folder of its own. One worker and
 * no master: it runs as the user of the test, who can read the test's folders.
 */
public final class Nginx implements AutoCloseable {

  /** What Debian's nginx.conf has around a site, and the places of all files. */
  private static final String MAIN =
      """
      daemon off;
      master_process off;
      pid %1$s/nginx.pid;
      error_log %1$s/error.log;
      events { worker_connections 256; }
      http {
        sendfile on;
        tcp_nopush on;
        types_hash_max_size 2048;
        include /etc/nginx/mime.types;
        default_type application/octet-stream;
        gzip on;
        log_format paths '$request_method $status $uri';
        access_log %1$s/access.log paths;
        client_body_temp_path %1$s/body;
        proxy_temp_path %1$s/proxy;
        fastcgi_temp_path %1$s/fastcgi;
        uwsgi_temp_path %1$s/uwsgi;
        scgi_temp_path %1$s/scgi;
      %2$s
        server {
          listen 127.0.0.1:%3$d;
      %4$s
        }
      }
      """;

  private final Path folder;
  private final Process process;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();
  private int fences;

  private Nginx(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it.
   *
   * @param http what stands in its {@code http} block
   * @param site what stands in its {@code server} block
   */
  public static Nginx start(Path folder, String http, String site)
      throws IOException, InterruptedException {
    Path program = Programs.need("nginx");
    Files.createDirectories(folder);
    int port = freePort();
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(configuration, MAIN.formatted(folder, http, port, site));
    Process process =
        new ProcessBuilder(
                program.toString(), "-p", folder.toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.log").toFile())
            .start();
    Nginx nginx = new Nginx(folder, process, port);
    nginx.awaitAnswer();
    return nginx;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Its root, with a final slash. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  /** An answer of it. */
  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(url().resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The requests since the last call, like {@code GET 200 /wheel/pool/…}. */
  List<String> newRequests() throws IOException, InterruptedException {
    // its one worker writes the log in the order in which it ends requests
    String before = " /fence-" + fences;
    String after = " /fence-" + ++fences;
    get(after.strip());
    List<String> all = log();
    while (all.stream().noneMatch(line -> line.endsWith(after))) {
      assertThat(process.isAlive()).as(this::words).isTrue();
      Thread.sleep(10);
      all = log();
    }
    List<String> fresh =
        all.stream()
            .dropWhile(line -> fences > 1 && !line.endsWith(before))
            .filter(line -> !line.contains(" /fence-"))
            .toList();
    return fresh;
  }

  private List<String> log() throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("access.log"), StandardCharsets.UTF_8)) {
      return lines.collect(Collectors.toList());
    }
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    while (true) {
      assertThat(process.isAlive()).as(this::words).isTrue();
      try {
        get("fence-0");
        return;
      } catch (java.net.ConnectException e) {
        Thread.sleep(20); // it does not listen yet
      }
    }
  }

  private String words() {
    try {
      return "nginx ended: " + Files.readString(folder.resolve("output.log"));
    } catch (IOException e) {
      return "nginx ended: " + e;
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
