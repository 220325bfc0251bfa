package io.github.wheelmirror.git;

import static io.github.wheelmirror.git.GitFixture.FILE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Secret;
import io.github.wheelmirror.constraints.GitRef;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over Git's own HTTP server, with faults put before it. */
@Timeout(120)
class GitHttpTest {

  private static final GitAccess ACCESS =
      GitAccess.anonymous(
              command -> {
                throw new IOException("no ssh here");
              })
          .withTimeout(Duration.ofSeconds(20));
  private static final Credentials GOOD = new Credentials("", "reader", new Secret("hunter2"));
  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("reader:hunter2".getBytes(UTF_8));

  private Path folder;
  private GitFixture repository;
  private GitHttpServer server;
  private String master;
  private String stable;

  @BeforeEach
  void serve(@TempDir Path temporary) throws IOException {
    folder = temporary;
    repository = GitFixture.bare(folder.resolve("git/requirements.git"));
    master = repository.commit("refs/heads/master", "a===1\n");
    stable = repository.commit("refs/heads/stable/2026.1", "a===2\n");
    repository.annotatedTag("zed-eol", master);
    server = GitHttpServer.start(folder.resolve("git"));
  }

  @AfterEach
  void stop() {
    server.close();
    repository.close();
  }

  @Test
  void listsPeelsFetchesAndReads() {
    GitConstraintsSource source = source(ACCESS);

    List<GitRef> refs = source.refs();
    source.fetch(refs);

    assertThat(refs)
        .containsExactly(
            new GitRef("refs/heads/master", master),
            new GitRef("refs/heads/stable/2026.1", stable),
            new GitRef("refs/tags/zed-eol", master));
    assertThat(source.read(stable, FILE)).contains("a===2\n".getBytes(UTF_8));
  }

  @Test
  void aSecondRunFetchesOnlyWhatMoved() {
    GitConstraintsSource first = source(ACCESS);
    first.fetch(first.refs());
    int before = posts();

    GitConstraintsSource unchanged = source(ACCESS);
    unchanged.fetch(unchanged.refs());
    int afterUnchanged = posts();
    String moved = repository.commit("refs/heads/master", "a===3\n");
    GitConstraintsSource changed = source(ACCESS);
    changed.fetch(changed.refs());

    // one to list; listing and fetching when something moved
    assertThat(afterUnchanged - before).isEqualTo(1);
    assertThat(posts() - afterUnchanged).isGreaterThan(1);
    assertThat(changed.read(moved, FILE)).contains("a===3\n".getBytes(UTF_8));
  }

  @Test
  void showsCredentialsWhenAsked() {
    requirePassword();
    GitConstraintsSource source = source(ACCESS.withCredentials(GOOD));

    source.fetch(source.refs());

    assertThat(source.read(master, FILE)).isPresent();
    assertThat(server.requests()).anyMatch(request -> request.endsWith(BASIC));
    assertThat(server.requests().get(0)).doesNotContain("Basic");
  }

  @Test
  void missingCredentialsAreBadInputThatNamesTheServerId() {
    requirePassword();

    MirrorException failure = failure(ACCESS);

    assertThat(failure.kind()).isEqualTo(MirrorException.Kind.INPUT);
    assertThat(failure.what()).contains("needs a user name and password");
    assertThat(failure.fix()).contains("<constraintsServerId>");
  }

  @Test
  void wrongCredentialsAreBadInputAndNotRepeated() {
    requirePassword();

    MirrorException failure =
        failure(ACCESS.withCredentials(new Credentials("", "reader", new Secret("wrong-secret"))));

    assertThat(failure.kind()).isEqualTo(MirrorException.Kind.INPUT);
    assertThat(failure.what()).contains("refuses the user name or password");
    assertThat(allWords(failure)).doesNotContain("wrong-secret");
  }

  @Test
  void aTokenAsTheUrlsUserIsShownToTheServerAndToNobodyElse() {
    String basic = "Basic " + Base64.getEncoder().encodeToString("t0k3n:".getBytes(UTF_8));
    server.guard(exchange -> passwordMissing(exchange, basic));
    String url = server.url("requirements.git");
    GitConstraintsSource good = source(url.replace("://", "://t0k3n@"), ACCESS);
    GitConstraintsSource bad = source(url.replace("://", "://b4d-t0k3n@"), ACCESS);

    good.fetch(good.refs());
    MirrorException failure = catchThrowableOfType(MirrorException.class, bad::refs);

    assertThat(good.read(master, FILE)).isPresent();
    assertThat(good.location()).isEqualTo(url);
    assertThat(failure.what()).contains("refuses the user name or password");
    assertThat(allWords(failure)).doesNotContain("t0k3n");
  }

