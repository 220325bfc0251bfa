package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.python.ProjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that need not be asked for again for a while: RFC 9111. */
class FreshnessTest {

  private static final ProjectName FOO = ProjectName.parse("foo");

  @TempDir Path folder;
  private WebServer server;
  private final Map<String, String> headers = new HashMap<>();

  @BeforeEach
  void serve() throws IOException {
    server = new WebServer();
    headers.put("Content-Type", WebServer.JSON);
    headers.put("ETag", "\"v1\"");
    server.on(
        "/simple/foo/",
        request ->
            request.header("If-none-match").equals(headers.get("ETag"))
                ? WebServer.status(304, Map.copyOf(headers))
                : new WebServer.Response(
                    200,
                    Map.copyOf(headers),
                    TestIndex.bytes(
                        TestIndex.json(TestIndex.jsonFile("foo-1.0.zip", new byte[1])))));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=600 | 600",
        "public, max-age=600 | 600",
        "MAX-AGE=\"600\" | 600",
        "max-age = 600 , public | 600",
        "max-age=600, max-age=60 | 60",
        "max-age=60, max-age=600 | 60",
        "max-age=600, no-cache | 0",
        "no-store, max-age=600 | 0",
        "no-cache=\"Set-Cookie\", max-age=600 | 0",
        "s-maxage=600 | 0",
        "max-age=0600 | 600",
        "max-age=-1 | 0",
        "max-age=ten | 0",
        "max-age= | 0",
        "max-age | 0",
        "max-age=1.5 | 0",
        "max-age=99999999999999999999999 | 86400",
        "max-age=864000 | 86400",
        "'' | 0",
        "'=,;\"' | 0"
      })
  void aHeaderSaysForHowLong(String header, long seconds) {
    assertThat(Freshness.of(header)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void aFreshPageIsNotAskedForAgain() throws IOException {
    headers.put("Cache-Control", "max-age=600");
    read(client());
    TestIndex again = client();
    Map<Path, Object> before = TestIndex.times(folder);
    read(again);
    assertThat(server.requests).hasSize(1);
    assertThat(TestIndex.times(folder)).isEqualTo(before);
    assertThat(again.seen.doubt()).isEmpty();
    assertThat(again.seen.facts().keySet()).isEqualTo(before.keySet());
    assertThat(again.seen.until())
        .isBetween(Instant.now().plusSeconds(500), Instant.now().plusSeconds(600));
  }

  @Test
  void whenItsTimeIsOverItIsAskedForOnceAndFreshAgain() throws IOException {
    headers.put("Cache-Control", "max-age=600");
    read(client());
    age(Duration.ofSeconds(601));
    TestIndex later = client();
    read(later);
    assertThat(server.requests).hasSize(2);
    assertThat(server.requests.get(1).header("If-none-match")).isEqualTo("\"v1\"");
    assertThat(later.seen.doubt()).isEmpty();
    TestIndex again = client();
    read(again);
    assertThat(server.requests).hasSize(2);
    assertThat(again.seen.facts()).isEqualTo(later.seen.facts());
  }

  @Test
  void whoWantsToLookAnewAsks() {
    headers.put("Cache-Control", "max-age=600");
    read(client());
    read(client().anew());
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void aCacheOnTheWayHasUsedSomeOfTheTime() throws IOException {
    headers.put("Cache-Control", "max-age=600");
    headers.put("Age", "590");
    read(client());
    read(client());
    assertThat(server.requests).hasSize(1);
    age(Duration.ofSeconds(11));
    read(client());
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void anAgeThatIsNoNumberMakesNothingFresh() {
    headers.put("Cache-Control", "max-age=86400");
    headers.put("Age", "a day");
    read(client());
    read(client());
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void theServersLastWordCounts() {
    headers.put("Cache-Control", "max-age=600");
    read(client());
    headers.put("Cache-Control", "no-cache");
    read(client().anew());
    read(client());
    assertThat(server.requests).hasSize(3);
    headers.put("Cache-Control", "max-age=60");
    read(client());
    read(client());
    assertThat(server.requests).hasSize(4);
  }

  @Test
  void whatIsNotThereIsFreshTooAsLongAsTheServerSays() {
    server.on(
        "/simple/foo/", request -> WebServer.status(404, Map.of("Cache-Control", "max-age=60")));
    read(client());
    read(client());
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void whereARedirectLedIsAskedEachTime() {
    headers.put("Cache-Control", "max-age=600");
    server.on(
        "/other/foo/",
        request -> WebServer.status(302, Map.of("Location", server.url("/simple/foo/"))));
    for (int i = 0; i < 2; i++) {
      read(new TestIndex(folder).index(server.url("/other/")));
    }
    assertThat(server.requests).hasSize(4);
  }

  @Test
  void aClockThatWasPutBackMakesNothingFresh() throws IOException {
    headers.put("Cache-Control", "max-age=600");
    read(client());
    age(Duration.ofHours(-1));
    read(client());
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void whatIsUsedOfflineIsKeptAndNotFresh() throws IOException {
    headers.put("Cache-Control", "max-age=86400");
    read(client());
    age(Duration.ofDays(20));
    TestIndex offline = client().offline();
    read(offline);
    assertThat(offline.seen.doubt()).isEmpty();
    assertThat(
            Files.getLastModifiedTime(TestIndex.times(folder).keySet().iterator().next())
                .toInstant())
        .isAfter(Instant.now().minus(Duration.ofDays(2)));
    read(client());
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void withoutAPromiseALaterRunHasToAsk() {
    read(client());
    TestIndex again = client();
    read(again);
    assertThat(server.requests).hasSize(2);
    assertThat(again.seen.doubt()).contains("has to be asked for each time");
  }

  private TestIndex client() {
    return new TestIndex(folder).index(server.url("/simple"));
  }

  private static void read(TestIndex client) {
    try (SimpleIndex index = client.open()) {
      index.projects(List.of(FOO));
    }
  }

  private void age(Duration by) throws IOException {
    for (Path file : TestIndex.times(folder).keySet()) {
      Files.setLastModifiedTime(
          file, FileTime.from(Files.getLastModifiedTime(file).toInstant().minus(by)));
    }
  }
}
