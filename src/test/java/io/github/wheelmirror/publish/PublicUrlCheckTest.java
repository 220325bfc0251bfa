package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.ManifestPage;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicUrlCheckTest {
  private static final String SLUG = TestTree.SLUG;

  @TempDir Path folder;
  private TestTree tree;
  private Path root;
  private StaticServer server;
  private Snapshot one;
  private Snapshot two;

  @BeforeEach
  void oneIsReleasedAndTwoIsStaged() {
    tree = new TestTree(folder);
    root = folder.resolve("region");
    server = StaticServer.start(new RegionTree(new RegionSettings("main", root)), 0);
    one = tree.snapshot(SLUG, "1.0", "alpha", "beta");
    two = tree.snapshot(SLUG, "2.0", "alpha", "beta");
    region().flip(stage(one), Optional.empty(), Instant.now());
    stage(two);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private DirectoryRegion region() {
    return new DirectoryRegion(
        new RegionSettings("main", root, server.url().toString(), Duration.ofSeconds(20)));
  }

  private StagedRelease stage(Snapshot snapshot) {
    return region().stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE);
  }

  private List<String> staged(String url) throws IOException {
    return new PublicUrlCheck(url, HostNetwork.PLAIN, List.of())
        .staged(two.manifest(), Optional.empty());
  }

  private Path at(String path) {
    return root.resolve(path);
  }

  private static void change(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void whatIsRightIsNoProblem() throws IOException {
    assertThat(staged(server.url().toString())).isEmpty();
    DirectoryRegion region = region();
    StagedRelease staged = stage(two);
    assertThat(region.stagedProblems(staged)).isEmpty();
    var before = region.current(SLUG);
    assertThat(region.servedProblems(region.flip(staged, before, Instant.now()))).isEmpty();
  }

  @Test
  void everyByteOfPagesAndEveryNewFileIsLookedAt() throws IOException {
    ManifestFile file = two.manifest().files().get(1);
    ManifestPage page = two.manifest().pages().get(0);
    String wheel = TreeLayout.wheel(file.sha256(), file.filename());
    String metadata = TreeLayout.metadata(file.sha256(), file.filename());
    for (String path :
        List.of(
            TreeLayout.htmlPage(page.sha256()),
            TreeLayout.jsonPage(page.sha256()),
            TreeLayout.manifest(two.id()),
            metadata)) {
      byte[] right = Files.readAllBytes(at(path));
      change(at(path));
      assertThat(staged(server.url().toString())).as(path).isNotEmpty();
      Files.write(at(path), right);
    }
    for (String path : List.of(wheel, metadata, TreeLayout.pinnedLink(two.id()))) {
      Path aside = folder.resolve("aside");
      Files.move(at(path), aside);
      assertThat(staged(server.url().toString())).as(path).anyMatch(one -> one.contains("404"));
      Files.move(aside, at(path));
    }
    byte[] right = Files.readAllBytes(at(wheel));
    Files.delete(at(wheel));
    Files.write(at(wheel), new byte[] {1});
    assertThat(staged(server.url().toString()))
        .singleElement()
        .asString()
        .contains(file.filename() + " has 1 bytes instead of " + file.size());
    Files.delete(at(wheel));
    Files.write(at(wheel), right);
    assertThat(staged(server.url().toString())).isEmpty();
  }

  @Test
  void aChannelThatShowsTheReleaseBeforeIsAProblem() {
    assertThat(
            new PublicUrlCheck(server.url().toString(), HostNetwork.PLAIN, List.of())
                .served(SLUG, two.id()))
        .singleElement()
        .asString()
        .contains("/" + SLUG + "/manifest.json has another content");
    assertThat(
            new PublicUrlCheck(server.url().toString(), HostNetwork.PLAIN, List.of())
                .served(SLUG, one.id()))
        .isEmpty();
  }

  @Test
  void aServerThatIsNotThereIsAProblem() throws IOException {
    String url = server.url().toString();
    server.close();
    assertThat(staged(url)).singleElement().asString().contains("cannot be reached");
  }

  @Test
  void aServerMayTakeItsTimeToSeeWhatIsNew() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (Headers late = new Headers(type -> type, true, asked)) {
      assertThat(
              new PublicUrlCheck(
                      late.url(),
                      HostNetwork.PLAIN,
                      List.of(Duration.ofMillis(1), Duration.ofMillis(1)))
                  .staged(two.manifest(), Optional.empty()))
          .isEmpty();
    }
  }

  @Test
  void pagesOfAWrongTypeAndCachesThatCannotKnowAreProblems() throws IOException {
    try (Headers plain = new Headers(type -> "text/plain", true, new AtomicInteger(9))) {
      assertThat(staged(plain.url())).anyMatch(each -> each.contains("no installer takes"));
    }
    try (Headers mixed = new Headers(type -> type, false, new AtomicInteger(9))) {
      assertThat(staged(mixed.url())).anyMatch(each -> each.contains("'Vary: Accept'"));
    }
  }

  @Test
  void anAnswerToACacheWithAnotherPageIsLookedAt() throws Exception {
    HttpRelay.Judge judge = (number, request) -> HttpRelay.Fate.PASSED;
    try (Changed old = new Changed("If-None-Match", 304, "")) {
      assertThat(staged(old.url())).allMatch(each -> each.contains("answers 304")).hasSize(2);
    }
    try (Changed failing = new Changed("If-None-Match", 500, "")) {
      assertThat(staged(failing.url()))
          .anyMatch(each -> each.contains("answers 500 if a cache asks"));
    }
    try (HttpRelay relay = HttpRelay.to(server.url().toString().replaceAll("/$", ""), judge)) {
      assertThat(staged(relay.url() + "/")).isEmpty();
      assertThat(relay.requests()).hasSize(19);
    }
  }

  @Test
  void wrongPartsOfAWheelAreAProblemAndAllOfItIsNone() throws IOException {
    try (Changed wrong = new Changed("Range", 206, "bytes 0-1/7")) {
      assertThat(staged(wrong.url())).allMatch(each -> each.contains("'bytes 0-1/7'")).hasSize(2);
    }
    try (Changed refusing = new Changed("Range", 416, "bytes */7")) {
      assertThat(staged(refusing.url())).allMatch(each -> each.contains("answers 416")).hasSize(2);
    }
    try (Headers whole = new Headers(type -> type, true, new AtomicInteger(9))) {
      assertThat(staged(whole.url())).isEmpty();
    }
  }

  /** Passes requests on, but for those with a header, which it answers itself. */
  private final class Changed implements AutoCloseable {
    private final HttpServer http;

    Changed(String header, int status, String range) throws IOException {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      HttpClient client = HttpClient.newHttpClient();
      http.createContext(
          "/",
          exchange -> {
            try (exchange) {
              if (exchange.getRequestHeaders().containsKey(header)) {
                exchange.getResponseHeaders().set("Content-Range", range);
                exchange.sendResponseHeaders(status, -1);
                return;
              }
              String accept = exchange.getRequestHeaders().getFirst("Accept");
              HttpRequest.Builder request =
                  HttpRequest.newBuilder(
                          server.url().resolve(exchange.getRequestURI().toString().substring(1)))
                      .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.noBody());
              if (accept != null) {
                request.header("Accept", accept);
              }
              HttpResponse<byte[]> answer =
                  client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
              for (String name : List.of("ETag", "Vary", "Content-Type", "Content-Length")) {
                answer
                    .headers()
                    .firstValue(name)
                    .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
              }
              byte[] body = answer.body();
              exchange.sendResponseHeaders(
                  answer.statusCode(), body.length == 0 ? -1 : body.length);
              exchange.getResponseBody().write(body);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      http.start();
    }

    String url() {
      return "http://127.0.0.1:" + http.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
      http.stop(0);
    }
  }

  /** Serves the region with other headers; the first two answers are 404. */
  private final class Headers implements AutoCloseable {
    private final HttpServer http;

    Headers(UnaryOperator<String> types, boolean varies, AtomicInteger asked) throws IOException {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      http.createContext(
          "/",
          exchange -> {
            Path file = root.resolve(exchange.getRequestURI().getPath().substring(1));
            String accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
            boolean json = accept.startsWith("application/vnd");
            String type = "application/octet-stream";
            if (Files.isDirectory(file)) {
              file = file.resolve(json ? TreeLayout.JSON_PAGE : TreeLayout.HTML_PAGE);
              type = types.apply(json ? "application/vnd.pypi.simple.v1+json" : "text/html");
            }
            boolean there = asked.incrementAndGet() > 2 && Files.isRegularFile(file);
            byte[] body = there ? Files.readAllBytes(file) : new byte[0];
            exchange.getResponseHeaders().set("Content-Type", type);
            if (varies) {
              exchange.getResponseHeaders().set("Vary", "Accept-Encoding, Accept");
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (head) {
              exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
            }
            exchange.sendResponseHeaders(
                there ? 200 : 404, head || body.length == 0 ? -1 : body.length);
            if (!head && body.length > 0) {
              exchange.getResponseBody().write(body);
            }
            exchange.close();
          });
      http.start();
    }

    String url() {
      return "http://127.0.0.1:" + http.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
      http.stop(0);
    }
  }
}