  @ParameterizedTest
  @CsvSource({
    "403, INPUT, may not be read",
    "404, INPUT, was not found",
    "410, INPUT, was not found",
    "500, MACHINERY, answers with an error",
    "503, MACHINERY, answers with an error",
    "504, MACHINERY, does not answer in time",
  })
  void tellsStatusesApart(int status, MirrorException.Kind kind, String words) {
    server.guard(exchange -> answered(exchange, status, "text/plain", "no"));

    MirrorException failure = failure(ACCESS);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.what()).contains(words).contains(server.url("requirements.git"));
    assertThat(failure.why()).contains(String.valueOf(status));
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, '<html><body>Please log in</body></html>'",
    "application/x-git-upload-pack-advertisement, 'rubbish'",
    "application/x-git-upload-pack-advertisement, ''",
    "text/plain, 'zzzz'",
  })
  void aPageThatIsNoRepositoryIsBadInput(String type, String body) {
    server.guard(exchange -> answered(exchange, 200, type, body));

    MirrorException failure = failure(ACCESS);

    assertThat(failure.kind()).isEqualTo(MirrorException.Kind.INPUT);
  }

  @Test
  void aServerThatClosesInTheMiddleOfAFetchIsMachineryAndTheNextRunHeals() {
    GitConstraintsSource broken = source(ACCESS);
    List<GitRef> refs = broken.refs();
    server.guard(
        exchange -> {
          GitHttpServer.drain(exchange.getRequestBody());
          exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-result");
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write("0008NAK\n00".getBytes(UTF_8));
          throw new IOException("the test breaks off");
        });

    MirrorException failure = catchThrowableOfType(MirrorException.class, () -> broken.fetch(refs));
    server.guard(exchange -> false);
    GitConstraintsSource healed = source(ACCESS);
    healed.fetch(healed.refs());

    assertThat(failure.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
    assertThat(healed.read(master, FILE)).isPresent();
  }

  @Test
  void aServerThatNeverAnswersTimesOut() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/r";

      MirrorException failure = failure(url, ACCESS.withTimeout(Duration.ofSeconds(1)));

      assertThat(failure.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
      assertThat(failure.what()).contains("does not answer in time");
    }
  }

  @Test
  void aClosedPortIsUnreachable() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }

    MirrorException failure = failure("http://127.0.0.1:" + port + "/r", ACCESS);

    assertThat(failure.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
    assertThat(failure.what()).contains("cannot be reached");
  }

  @Test
  void anUnknownHostIsUnreachable() {
    MirrorException failure = failure("http://no-such-host.invalid/r", ACCESS);

    assertThat(failure.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
    assertThat(failure.what()).contains("cannot be reached");
  }

  @Test
  void credentialsDoNotFollowARedirectToAnotherServer() throws IOException {
    try (GitHttpServer other = GitHttpServer.start(folder.resolve("git"))) {
      other.guard(GitHttpTest::passwordMissing);
      server.guard(
          exchange -> {
            if (passwordMissing(exchange)) {
              return true;
            }
            exchange.getResponseHeaders().set("Location", other.url("") + target(exchange));
            return answered(exchange, 302, "text/plain", "");
          });

      MirrorException failure = failure(ACCESS.withCredentials(GOOD));

      assertThat(failure.kind()).isEqualTo(MirrorException.Kind.INPUT);
      assertThat(other.requests()).isNotEmpty().noneMatch(request -> request.contains("Basic"));
    }
  }

  @Test
  void followsARedirectOnTheSameServer() {
    server.guard(
        exchange -> {
          if (!target(exchange).startsWith("old.git")) {
            return false;
          }
          exchange
              .getResponseHeaders()
              .set("Location", "/requirements.git" + target(exchange).substring(7));
          return answered(exchange, 301, "text/plain", "");
        });
    GitConstraintsSource source = source(server.url("old.git"), ACCESS);

    source.fetch(source.refs());

    assertThat(source.read(master, FILE)).isPresent();
  }

  @Test
  void goesThroughTheProxyOfTheEnvironment() throws IOException {
    // to a proxy an HTTP request names the whole URL; this server cares only for its path
    GitAccess proxied =
        ACCESS.withEnvironment(Map.of("http_proxy", server.url(""), "no_proxy", "other.invalid"));
    GitConstraintsSource source = source("http://git.example.invalid/requirements.git", proxied);

    source.fetch(source.refs());

    assertThat(source.read(master, FILE)).isPresent();
    assertThat(server.requests().get(0)).contains("http://git.example.invalid/requirements.git");
  }

  @Test
  void showsItsPasswordToTheProxyOfAnHttpServerAndToNobodyElse() {
    server.guard(
        exchange -> {
          if (BASIC.equals(exchange.getRequestHeaders().getFirst("Proxy-Authorization"))) {
            return false;
          }
          GitHttpServer.drain(exchange.getRequestBody());
          return answered(exchange, 407, "text/plain", "who are you");
        });
    String url = "http://git.example.invalid/requirements.git";
    GitConstraintsSource good = source(url, proxied("http_proxy", "reader:hunter2", server.port()));

    good.fetch(good.refs());
    MirrorException refused =
        failure(url, proxied("http_proxy", "reader:wrong-secret", server.port()));

    assertThat(good.read(master, FILE)).isPresent();
    assertThat(server.requests()).noneMatch(request -> request.contains("Basic"));
    assertThat(refused.what()).contains("through the proxy");
    assertThat(allWords(refused)).doesNotContain("wrong-secret");
  }

  @Test
  void goesToAnHttpsServerThroughAProxyThatWantsAPassword() throws Exception {
    Path keys = keys();
    try (GitHttpServer tls = GitHttpServer.startTls(folder.resolve("git"), context(keys));
        ConnectProxy proxy = ConnectProxy.http(BASIC, tls.port())) {
      tls.guard(GitHttpTest::passwordMissing);
      String url = tls.url("requirements.git").replace("127.0.0.1", "git.example.invalid");
      GitAccess trusting = ACCESS.withCertificates(List.of(authority(keys))).withCredentials(GOOD);
      GitConstraintsSource source =
          source(url, proxied(trusting, "https_proxy", "reader:hunter2", proxy.port()));

      source.fetch(source.refs());

      assertThat(source.read(master, FILE)).isPresent();
      assertThat(proxy.requests())
          .isNotEmpty()
          .allMatch(request -> request.startsWith("CONNECT git.example.invalid:" + tls.port()));
    }
  }

  @Test
  void aProxyThatRefusesThePasswordIsSaidAndNobodyIsAskedDirectly() throws Exception {
    Path keys = keys();
    try (GitHttpServer tls = GitHttpServer.startTls(folder.resolve("git"), context(keys));
        ConnectProxy proxy = ConnectProxy.http(BASIC, tls.port())) {
      GitAccess trusting = ACCESS.withCertificates(List.of(authority(keys)));

      MirrorException refused =
          failure(
              tls.url("requirements.git"),
              proxied(trusting, "https_proxy", "reader:wrong-secret", proxy.port()));

      assertThat(refused.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
      assertThat(refused.what()).contains("through the proxy");
      assertThat(refused.why()).contains("refuses the user name or password");
      assertThat(refused.fix()).contains("https_proxy");
      assertThat(allWords(refused)).doesNotContain("wrong-secret");
      assertThat(tls.requests()).isEmpty();
    }
  }

  @Test
  void theCertificateBehindAProxyIsCheckedToo() throws Exception {
    Path keys = keys();
    try (GitHttpServer tls = GitHttpServer.startTls(folder.resolve("git"), context(keys));
        ConnectProxy proxy = ConnectProxy.http(BASIC, tls.port())) {
      String url = tls.url("requirements.git");
      GitAccess trusting = ACCESS.withCertificates(List.of(authority(keys)));

      MirrorException untrusted =
          failure(url, proxied(ACCESS, "https_proxy", "reader:hunter2", proxy.port()));
      MirrorException otherHost =
          failure(
              url.replace("127.0.0.1", "other.example.invalid"),
              proxied(trusting, "https_proxy", "reader:hunter2", proxy.port()));

      assertThat(untrusted.what()).contains("over TLS");
      assertThat(otherHost.what()).contains("over TLS");
      assertThat(tls.requests()).isEmpty();
    }
  }

  @Test
  void goesThroughASocksProxy() throws Exception {
    Path keys = keys();
    try (GitHttpServer tls = GitHttpServer.startTls(folder.resolve("git"), context(keys));
        ConnectProxy proxy = ConnectProxy.socks(tls.port())) {
      GitConstraintsSource source =
          source(
              tls.url("requirements.git").replace("127.0.0.1", "git.example.invalid"),
              ACCESS
                  .withCertificates(List.of(authority(keys)))
                  .withEnvironment(Map.of("all_proxy", "socks5h://127.0.0.1:" + proxy.port())));

      source.fetch(source.refs());

      assertThat(source.read(master, FILE)).isPresent();
      assertThat(proxy.requests()).contains("SOCKS git.example.invalid");
    }
  }

  private static GitAccess proxied(String variable, String login, int port) {
    return proxied(ACCESS, variable, login, port);
  }

  private static GitAccess proxied(GitAccess access, String variable, String login, int port) {
    return access.withEnvironment(Map.of(variable, "http://" + login + "@127.0.0.1:" + port));
  }

  @Test
  void trustsOnlyTheNamedAuthorities() throws Exception {
    Path keys = keys();
    try (GitHttpServer tls = GitHttpServer.startTls(folder.resolve("git"), context(keys))) {
      String url = tls.url("requirements.git");

      MirrorException untrusted = failure(url, ACCESS);
      GitConstraintsSource trusted = source(url, ACCESS.withCertificates(List.of(authority(keys))));
      trusted.fetch(trusted.refs());
      Path others = Files.createDirectory(folder.resolve("authorities"));
      Files.copy(authority(keys), others.resolve("authority.pem"));
      Files.writeString(others.resolve("README"), "no certificate");
      GitConstraintsSource byFolder = source(url, ACCESS.withCertificates(List.of(others)));

      assertThat(byFolder.refs()).isNotEmpty();
      assertThat(untrusted.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
      assertThat(untrusted.what()).contains("over TLS");
      assertThat(untrusted.fix()).contains("PEM");
      assertThat(trusted.read(master, FILE)).isPresent();
    }
  }

  /** A server's key with its certificate. */
  private Path keys() throws Exception {
    Path keys = folder.resolve("keys.p12");
    keytool(
        keys,
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=127.0.0.1",
        "-ext",
        "san=ip:127.0.0.1,dns:git.example.invalid");
    return keys;
  }

  private Path authority(Path keys) throws Exception {
    Path authority = folder.resolve("authority.pem");
    keytool(keys, "-exportcert", "-rfc", "-file", authority.toString());
    return authority;
  }

  private static void keytool(Path keys, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", keys.toString()));
    command.addAll(List.of("-storepass", "changeit", "-alias", "server"));
    Programs.run(command);
  }

  @Test
  void aBadCertificateFileIsBadInput() throws IOException {
    Path rubbish = Files.writeString(folder.resolve("rubbish.pem"), "rubbish");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    for (Path file : List.of(rubbish, folder.resolve("missing.pem"), empty)) {
      MirrorException failure = failure(ACCESS.withCertificates(List.of(file)));

      assertThat(failure.kind()).isEqualTo(MirrorException.Kind.INPUT);
      assertThat(failure.what()).contains(file.toString());
    }
  }

  private static SSLContext context(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private void requirePassword() {
    server.guard(GitHttpTest::passwordMissing);
  }

  private static boolean passwordMissing(HttpExchange exchange) throws IOException {
    return passwordMissing(exchange, BASIC);
  }

  private static boolean passwordMissing(HttpExchange exchange, String expected)
      throws IOException {
    if (expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return false;
    }
    GitHttpServer.drain(exchange.getRequestBody());
    exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
    return answered(exchange, 401, "text/plain", "who are you");
  }

  private static boolean answered(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    GitHttpServer.answer(exchange, status, type, body);
    return true;
  }

  private static String target(HttpExchange exchange) {
    return exchange.getRequestURI().toString().substring(1);
  }

  private int posts() {
    return (int) server.requests().stream().filter(r -> r.startsWith("POST")).count();
  }

  private GitConstraintsSource source(GitAccess access) {
    return source(server.url("requirements.git"), access);
  }

  private GitConstraintsSource source(String url, GitAccess access) {
    return new GitConstraintsSource(url, folder.resolve("caches"), access);
  }

  private MirrorException failure(GitAccess access) {
    return failure(server.url("requirements.git"), access);
  }

  private MirrorException failure(String url, GitAccess access) {
    GitConstraintsSource source = source(url, access);
    return catchThrowableOfType(MirrorException.class, source::refs);
  }

  private static String allWords(MirrorException failure) {
    StringBuilder words = new StringBuilder(failure.what() + failure.why() + failure.fix());
    for (Throwable e = failure; e != null; e = e.getCause()) {
      words.append(e);
    }
    return words.toString();
  }
}
