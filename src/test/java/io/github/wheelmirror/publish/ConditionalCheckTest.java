package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that answer conditions and ranges wrongly, each in front of a region that is right. */
class ConditionalCheckTest {
  private static final String DATE = "Thu, 01 Oct 2026 00:00:00 GMT";

  @TempDir Path folder;
  private RegionSettings settings;
  private Snapshot staged;

  @BeforeEach
  void stage() {
    TestTree tree = new TestTree(folder);
    settings = new RegionSettings("main", folder.resolve("region"));
    staged = tree.snapshot(TestTree.SLUG, "1.0", "alpha");
    new DirectoryRegion(settings)
        .stage(TestTree.verified(staged), tree.wheelhouse(), Progress.NONE);
  }

  /** Answers itself, or leaves the request to the right server. */
  @FunctionalInterface
  private interface Quirk {
    /** Whether it has answered. */
    boolean answers(HttpExchange exchange) throws IOException;
  }

  private List<String> problems(Quirk quirk) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    StaticHandler right = new StaticHandler(new RegionTree(settings), URI.create(url));
    server.createContext(
        "/",
        exchange -> {
          if (!quirk.answers(exchange)) {
            right.handle(exchange);
          }
        });
    server.start();
    try {
      return new PublicUrlCheck(url, List.of()).staged(staged.manifest(), Set.of());
    } finally {
      server.stop(0);
    }
  }

  private static Optional<String> asked(HttpExchange exchange, String header) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(header));
  }

  private static boolean answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
    return true;
  }

  private static boolean unchanged(HttpExchange exchange) throws IOException {
    return answer(exchange, 304, new byte[0]);
  }

  private byte[] wheel() throws IOException {
    ManifestFile file = staged.manifest().files().get(0);
    return Files.readAllBytes(
        settings.root().resolve(TreeLayout.wheel(file.sha256(), file.filename())));
  }

  private static boolean isPart(HttpExchange exchange) {
    return asked(exchange, "Range").isPresent();
  }

  @Test
  void aServerThatKnowsConditionsAndRangesIsRight() throws IOException {
    assertThat(problems(exchange -> false)).isEmpty();
  }

  @Test
  void aServerThatTakesEveryTagForItsOwnIsRefused() throws IOException {
    assertThat(
            problems(
                exchange -> asked(exchange, "If-None-Match").isPresent() && unchanged(exchange)))
        .singleElement()
        .asString()
        .contains("answers 304 to 'If-None-Match: \"another\"'");
  }

  @Test
  void aServerThatProvesOneFormByTheTagOfTheOtherIsRefused() throws IOException {
    assertThat(
            problems(
                exchange ->
                    asked(exchange, "If-None-Match")
                            .filter(tag -> !tag.contains("another"))
                            .isPresent()
                        && unchanged(exchange)))
        .singleElement()
        .asString()
        .contains("/alpha/ answers 304 to 'If-None-Match");
  }

  @Test
  void aServerThatSaysUnchangedSinceBeforeTheChangeIsRefused() throws IOException {
    assertThat(
            problems(
                exchange -> {
                  exchange.getResponseHeaders().set("Last-Modified", DATE);
                  return asked(exchange, "If-Modified-Since").isPresent() && unchanged(exchange);
                }))
        .singleElement()
        .asString()
        .contains("answers 304 to 'If-Modified-Since: Wed, 30 Sep 2026 00:00:00 GMT'");
  }

  @Test
  void aServerThatOnlyKnowsTimesIsRight() throws IOException {
    assertThat(
            problems(
                exchange -> {
                  exchange.getResponseHeaders().set("Last-Modified", DATE);
                  return asked(exchange, "If-Modified-Since").filter(DATE::equals).isPresent()
                      && unchanged(exchange);
                }))
        .isEmpty();
  }

  @Test
  void aConditionMayNotGiveAnotherPage() throws IOException {
    assertThat(
            problems(
                exchange ->
                    asked(exchange, "If-None-Match").isPresent()
                        && answer(exchange, 200, new byte[] {1})))
        .singleElement()
        .asString()
        .contains("another content when it is asked with 'If-None-Match'");
  }

  @Test
  void aServerThatIgnoresRangesIsRight() throws IOException {
    assertThat(problems(exchange -> isPart(exchange) && answer(exchange, 200, wheel()))).isEmpty();
  }

  @Test
  void aServerThatGivesAnotherPartIsRefused() throws IOException {
    byte[] bytes = wheel();
    int from = bytes.length / 2;
    byte[] right = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 64));
    String told = "bytes " + from + "-" + (from + right.length - 1) + "/" + bytes.length;
    assertThat(problems(part(206, told, Arrays.copyOf(bytes, right.length))))
        .singleElement()
        .asString()
        .contains("gives another part than it was asked for");
    assertThat(problems(part(206, "bytes 0-63/" + bytes.length, right)))
        .singleElement()
        .asString()
        .contains("gives another part than it was asked for");
    assertThat(problems(part(416, told, right)))
        .singleElement()
        .asString()
        .contains("answers 416 when it is asked for a range");
    assertThat(problems(part(200, told, right)))
        .singleElement()
        .asString()
        .contains("has another content when it is asked for a range");
    assertThat(problems(part(206, told, right))).isEmpty();
  }

  private static Quirk part(int status, String told, byte[] body) {
    return exchange -> {
      if (!isPart(exchange)) {
        return false;
      }
      exchange.getResponseHeaders().set("Content-Range", told);
      return answer(exchange, status, body);
    };
  }
}
