package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.Secret;
import io.github.wheelmirror.publish.ObjectStore.Condition;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Signing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Amazon's client makes of a server's answers, and what a person is told then. */
class S3ErrorsTest {
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private S3ObjectStore store;

  /** The last one is given again and again. */
  private record Answer(int status, String code, Map<String, String> headers) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            Answer answer;
            synchronized (answers) {
              answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
            }
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("x-amz-request-id", "R-77");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            byte[] body =
                answer.code().isEmpty() || head
                    ? new byte[0]
                    : ("<Error><Code>"
                            + answer.code()
                            + "</Code><Message>said so</Message></Error>")
                        .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
              exchange.getResponseBody().write(body);
            }
          }
        });
    server.start();
    store =
        S3ObjectStore.connect(
            settings("http://127.0.0.1:" + server.getAddress().getPort()), HostNetwork.PLAIN);
  }

  private static S3Settings settings(String endpoint) {
    return S3Settings.parse(
        "cloud",
        "s3://wheels/p?endpoint=" + endpoint,
        new Credentials("bucket-keys", "AKIA", new Secret("very")),
        "",
        Duration.ofMinutes(1),
        RegionCommands.NONE,
        Signing.NONE);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answers(int status, String code) {
    answers.add(new Answer(status, code, Map.of()));
  }

  private static void refused(ThrowingCallable request, String why, String fix) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            ObjectStoreException.class,
            e -> {
              assertThat(e.getMessage()).contains("s3://wheels/p/", why).doesNotContain("very");
              assertThat(e.fix()).contains(fix);
            });
  }

  private void put(Condition condition) throws IOException {
    assertThat(store.put("k", ObjectContent.of("k", new byte[] {1}), condition)).isPresent();
  }

  @Test
  void aPermissionThatIsMissingIsNamed() {
    answers(403, "AccessDenied");

    refused(() -> store.get("k"), "403 AccessDenied, request R-77: said so", "s3:ListBucket");
    refused(() -> put(Condition.NONE), "k: ", "allow s3:PutObject");
    refused(() -> store.list("x"), "x: ", "allow s3:ListBucket");
    refused(() -> store.delete(List.of("k")), "k: ", "allow s3:DeleteObject");
    refused(() -> store.copy("a", "b", "no-cache"), "b: ", "allow s3:PutObject");
    refused(() -> store.open("k"), "k: ", "allow s3:GetObject");
    refused(() -> store.head("k"), "403", "allow s3:GetObject");
  }

  @Test
  void keysClockBucketAndRegionAreToldApart() {
    answers(403, "SignatureDoesNotMatch");
    refused(() -> store.get("k"), "403", "correct the keys of server bucket-keys");
    answers.clear();
    answers(403, "RequestTimeTooSkewed");
    refused(() -> store.get("k"), "403", "set this machine's clock");
    answers.clear();
    answers(404, "NoSuchBucket");
    refused(() -> store.get("k"), "404", "make the bucket wheels");
    answers.clear();
    answers.add(new Answer(301, "PermanentRedirect", Map.of("x-amz-bucket-region", "eu-north-1")));
    refused(() -> store.get("k"), "301", "write ?region=eu-north-1");
    answers.clear();
    answers(501, "NotImplemented");
    refused(() -> put(Condition.ABSENT), "501", "use a newer version");
  }

  @Test
  void aServerThatCannotNowIsAskedAgainAndNotForEver() throws IOException {
    answers(503, "SlowDown");
    answers(500, "InternalError");
    answers.add(new Answer(200, "", Map.of("ETag", "\"e\"")));

    put(Condition.ABSENT);

    assertThat(requests).hasSize(3);
    answers.clear();
    requests.clear();
    answers(503, "SlowDown");
    refused(() -> put(Condition.ABSENT), "503 SlowDown", "wait until the server is well");
    assertThat(requests).hasSizeBetween(2, 5);
  }

  @Test
  void aConditionThatIsNotMetIsAnAnswerAndNoFailure() throws IOException {
    for (int status : new int[] {412, 404}) {
      answers.clear();
      answers(status, status == 412 ? "PreconditionFailed" : "NoSuchKey");
      assertThat(store.put("k", ObjectContent.of("k", new byte[1]), Condition.is("\"e\"")))
          .isEmpty();
    }
    refused(() -> put(Condition.ABSENT), "404", "see what the server says");
    answers.clear();
    answers(412, "PreconditionFailed");
    refused(() -> put(Condition.NONE), "412", "see what the server says");
    answers.clear();
    answers(409, "ConditionalRequestConflict");
    answers.add(new Answer(200, "", Map.of("ETag", "\"e\"")));
    put(Condition.ABSENT);
    answers.clear();
    answers(409, "ConditionalRequestConflict");
    refused(() -> put(Condition.ABSENT), "409", "see what the server says");
  }

  @Test
  void whatIsNotThereIsNoFailureEither() throws IOException {
    answers(404, "NoSuchKey");

    assertThat(store.get("k")).isEmpty();
    assertThat(store.head("k")).isEmpty();
    refused(() -> store.open("k"), "404", "see what the server says");
  }

  @Test
  void aServerThatDoesNotAnswerIsNamed() throws IOException {
    int port = server.getAddress().getPort();
    server.stop(0);

    refused(() -> store.get("k"), "k: ", "see whether http://127.0.0.1:" + port + " answers");
  }
}
