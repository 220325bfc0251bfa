package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.FileTail;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.index.WebServer.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TailTest {

  private static final String PATH = "/f/foo-1.0-cp311-cp311-linux_x86_64.whl";
  private static final int LENGTH = 1000;

  @TempDir Path folder;
  private final byte[] content = content();

  private static byte[] content() {
    byte[] bytes = new byte[30_000];
    new Random(2).nextBytes(bytes);
    return bytes;
  }

  private SimpleIndex client(WebServer server) {
    return new TestIndex(folder).index(server.url("/simple/")).open();
  }

  private RemoteFile file(WebServer server) {
    return TestIndex.file(server.url(PATH), content, server.url("/simple/"));
  }

  private RemoteFile unmeasured(WebServer server) {
    return file(server).measured(file(server).hashes(), -1);
  }

  private Response range(int from, int to, String header) {
    return new Response(
        206, Map.of("Content-Range", header), Arrays.copyOfRange(content, from, to));
  }

  private Response last(int count) {
    int from = content.length - count;
    return range(
        from, content.length, "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
  }

  private void assertTail(Optional<FileTail> tail, int count) {
    assertThat(tail).isPresent();
    FileTail found = tail.orElseThrow();
    assertThat(found.size()).isEqualTo(content.length);
    assertThat(found.start()).isEqualTo(content.length - count);
    byte[] bytes = new byte[count];
    found.from(found.start()).get(bytes);
    assertThat(bytes)
        .isEqualTo(Arrays.copyOfRange(content, content.length - count, content.length));
  }

  @Test
  void theEndOfAFileIsAskedForByItsFirstByteIfTheSizeIsKnown() throws Exception {
    try (WebServer server = new WebServer();
        SimpleIndex index = client(server)) {
      server.on(PATH, request -> last(LENGTH));
      assertTail(index.tail(file(server), LENGTH), LENGTH);
      assertThat(server.requests.get(0).header("Range")).isEqualTo("bytes=29000-29999");
      assertThat(server.requests.get(0).header("Accept-encoding")).isEqualTo("identity");
      assertThat(index.statistics().bytes()).isEqualTo(LENGTH);
    }
  }

  @Test
  void withoutAKnownSizeTheLastBytesAreAskedFor() throws Exception {
    try (WebServer server = new WebServer();
        SimpleIndex index = client(server)) {
      server.on(PATH, request -> last(LENGTH));
      assertTail(index.tail(unmeasured(server), LENGTH), LENGTH);
      assertThat(server.requests.get(0).header("Range")).isEqualTo("bytes=-1000");
    }
  }

  @Test
  void aSmallerFileComesWhole() throws Exception {
    try (WebServer server = new WebServer();
        SimpleIndex index = client(server)) {
      server.on(PATH, request -> last(content.length));
      assertTail(index.tail(file(server), 1 << 20), content.length);
      assertThat(server.requests.get(0).header("Range")).isEqualTo("bytes=0-29999");
      assertTail(index.tail(unmeasured(server), 1 << 20), content.length);
    }
  }

  @Test
  void aRedirectIsFollowed() throws Exception {
    try (WebServer server = new WebServer();
        SimpleIndex index = client(server)) {
      server.on(PATH, request -> WebServer.status(302, Map.of("Location", "/other")));
      server.on("/other", request -> last(LENGTH));
      assertTail(index.tail(file(server), LENGTH), LENGTH);
      assertThat(server.requests.get(1).header("Range")).isEqualTo("bytes=29000-29999");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 401, 403, 404, 416})
  void anotherAnswerIsNoTailAndNotRepeated(int status) throws Exception {
    try (WebServer server = new WebServer();
        SimpleIndex index = client(server)) {
      server.on(PATH, request -> new Response(status, Map.of(), content));
      assertThat(index.tail(file(server), LENGTH)).isEmpty();
      assertThat(server.requests).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "29000, 30000, bytes 29000-29999/*",
    "29000, 30000, bytes 28000-28999/30000",
    "29000, 30000, bytes 29000-29999/40000",
    "29000, 30000, lines 29000-29999/30000",
    "29000, 30000, ''",
    "29500, 30000, bytes 29500-29999/30000",
    "20000, 30000, bytes 20000-29999/30000",
    "29000, 30000, bytes 99999999999999999999-29999/30000"
  })
  void anotherRangeIsNoTail(int from, int to, String header) throws Exception {
    try (WebServer server = new WebServer();
        SimpleIndex index = client(server)) {
      server.on(PATH, request -> range(from, to, header));
      assertThat(index.tail(file(server), LENGTH)).isEmpty();
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void aFailureThatPassesIsTriedOnceMoreWithoutAWait() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    TestIndex made = new TestIndex(folder);
    try (WebServer server = new WebServer();
        SimpleIndex index = made.index(server.url("/simple/")).open()) {
      server.on(
          PATH,
          request -> asked.incrementAndGet() == 1 ? WebServer.status(503, Map.of()) : last(LENGTH));
      assertTail(index.tail(file(server), LENGTH), LENGTH);

      server.on(PATH, request -> WebServer.status(503, Map.of()));
      server.requests.clear();
      assertThat(index.tail(file(server), LENGTH)).isEmpty();
      assertThat(server.requests).hasSize(2);
      assertThat(made.waits).isEmpty();
    }
  }

  @Test
  void aConnectionThatBreaksIsNoFailure() throws Exception {
    try (RawServer server =
            new RawServer(
                RawServer.resetsAfter(
                    "HTTP/1.1 206 Partial Content\r\nContent-Length: 1000\r\n"
                        + "Content-Range: bytes 29000-29999/30000\r\n\r\nabc"));
        SimpleIndex index = new TestIndex(folder).index(server.url("/simple/")).open()) {
      RemoteFile file = TestIndex.file(server.url(PATH), content, server.url("/simple/"));
      assertThat(index.tail(file, LENGTH)).isEmpty();
      assertThat(server.requests).hasSize(2);
    }
  }

  @Test
  void nothingIsAskedOffline() throws Exception {
    try (WebServer server = new WebServer();
        SimpleIndex index = new TestIndex(folder).index(server.url("/simple/")).offline().open()) {
      server.on(PATH, request -> last(LENGTH));
      assertThat(index.tail(file(server), LENGTH)).isEmpty();
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void aFileOfAPlaceThatThisMachineHasNotIsNoTail() throws Exception {
    try (WebServer server = new WebServer();
        SimpleIndex index = client(server)) {
      RemoteFile file =
          TestIndex.file("find-links:7/foo-1.0-py3-none-any.whl", content, "find-links:7");
      assertThat(index.tail(file, LENGTH)).isEmpty();
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void theEndOfALocalFileIsRead() throws Exception {
    Path local = Files.write(folder.resolve("foo.whl"), content);
    assertTail(TailReader.read(local, LENGTH), LENGTH);
    assertTail(TailReader.read(local, 1 << 20), content.length);
    assertThat(TailReader.read(folder.resolve("gone.whl"), LENGTH)).isEmpty();
  }
}
