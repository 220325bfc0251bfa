package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Secret;
import io.github.wheelmirror.build.PageResult;
import io.github.wheelmirror.build.ProjectPage;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.index.WebServer.Response;
import io.github.wheelmirror.python.ProjectName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleIndexTest {

  private static final ProjectName FOO = ProjectName.parse("foo");
  private static final byte[] CONTENT = TestIndex.bytes("content");

  @TempDir Path folder;
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    server = new WebServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void asksAsPipDoesAndOncePerProject() {
    server.page("/simple/foo/", WebServer.JSON, json("foo-1.0.tar.gz"));
    try (SimpleIndex index = client().open()) {
      assertThat(names(index.project(FOO))).containsExactly("foo-1.0.tar.gz");
      assertThat(index.project(ProjectName.parse("FOO"))).isSameAs(index.project(FOO));
      index.projects(List.of(FOO, FOO));

      assertThat(server.paths()).containsExactly("/simple/foo/");
      assertThat(server.requests.get(0).header("Accept"))
          .isEqualTo(
              "application/vnd.pypi.simple.v1+json,"
                  + " application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01");
      assertThat(index.statistics().pageRequests()).isEqualTo(1);
    }
  }

  @Test
  void anIndexThatOnlySpeaksHtmlIsRead() {
    server.page("/simple/foo/", "text/html; charset=utf-8", "<a href=/f/foo-1.0.tar.gz>x</a>");
    try (SimpleIndex index = client().open()) {
      assertThat(index.project(FOO).files())
          .extracting(RemoteFile::url)
          .containsExactly(server.url("/f/foo-1.0.tar.gz"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void aProjectThatNoLocationHasDoesNotExist(int status) {
    server.on("/simple/foo/", request -> WebServer.status(status, Map.of()));
    try (SimpleIndex index = client().open()) {
      ProjectPage page = index.project(FOO);

      assertThat(page.exists()).isFalse();
      assertThat(page.files()).isEmpty();
    }
  }

  @Test
  void aBucketThatForbidsListingLacksWhatItForbids() {
    server.page("/simple/foo/", WebServer.JSON, json("foo-1.0.zip"));
    for (String name : List.of("foo", "bar")) {
      server.on(
          "/extra/" + name + "/", request -> WebServer.status(403, Map.of("Server", "AmazonS3")));
    }
    try (SimpleIndex index = client().index(server.url("/extra")).open()) {
      assertThat(names(index.project(FOO))).containsExactly("foo-1.0.zip");
      assertThat(index.project(ProjectName.parse("bar")).exists()).isFalse();
      assertThat(index.warnings()).hasSize(1);
      assertThat(index.warnings().get(0)).contains("403").contains(server.url("/"));
    }
    Credentials wrong = new Credentials("my-index", "me", new Secret("secret-word"));
    TestIndex refused =
        new TestIndex(folder)
            .location(
                new IndexLocation(IndexLocation.Kind.INDEX, server.url("/extra"), false, wrong));
    assertFails(refused, MirrorException.Kind.INPUT, "403");
  }

  @Test
  void linksAreRelativeToTheUrlAfterRedirects() {
    redirect("/simple/foo/", 301, "/a/");
    redirect("/a/", 302, server.url("/mirror/simple/foo/"));
    server.page("/mirror/simple/foo/", "text/html", "<a href=\"../foo-1.0.zip\">x</a>");
    try (SimpleIndex index = client().open()) {
      assertThat(index.project(FOO).files())
          .extracting(RemoteFile::url)
          .containsExactly(server.url("/mirror/simple/foo-1.0.zip"));
    }
  }

  @Test
  void aRedirectLoopEnds() {
    redirect("/simple/foo/", 302, "/simple/foo/");

    assertFails(client(), MirrorException.Kind.MACHINERY, "redirects");
    assertThat(server.requests).hasSize(21);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://h/x", "file:///etc/passwd", "http://", ":::", ""})
  void aRedirectToSomethingElseThanTheWebIsRefused(String location) {
    server.on(
        "/simple/foo/",
        request ->
            WebServer.status(302, location.isEmpty() ? Map.of() : Map.of("Location", location)));

    assertFails(client(), MirrorException.Kind.MACHINERY, "it redirects to");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/plain", "application/octet-stream", ""})
  void anotherContentTypeIsNamedWithTheUrl(String type) {
    server.on(
        "/simple/foo/",
        request ->
            new Response(
                200,
                type.isEmpty() ? Map.of() : Map.of("Content-Type", type),
                TestIndex.bytes("{\"files\":[]}")));

    assertFails(
        client(),
        MirrorException.Kind.MACHINERY,
        server.url("/simple/foo/"),
        type.isEmpty() ? "no content type" : type);
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void aPageOfVersionTwoIsRefused() {
    server.page("/simple/foo/", "application/vnd.pypi.simple.v2+json", "{\"files\":[]}");

    assertFails(client(), MirrorException.Kind.MACHINERY, "v2+json");
  }

  @Test
  void aNewerMinorVersionIsAWarningForTheWholeIndex() {
    for (String name : List.of("foo", "bar")) {
      server.page(
          "/simple/" + name + "/",
          WebServer.JSON,
          "{\"meta\":{\"api-version\":\"1.99\"},\"files\":[{\"filename\":\"foo-1.0.zip\",\"url\":\"x\"}]}");
    }
    server.page(
        "/simple/old/", WebServer.JSON, "{\"meta\":{\"api-version\":\"1.4\"},\"files\":[]}");
    try (SimpleIndex index = client().open()) {
      index.project(ProjectName.parse("old"));
      assertThat(index.warnings()).isEmpty();
      assertThat(names(index.project(FOO))).containsExactly("foo-1.0.zip");
      index.project(ProjectName.parse("bar"));
      assertThat(index.warnings()).hasSize(1);
      assertThat(index.warnings().get(0)).contains(server.url("/simple/")).contains("1.99");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><body><a href=/help>Help</a><form action=/login><input type=password></form>",
        "<meta http-equiv='Refresh' content='0; url=/portal'>",
        "<html><script>location='/portal'</script></html>"
      })
  void aLoginPageIsNoProjectWithoutFiles(String body) {
    server.page("/simple/foo/", "text/html", body);

    MirrorException failure = assertFails(client(), MirrorException.Kind.MACHINERY, "login page");
    assertThat(failure.fix())
        .contains("<server> of settings.xml", "<serverId>", "-Dwheel-mirror.indexServerId")
        .contains("/simple/");
    Credentials reader = new Credentials("company", "reader", new Secret("pw"));
    TestIndex known =
        new TestIndex(folder)
            .location(
                new IndexLocation(IndexLocation.Kind.INDEX, server.url("/simple"), false, reader));
    assertThat(assertFails(known, MirrorException.Kind.MACHINERY, "login page").fix())
        .contains("if it wants another login, correct the <server> with the id 'company'")
        .contains("/simple/");

    server.page("/links.html", "text/html", body);
    TestIndex links =
        new TestIndex(folder)
            .variable("PIP_NO_INDEX", "1")
            .variable("PIP_FIND_LINKS", server.url("/links.html"));
    try (SimpleIndex index = links.open()) {
      assertThat(index.project(FOO).exists()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<!DOCTYPE html><html><body><h1>Links for foo</h1></body></html>",
        "<script src=/x.js></script><a href=foo-1.0.egg>foo</a>"
      })
  void aProjectWithoutFilesIsOne(String body) {
    server.page("/simple/foo/", "text/html", body);
    try (SimpleIndex index = client().open()) {
      assertThat(index.project(FOO).exists()).isTrue();
      assertThat(index.project(FOO).files()).isEmpty();
    }
  }

  @Test
  void brokenJsonIsAnErrorAndNotKept() {
    server.page("/simple/foo/", WebServer.JSON, "{\"files\":[");
    assertFails(client(), MirrorException.Kind.MACHINERY, "it is no JSON");

    server.page("/simple/foo/", WebServer.JSON, json("foo-1.0.zip"));
    try (SimpleIndex index = client().open()) {
      assertThat(names(index.project(FOO))).containsExactly("foo-1.0.zip");
    }
  }

  @Test
  void wrongCredentialsNameTheServerId() {
    server.on("/simple/foo/", request -> WebServer.status(401, Map.of()));
    Credentials wrong = new Credentials("my-index", "me", new Secret("secret-word"));
    TestIndex client =
        new TestIndex(folder)
            .location(
                new IndexLocation(IndexLocation.Kind.INDEX, server.url("/simple"), false, wrong));

    MirrorException failure =
        assertFails(client, MirrorException.Kind.INPUT, "serverId 'my-index'", "401");
    assertThat(failure.fix()).contains("settings.xml");
    assertThat(failure.toString() + failure.what() + failure.why()).doesNotContain("secret-word");
    assertThat(server.requests).hasSize(1);
    assertThat(server.requests.get(0).header("Authorization")).isEqualTo(basic("me:secret-word"));
  }

  @Test
  void credentialsOfTheUrlAreSentAndNeverShown() {
    server.page("/simple/foo/", WebServer.JSON, json("foo-1.0.zip"));
    String url = server.url("/simple/").replace("http://", "http://me:s%40cret@");
    TestIndex client = new TestIndex(folder).variable("PIP_INDEX_URL", url);
    try (SimpleIndex index = client.open()) {
      RemoteFile file = index.project(FOO).files().get(0);

      assertThat(server.requests.get(0).header("Authorization")).isEqualTo(basic("me:s@cret"));
      assertThat(file.toString()).doesNotContain("cret");
      assertThat(file.index()).isEqualTo(server.url("/simple/"));
    }
  }

  @Test
  void credentialsOfNetrcAreSentToTheirHost() throws IOException {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(
        folder.resolve("home/.netrc"),
        "# mine\nmachine other login a password b\nmachine 127.0.0.1\n login you\n password \"p w\"\n"
            .replace("p w", "pw"));
    server.page("/simple/foo/", WebServer.JSON, json("foo-1.0.zip"));
    try (SimpleIndex index = client().open()) {
      index.project(FOO);
    }
    assertThat(server.requests.get(0).header("Authorization")).isEqualTo(basic("you:pw"));
  }

  @ParameterizedTest
  @CsvSource({
    ".netrc, machine 127.0.0.1 login you password pw, me, you:pw",
    "_netrc, machine 127.0.0.1 login you password pw, me, you:pw",
    ".netrc, default login you password pw, me, you:pw",
    ".netrc, machine 127.0.0.1 login you password pw, me:, me:",
    ".netrc, machine 127.0.0.1 login you password pw, me:own, me:own",
    ".netrc, machine other login you password pw, me, me:",
    ".netrc, machine 127.0.0.1, me, me:",
  })
  void aUrlWithANameAloneHasTheLoginOfNetrc(String file, String text, String login, String sent)
      throws IOException {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home").resolve(file), text + "\n");
    server.page("/simple/foo/", WebServer.JSON, json("foo-1.0.zip"));
    String url = server.url("/simple/").replace("http://", "http://" + login + "@");
    try (SimpleIndex index = new TestIndex(folder).variable("PIP_INDEX_URL", url).open()) {
      index.project(FOO);
    }
    assertThat(server.requests.get(0).header("Authorization")).isEqualTo(basic(sent));
  }

  @Test
  void credentialsAreNotForwardedToAnotherHost() throws IOException {
    try (WebServer other = new WebServer()) {
      other.page("/simple/foo/", WebServer.JSON, json("foo-1.0.zip"));
      redirect("/simple/foo/", 307, other.url("/simple/foo/"));
      TestIndex client =
          new TestIndex(folder)
              .location(
                  new IndexLocation(
                      IndexLocation.Kind.INDEX,
                      server.url("/simple"),
                      false,
                      new Credentials("id", "me", new Secret("pw"))));
      try (SimpleIndex index = client.open()) {
        index.project(FOO);
      }
      assertThat(server.requests.get(0).header("Authorization")).isNotEmpty();
      assertThat(other.requests.get(0).header("Authorization")).isEmpty();
    }
  }

  @Test
  void aPageThatDidNotChangeIsTakenFromTheCache() throws IOException {
    revalidating(json("foo-1.0.zip"), "\"v1\"");
    try (SimpleIndex index = client().open()) {
      index.project(FOO);
    }
    Map<Path, Object> before = TestIndex.times(folder);
    try (SimpleIndex index = client().open()) {
      assertThat(names(index.project(FOO))).containsExactly("foo-1.0.zip");
      assertThat(index.statistics().notModified()).isEqualTo(1);
      assertThat(index.statistics().bytes()).isZero();
    }
    assertThat(TestIndex.times(folder)).isEqualTo(before).hasSize(1);

    revalidating(json("foo-2.0.zip"), "\"v2\"");
    try (SimpleIndex index = client().open()) {
      assertThat(names(index.project(FOO))).containsExactly("foo-2.0.zip");
      assertThat(index.statistics().notModified()).isZero();
    }
  }

  @Test
  void theLastModificationTimeRevalidatesToo() {
    server.on(
        "/simple/foo/",
        request ->
            request.header("If-modified-since").isEmpty()
                ? new Response(
                    200,
                    Map.of(
                        "Content-Type",
                        WebServer.JSON,
                        "Last-Modified",
                        "Thu, 01 Jan 2026 00:00:00 GMT"),
                    TestIndex.bytes(json("foo-1.0.zip")))
                : WebServer.status(304, Map.of()));
    for (int run = 0; run < 2; run++) {
      try (SimpleIndex index = client().open()) {
        assertThat(names(index.project(FOO))).containsExactly("foo-1.0.zip");
        assertThat(index.statistics().notModified()).isEqualTo(run);
      }
    }
  }

  @Test
  void twoClientsShareOneCacheFolder() {
    List<ProjectName> names =
        IntStream.range(0, 40).mapToObj(i -> ProjectName.parse("p" + i)).toList();
    for (ProjectName name : names) {
      server.page("/simple/" + name + "/", WebServer.JSON, json(name + "-1.0.zip"));
    }
    try (SimpleIndex one = client().open();
        SimpleIndex two = client().open()) {
      List<Map<ProjectName, PageResult>> results =
          Stream.of(one, two).parallel().map(index -> index.projects(names)).toList();
      assertThat(results).allSatisfy(all -> assertThat(all).hasSize(40));
      assertThat(one.warnings()).isEmpty();
      assertThat(two.warnings()).isEmpty();
    }
    try (SimpleIndex offline = client().offline().open()) {
      assertThat(offline.projects(names).values())
          .allSatisfy(result -> assertThat(result.orThrow().files()).hasSize(1));
    }
  }

  @Test
  void aDamagedCacheEntryIsAskedForAgain() throws IOException {
    revalidating(json("foo-1.0.zip"), "\"v1\"");
    try (SimpleIndex index = client().open()) {
      index.project(FOO);
    }
    Path entry = TestIndex.times(folder).keySet().iterator().next();
    byte[] content = Files.readAllBytes(entry);
    content[content.length - 3] ^= 1;
    Files.write(entry, content);
    try (SimpleIndex index = client().open()) {
      assertThat(names(index.project(FOO))).containsExactly("foo-1.0.zip");
      assertThat(index.statistics().notModified()).isZero();
    }
  }

  @Test
  void aCacheThatCannotBeWrittenIsOnlyAWarning() throws IOException {
    Files.writeString(folder.resolve("cache"), "a file where the folder should be");
    server.page("/simple/foo/", WebServer.JSON, json("foo-1.0.zip"));
    try (SimpleIndex index = client().open()) {
      assertThat(names(index.project(FOO))).containsExactly("foo-1.0.zip");
      assertThat(index.warnings()).anyMatch(warning -> warning.contains("page cache"));
    }
  }

  @Test
  void offlineTakesWhatWasReadAndNamesWhatWasNot() {
    server.page("/simple/foo/", WebServer.JSON, json("foo-1.0.zip"));
    ProjectName absent = ProjectName.parse("absent");
    ProjectName never = ProjectName.parse("never");
    try (SimpleIndex index = client().open()) {
      index.projects(List.of(FOO, absent));
    }
    int asked = server.requests.size();
    try (SimpleIndex index = client().offline().open()) {
      Map<ProjectName, PageResult> results = index.projects(List.of(FOO, absent, never));

      assertThat(names(page(results, FOO))).containsExactly("foo-1.0.zip");
      assertThat(page(results, absent).exists()).isFalse();
      assertThatThrownBy(() -> page(results, never))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("/simple/never/ is not in the cache");
    }
    assertThat(server.requests).hasSize(asked);
  }

  @Test
  void packedPagesAreUnpacked() {
    server.on("/simple/foo/", request -> gzip(TestIndex.bytes(json("foo-1.0.zip"))));
    try (SimpleIndex index = client().open()) {
      assertThat(names(index.project(FOO))).containsExactly("foo-1.0.zip");
      assertThat(server.requests.get(0).header("Accept-encoding")).isEqualTo("gzip");
    }
  }

  @Test
  void aPackedPageThatUnpacksToTooMuchIsRefused() {
    server.on("/simple/foo/", request -> gzip(new byte[3 << 20]));

    assertFails(client(), MirrorException.Kind.MACHINERY, "bigger than 1048576 bytes");
  }

  @Test
  void aPageThatIsTooBigIsRefused() {
    server.page("/simple/foo/", WebServer.JSON, " ".repeat(2 << 20));

    assertFails(client(), MirrorException.Kind.MACHINERY, "bigger than 1048576 bytes");
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void anUnknownEncodingIsNamed() {
    server.on(
        "/simple/foo/",
        request ->
            new Response(
                200,
                Map.of("Content-Type", WebServer.JSON, "Content-Encoding", "br"),
                new byte[] {1}));

    assertFails(client(), MirrorException.Kind.MACHINERY, "encoding 'br'");
  }

  @Test
  void oneProjectsFailureLeavesTheOthersTheirPages() {
    server.page("/simple/foo/", WebServer.JSON, json("foo-1.0.zip"));
    server.page("/simple/bad/", "text/plain", "x");
    ProjectName bad = ProjectName.parse("bad");
    try (SimpleIndex index = client().open()) {
      Map<ProjectName, PageResult> results = index.projects(List.of(bad, FOO));

      assertThat(results.keySet()).containsExactly(bad, FOO);
      assertThat(results.get(bad)).isInstanceOf(PageResult.Failed.class);
      assertThat(results.get(FOO)).isInstanceOf(PageResult.Found.class);
    }
  }

  @Test
  void eachProjectIsToldOnceWhenItIsAnsweredBeItThatItFails() {
    ProjectName bad = ProjectName.parse("bad");
    server.on("/simple/bad/", request -> WebServer.status(403, Map.of()));
    server.on("/simple/foo/", request -> WebServer.ok(WebServer.JSON, json()));
    List<ProjectName> answered = new CopyOnWriteArrayList<>();
    try (SimpleIndex index = client().open()) {
      index.projects(List.of(bad, FOO, FOO), answered::add);
    }
    assertThat(answered).containsExactlyInAnyOrder(bad, FOO);
  }

  @Test
  void neverMoreRequestsThanTheLimitRunAtOnce() {
    AtomicInteger running = new AtomicInteger();
    Map<Integer, Boolean> seen = new ConcurrentHashMap<>();
    List<ProjectName> names = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      names.add(ProjectName.parse("p" + i));
      server.on(
          "/simple/p" + i + "/",
          request -> {
            seen.put(running.incrementAndGet(), true);
            LockSupport.parkNanos(1_000_000);
            running.decrementAndGet();
            return WebServer.ok(WebServer.JSON, json());
          });
    }
    TestIndex client =
        client().limits(new IndexSettings.Limits(2, Duration.ofSeconds(20), 1 << 20, 1 << 20));
    try (SimpleIndex index = client.open()) {
      assertThat(index.projects(names)).hasSize(30);
    }
    assertThat(seen.keySet()).allMatch(count -> count <= 2);
  }

  private TestIndex client() {
    return new TestIndex(folder).index(server.url("/simple"));
  }

  private void redirect(String from, int status, String to) {
    server.on(from, request -> WebServer.status(status, Map.of("Location", to)));
  }

  private void revalidating(String body, String etag) {
    server.on(
        "/simple/foo/",
        request ->
            request.header("If-none-match").equals(etag)
                ? WebServer.status(304, Map.of("ETag", etag))
                : new Response(
                    200,
                    Map.of("Content-Type", WebServer.JSON, "ETag", etag),
                    TestIndex.bytes(body)));
  }

  private static MirrorException assertFails(
      TestIndex client, MirrorException.Kind kind, String... words) {
    try (SimpleIndex index = client.open()) {
      PageResult result = index.projects(List.of(FOO)).get(FOO);
      assertThat(result).isInstanceOf(PageResult.Failed.class);
      MirrorException failure =
          ((PageResult.Failed) java.util.Objects.requireNonNull(result)).failure();
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure.what() + ": " + failure.why()).contains(words);
      assertThat(failure.fix()).isNotBlank();
      return failure;
    }
  }

  private static Response gzip(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new Response(
        200,
        Map.of("Content-Type", WebServer.JSON, "Content-Encoding", "gzip"),
        packed.toByteArray());
  }

  private static String basic(String text) {
    return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> names(ProjectPage page) {
    return page.files().stream().map(RemoteFile::filename).toList();
  }

  private static String json(String... names) {
    return TestIndex.json(
        String.join(",", Stream.of(names).map(name -> TestIndex.jsonFile(name, CONTENT)).toList()));
  }

  private static ProjectPage page(Map<ProjectName, PageResult> results, ProjectName name) {
    return java.util.Objects.requireNonNull(results.get(name)).orThrow();
  }
}
