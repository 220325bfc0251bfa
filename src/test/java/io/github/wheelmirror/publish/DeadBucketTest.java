package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Secret;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Signing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that takes connections and says nothing is waited for once. */
@Timeout(120)
class DeadBucketTest {
  private static final int DEAD = 0;

  private final AtomicInteger requests = new AtomicInteger();
  private volatile int status = DEAD;
  private HttpServer server;
  private S3Region region;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            requests.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            if (status != DEAD) {
              byte[] body =
                  "<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(status, body.length);
              exchange.getResponseBody().write(body);
            }
          }
        });
    server.start();
    region =
        new S3Region(
            S3Settings.parse(
                "cloud",
                "s3://wheels/p?endpoint=http://127.0.0.1:" + server.getAddress().getPort(),
                new Credentials("bucket-keys", "AKIA", new Secret("very")),
                "",
                Duration.ofMinutes(1),
                RegionCommands.NONE,
                Signing.NONE));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void requireFailure(Runnable work, String words) {
    assertThatThrownBy(work::run)
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("region cloud")
        .hasMessageContaining(words);
  }

  private void current() {
    assertThat(region.current(TestTree.SLUG)).isEmpty();
  }

  @Test
  void oneThatNeverAnsweredIsNotAskedAgain() {
    requireFailure(this::current, "s3://wheels/p/channels/");
    int asked = requests.get();
    assertThat(asked).as("with its repetitions").isPositive();
    List<Runnable> steps =
        List.of(
            this::current,
            () -> region.quarantine(),
            () -> region.quarantine(Quarantine.NONE),
            () -> region.status(),
            () -> region.channels(),
            () -> region.manifests(),
            () -> region.history(TestTree.SLUG),
            () -> region.isAfterPruneDue(),
            () -> region.holds("a".repeat(64), "a-1-py3-none-any.whl"));
    for (Runnable step : steps) {
      requireFailure(step, "it was not asked again by this run");
    }
    assertThat(requests).hasValue(asked);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 403, 500})
  void oneThatAnsweredOnceIsAskedAgain(int answer) {
    status = answer;
    if (answer == 404) {
      current();
    } else {
      requireFailure(this::current, "the server answers " + answer);
    }
    status = DEAD;
    requireFailure(this::current, "s3://wheels/p/channels/");
    int asked = requests.get();
    requireFailure(() -> region.quarantine(), "s3://wheels/p/quarantine.json");
    assertThat(requests.get()).isGreaterThan(asked);
    status = 404;
    current();
  }
}
