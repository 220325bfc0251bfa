package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StaticServerTest {
  private static final String SLUG = TestTree.SLUG;
  private static final String PIP_ACCEPT =
      "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1,"
          + " text/html; q=0.01";

  private final Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Path root;
  private final Snapshot snapshot;
  private final ManifestFile wheel;
  private final String wheelPath;
  private StaticServer server;

  StaticServerTest(@TempDir Path folder) {
    this.folder = folder;
    TestTree tree = new TestTree(folder);
    root = folder.resolve("region");
    snapshot = tree.snapshot(SLUG, "1.0+x.1", "alpha", "beta");
    wheel = snapshot.manifest().files().get(0);
    wheelPath = TreeLayout.wheelUrl(wheel.sha256(), wheel.filename()).substring(9);
    DirectoryRegion region = ReleasingProcess.region(root, Faults.NONE);
    StagedRelease staged =
        region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE);
    region.flip(staged, Optional.empty(), Instant.now());
    server = StaticServer.start(new RegionTree(new RegionSettings("main", root)), 0);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<byte[]> ask(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(60));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    return ask("GET", path, headers);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /** One request as typed on a socket, for paths that no client library sends. */
  private String raw(String requestLine) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write(
              (requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void listensOnLoopbackOnly() {
    assertThat(server.url().getHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void pagesWheelsMetadataAndConstraintsAreServed() throws Exception {
    for (String mount : List.of(SLUG, "@" + snapshot.id())) {
      assertThat(get(mount + "/simple/").statusCode()).isEqualTo(200);
      HttpResponse<byte[]> page = get(mount + "/simple/alpha/");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("%2Bx.1");
      assertThat(get(mount + "/constraints/stable/2025.1.txt").body())
          .asString(StandardCharsets.UTF_8)
          .contains("alpha===1.0+x.1");
    }
    HttpResponse<byte[]> file = get(wheelPath);
    assertThat(Sha256.of(file.body())).isEqualTo(wheel.sha256());
    assertThat(header(file, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(header(file, "Cache-Control")).contains("immutable");
    HttpResponse<byte[]> metadata = get(wheelPath + ".metadata");
    assertThat(Sha256.of(metadata.body())).isEqualTo(wheel.metadataSha256());
    assertThat(header(metadata, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(get("channels/" + SLUG + "/current.json").statusCode()).isEqualTo(200);
  }

  @Test
  void theFormOfAPageIsNegotiated() throws Exception {
    for (String path : List.of(SLUG + "/simple/", SLUG + "/simple/alpha/")) {
      HttpResponse<byte[]> json = get(path, "Accept", PIP_ACCEPT);
      assertThat(header(json, "Content-Type")).isEqualTo("application/vnd.pypi.simple.v1+json");
      assertThat(header(json, "Vary")).isEqualTo("Accept");
      assertThat(json.body()[0]).isEqualTo((byte) '{');

      HttpResponse<byte[]> html = get(path, "Accept", "text/html");
      assertThat(header(html, "Content-Type")).isEqualTo("text/html; charset=utf-8");
      assertThat(header(html, "Vary")).isEqualTo("Accept");
      assertThat(header(html, "ETag")).isNotEqualTo(header(json, "ETag"));

      assertThat(header(get(path), "Content-Type")).startsWith("text/html");
      assertThat(header(get(path, "Accept", "*/*"), "Content-Type")).startsWith("text/html");
      assertThat(
              header(
                  get(path, "Accept", "application/vnd.pypi.simple.v1+html, text/html;q=0.5"),
                  "Content-Type"))
          .isEqualTo("application/vnd.pypi.simple.v1+html");
      assertThat(
              header(
                  get(path, "Accept", "text/html, application/vnd.pypi.simple.v1+json;q=0"),
                  "Content-Type"))
          .startsWith("text/html");
    }
  }

  @Test
  void headAnswersLikeGetWithoutABody() throws Exception {
    for (String path : List.of(SLUG + "/simple/alpha/", wheelPath, "", "missing")) {
      HttpResponse<byte[]> get = get(path);
      HttpResponse<byte[]> head = ask("HEAD", path);
      assertThat(head.statusCode()).isEqualTo(get.statusCode());
      assertThat(head.body()).isEmpty();
      for (String name : List.of("Content-Length", "Content-Type", "ETag")) {
        assertThat(header(head, name)).as(name).isEqualTo(header(get, name));
      }
    }
  }

  @Test
  void aKnownTagIsNotSentAgain() throws Exception {
    String tag = header(get(wheelPath), "ETag");
    for (String sent : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
      HttpResponse<byte[]> answer = get(wheelPath, "If-None-Match", sent);
      assertThat(answer.statusCode()).isEqualTo(304);
      assertThat(header(answer, "ETag")).isEqualTo(tag);
      assertThat(answer.body()).isEmpty();
    }
    assertThat(get(wheelPath, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> page =
        get(SLUG + "/simple/alpha/", "If-None-Match", header(get(SLUG + "/simple/alpha/"), "ETag"));
    assertThat(page.statusCode()).isEqualTo(304);
    assertThat(header(page, "Vary")).isEqualTo("Accept");
  }

  @Test
  void partsOfAFileAreServed() throws Exception {
    byte[] whole = get(wheelPath).body();
    int size = whole.length;

    HttpResponse<byte[]> middle = get(wheelPath, "Range", "bytes=10-19");
    assertThat(middle.statusCode()).isEqualTo(206);
    assertThat(middle.body()).isEqualTo(Arrays.copyOfRange(whole, 10, 20));
    assertThat(header(middle, "Content-Range")).isEqualTo("bytes 10-19/" + size);
    assertThat(get(wheelPath, "Range", "bytes=-5").body())
        .isEqualTo(Arrays.copyOfRange(whole, size - 5, size));
    assertThat(get(wheelPath, "Range", "bytes=" + (size - 3) + "-").body()).hasSize(3);
    assertThat(get(wheelPath, "Range", "bytes=0-99999999").body()).isEqualTo(whole);

    HttpResponse<byte[]> beyond = get(wheelPath, "Range", "bytes=" + size + "-");
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(header(beyond, "Content-Range")).isEqualTo("bytes */" + size);
    for (String ignored : List.of("bytes=0-1,3-4", "lines=1-2", "bytes=5-2", "bytes=-", "x")) {
      assertThat(get(wheelPath, "Range", ignored).statusCode()).as(ignored).isEqualTo(200);
    }
    String tag = header(get(wheelPath), "ETag");
    assertThat(get(wheelPath, "Range", "bytes=0-1", "If-Range", tag).statusCode()).isEqualTo(206);
    assertThat(get(wheelPath, "Range", "bytes=0-1", "If-Range", "\"old\"").statusCode())
        .isEqualTo(200);
  }

  @Test
  void aFolderWithoutASlashIsRedirected() throws Exception {
    HttpResponse<byte[]> answer = get(SLUG + "/simple/alpha");
    assertThat(answer.statusCode()).isEqualTo(301);
    assertThat(header(answer, "Location")).isEqualTo("/" + SLUG + "/simple/alpha/");
  }

  @Test
  void whatIsNotThereAndWhatIsNotForClientsIsMissing() throws Exception {
    for (String path :
        List.of(
            "nothing",
            SLUG + "/simple/nothing/",
            SLUG + "/simple/index.html/",
            SLUG + "/",
            "pool/",
            "state/journal.jsonl",
            ".tmp/",
            "@" + "0".repeat(64) + "/simple/")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(ask("POST", SLUG + "/simple/").statusCode()).isEqualTo(405);
    assertThat(header(ask("DELETE", wheelPath), "Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void noPathLeadsOutOfTheTree() throws Exception {
    Files.writeString(folder.resolve("secret.txt"), "the secret");
    Files.createSymbolicLink(root.resolve("escape"), folder);
    Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
    Files.createSymbolicLink(root.resolve("inside"), root.resolve("channels"));
    for (String path :
        List.of(
            "/escape/secret.txt",
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/pool/..%2f..%2fsecret.txt",
            "/pool/%2e%2e/%2e%2e/secret.txt",
            "/..%5csecret.txt",
            "//secret.txt",
            "/./../secret.txt",
            "/secret.txt%00.whl",
            "/%c0%ae%c0%ae/secret.txt",
            "/loop",
            "/%",
            "/%zz",
            "/" + folder + "/secret.txt",
            "http://localhost/../secret.txt")) {
      String answer = raw("GET " + path + " HTTP/1.1");
      assertThat(answer).as(path).containsPattern("^HTTP/1.1 40[04]").doesNotContain("the secret");
    }
    assertThat(get("inside/" + SLUG + "/current.json").statusCode()).isEqualTo(200);
  }

  @Test
  void noHostileRequestLineBringsAnythingButAnAnswer() throws Exception {
    Random random = new Random(7);
    String alphabet = "/.%2eE\\ab:@?#&=+;~*'\"<>|";
    for (int i = 0; i < 300; i++) {
      StringBuilder path = new StringBuilder("/");
      for (int n = random.nextInt(30); n > 0; n--) {
        path.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(raw("GET " + path + " HTTP/1.1")).containsPattern("^HTTP/1.1 (200|400|404)");
    }
    assertThat(get(wheelPath).statusCode()).isEqualTo(200);
  }

  @Test
  void theFrontPageNamesTheChannels() throws Exception {
    HttpResponse<byte[]> page = get("");
    assertThat(header(page, "Content-Type")).startsWith("text/html");
    assertThat(new String(page.body(), StandardCharsets.UTF_8))
        .contains(server.url() + SLUG + "/simple/", server.url() + "@" + snapshot.id());
  }

  @Test
  void manyClientsAreServedAtOnce() throws Exception {
    List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + wheelPath)).build();
    for (int i = 0; i < 500; i++) {
      answers.add(client.sendAsync(request, BodyHandlers.ofByteArray()));
    }
    for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
      assertThat(Sha256.of(answer.get().body())).isEqualTo(wheel.sha256());
    }
  }

  @Test
  void aStagedSnapshotIsServedUnderTheSameUrls() throws Exception {
    Snapshot staged = new TestTree(folder).snapshot("ubuntu-24.04-x86_64", "2.0", "gamma");
    server.close();
    server =
        StaticServer.start(
            new StagedTree(List.of(staged), new TestTree(folder).wheelhouse(), List.of()), 0);

    ManifestFile file = staged.manifest().files().get(0);
    String url = TreeLayout.wheelUrl(file.sha256(), file.filename());
    for (String mount : List.of("ubuntu-24.04-x86_64", "@" + staged.id())) {
      URI page = URI.create(server.url() + mount + "/simple/gamma/");
      assertThat(get(mount + "/simple/").statusCode()).isEqualTo(200);
      assertThat(get(mount + "/simple/gamma/").body())
          .asString(StandardCharsets.UTF_8)
          .contains(url);
      assertThat(page.resolve(url)).isEqualTo(URI.create(server.url() + url.substring(9)));
      assertThat(Sha256.of(get(url.substring(9)).body())).isEqualTo(file.sha256());
    }
    assertThat(get("files/x").statusCode()).isEqualTo(404);
    assertThat(get("").body()).asString(StandardCharsets.UTF_8).contains("ubuntu-24.04-x86_64");
  }

  @Test
  void closingEndsAtOnceAndAPortInUseIsRefused() throws Exception {
    int port = server.url().getPort();
    RegionTree tree = new RegionTree(new RegionSettings("main", root));
    assertThatThrownBy(() -> StaticServer.start(tree, port))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("port " + port);

    server.close();

    assertThatThrownBy(() -> get("")).isInstanceOf(IOException.class);
    server = StaticServer.start(tree, port);
    assertThat(get("").statusCode()).isEqualTo(200);
  }
}
