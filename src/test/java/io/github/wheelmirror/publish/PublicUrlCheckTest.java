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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    return new PublicUrlCheck(url, List.of()).staged(two.manifest(), Set.of());
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
        .hasSizeBetween(1, 2)
        .allMatch(one -> one.contains(file.filename()))
        .anyMatch(one -> one.contains(" has 1 bytes instead of " + file.size()));
    Files.delete(at(wheel));
    Files.write(at(wheel), right);
    assertThat(staged(server.url().toString())).isEmpty();
  }

  @Test
  void aChannelThatShowsTheReleaseBeforeIsAProblem() {
    assertThat(new PublicUrlCheck(server.url().toString(), List.of()).served(SLUG, two.id()))
        .singleElement()
        .asString()
        .contains("/" + SLUG + "/manifest.json has another content");
    assertThat(new PublicUrlCheck(server.url().toString(), List.of()).served(SLUG, one.id()))
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
              new PublicUrlCheck(late.url(), List.of(Duration.ofMillis(1), Duration.ofMillis(1)))
                  .staged(two.manifest(), Set.of()))
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
