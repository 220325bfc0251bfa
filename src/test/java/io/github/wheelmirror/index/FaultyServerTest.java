package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.python.ProjectName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FaultyServerTest {

  private static final ProjectName FOO = ProjectName.parse("foo");
  private static final String PAGE = "{\"files\":[{\"filename\":\"foo-1.0.zip\",\"url\":\"x\"}]}";
  private static final String OK = answer("200 OK", "", PAGE);

  @TempDir Path folder;

  @Test
  void twice503ThenAnAnswerIsAnAnswer() throws IOException {
    RawServer.Script busy = RawServer.says(answer("503 Busy", "", "later"));
    TestIndex client = recovers(busy, busy, RawServer.says(OK));

    assertThat(client.waits).containsExactly(Duration.ofMillis(500), Duration.ofMillis(1000));
  }

  @Test
  void retryAfterInSecondsIsHeeded() throws IOException {
    TestIndex client =
        recovers(
            RawServer.says(answer("429 Slow Down", "Retry-After: 7\r\n", "")), RawServer.says(OK));

    assertThat(client.waits).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void retryAfterAsADateIsHeeded() throws IOException {
    TestIndex client =
        recovers(
            RawServer.says(answer("503 Busy", "Retry-After: Thu, 1 Jan 2026 00:00:09 GMT\r\n", "")),
            RawServer.says(OK));

    assertThat(client.waits).containsExactly(Duration.ofSeconds(9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"999999999", "Fri, 1 Jan 2027 00:00:00 GMT", "99999999999999999999", "soon", "-1"})
  void anUnreasonableRetryAfterIsBounded(String value) throws IOException {
    TestIndex client =
        recovers(
            RawServer.says(answer("503 Busy", "Retry-After: " + value + "\r\n", "")),
            RawServer.says(OK));

    assertThat(client.waits)
        .hasSize(1)
        .allMatch(wait -> wait.compareTo(RetryPolicy.LONGEST) <= 0 && !wait.isNegative());
  }

  @Test
  void aResetInTheMiddleOfAPageIsRepeated() throws IOException {
    recovers(RawServer.resetsAfter(OK.substring(0, OK.length() - 20)), RawServer.says(OK));
  }

  @Test
  void aTruncatedPageIsRepeated() throws IOException {
    recovers(RawServer.says(OK.substring(0, OK.length() - 20)), RawServer.says(OK));
  }

  @Test
  void aTruncatedPageWithoutALengthIsRepeated() throws IOException {
    String whole = "HTTP/1.1 200 OK\r\nContent-Type: " + WebServer.JSON + "\r\n\r\n" + PAGE;
    recovers(RawServer.says(whole.substring(0, whole.length() - 20)), RawServer.says(whole));
  }

  @Test
  void aTruncatedChunkedPageIsRepeated() throws IOException {
    String chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: "
            + WebServer.JSON
            + "\r\n\r\n40\r\n{\"files\"";
    recovers(RawServer.says(chunked), RawServer.says(OK));
  }

  @Test
  void aTruncatedHtmlPageWithoutALengthIsRepeated() throws IOException {
    String whole =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><a href=foo-1.0.zip>x</a></html>";
    recovers(RawServer.says(whole.substring(0, whole.length() - 20)), RawServer.says(whole));
  }

  @Test
  void aConnectionClosedWithoutAWordIsRepeated() throws IOException {
    recovers(RawServer.says(""), RawServer.says(""), RawServer.says(OK));
  }

  @Test
  void aSilentServerIsLeft() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    TestIndex client = new TestIndex(folder).variable("PIP_TIMEOUT", "0.3");
    recovers(
        client,
        RawServer.silentAfter("", end),
        RawServer.silentAfter(OK.substring(0, OK.length() - 20), end),
        RawServer.says(OK));
    end.countDown();
  }

  @Test
  void aServerThatDripsIsLeftAfterTheTotalTime() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    RawServer.Script drips =
        (socket, out) -> {
          out.write(
              OK.substring(0, OK.length() - PAGE.length()).getBytes(StandardCharsets.US_ASCII));
          while (end.getCount() > 0) {
            out.write(' ');
            out.flush();
            Thread.sleep(20);
          }
        };
    TestIndex client =
        new TestIndex(folder)
            .limits(new IndexSettings.Limits(2, Duration.ofMillis(400), 1 << 20, 1 << 20));
    recovers(client, drips, RawServer.says(OK));
    end.countDown();
  }

  @Test
  void anEndlessHeadIsAnError() throws IOException {
    String head = "HTTP/1.1 200 OK\r\n" + ("X-Junk: " + "y".repeat(1000) + "\r\n").repeat(2000);
    try (RawServer server = new RawServer(RawServer.says(head))) {
      assertFails(new TestIndex(folder).index(server.url("/simple")));
    }
  }

  @Test
  void bytesThatAreNotHttpAreAnError() throws IOException {
    try (RawServer server = new RawServer(RawServer.says("\u0016\u0003\u0001 hello\r\n\r\n"))) {
      assertFails(new TestIndex(folder).index(server.url("/simple")));
    }
  }

  @Test
  void afterTheLastRetryTheFailureTellsUrlAndCount() throws IOException {
    try (RawServer server = new RawServer(RawServer.says(answer("502 Bad", "", "x")))) {
      TestIndex client = new TestIndex(folder).index(server.url("/simple"));
      MirrorException failure = assertFails(client);

      assertThat(failure.what()).contains(server.url("/simple/foo/"));
      assertThat(failure.why()).contains("502").contains("4 times");
      assertThat(server.requests).hasSize(4);
      assertThat(client.waits).hasSize(3);
    }
  }

  @Test
  void anIndexThatIsDownIsNotAskedToTheEndForEachOfManyProjects() throws IOException {
    try (RawServer server = new RawServer(RawServer.says(answer("500 Down", "", "x")))) {
      TestIndex client =
          new TestIndex(folder)
              .index(server.url("/simple"))
              .limits(new IndexSettings.Limits(1, Duration.ofSeconds(20), 1 << 20, 1 << 20));
      List<ProjectName> names =
          IntStream.range(0, 20).mapToObj(i -> ProjectName.parse("p" + i)).toList();
      try (SimpleIndex index = client.open()) {
        assertThat(index.projects(names).values())
            .allSatisfy(
                result -> assertThatThrownBy(result::orThrow).isInstanceOf(MirrorException.class));
      }
      assertThat(server.requests).hasSize(3 * 4 + 17);
    }
  }

  @Test
  void aServerThatNobodyRunsIsAnErrorAndNotAnAbsentProject() throws IOException {
    String url;
    try (RawServer server = new RawServer(RawServer.says(""))) {
      url = server.url("/simple");
    }
    MirrorException failure = assertFails(new TestIndex(folder).index(url));
    assertThat(failure.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
  }

  @Test
  void anEndlessErrorPageIsNotReadToItsEnd() throws IOException {
    RawServer.Script endless =
        (socket, out) -> {
          out.write("HTTP/1.1 404 Not Found\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          byte[] junk = new byte[8192];
          while (!Thread.currentThread().isInterrupted()) {
            out.write(junk);
          }
        };
    try (RawServer server = new RawServer(endless)) {
      assertFails(new TestIndex(folder).index(server.url("/simple")));
    }
  }

  private TestIndex recovers(RawServer.Script... scripts) throws IOException {
    return recovers(new TestIndex(folder), scripts);
  }

  private TestIndex recovers(TestIndex client, RawServer.Script... scripts) throws IOException {
    try (RawServer server = new RawServer(scripts);
        SimpleIndex index = client.index(server.url("/simple")).open()) {
      assertThat(index.project(FOO).files())
          .extracting(RemoteFile::filename)
          .containsExactly("foo-1.0.zip");
      assertThat(index.statistics().pageRequests()).isEqualTo(1);
      // Java's client repeats a request itself, once, if the connection ends before any answer.
      assertThat(index.statistics().repeated()).isBetween(1L, scripts.length - 1L);
    }
    return client;
  }

  private static MirrorException assertFails(TestIndex client) {
    try (SimpleIndex index = client.open()) {
      try {
        index.project(FOO);
      } catch (MirrorException e) {
        assertThat(e.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
        return e;
      }
      throw new AssertionError("the page was read");
    }
  }

  private static String answer(String status, String headers, String body) {
    return "HTTP/1.1 "
        + status
        + "\r\nContent-Type: "
        + WebServer.JSON
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n"
        + headers
        + "\r\n"
        + body;
  }
}
