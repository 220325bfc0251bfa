package io.github.wheelmirror.index;

import static io.github.wheelmirror.index.TestCertificate.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.python.ProjectName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

  private static final ProjectName FOO = ProjectName.parse("foo");

  @TempDir Path folder;
  private final List<String> headers = new CopyOnWriteArrayList<>();
  private HttpsServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(TestCertificate.server()));
    server.createContext(
        "/",
        exchange -> {
          headers.addAll(exchange.getRequestHeaders().keySet());
          byte[] body = "<a href=foo-1.0.zip>x</a>".getBytes(StandardCharsets.UTF_8);
          if (exchange.getRequestURI().getPath().startsWith("/down")) {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
            exchange.sendResponseHeaders(302, -1);
          } else {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anUnknownCertificateIsAnErrorAtOnceThatNamesTheVariable() {
    TestIndex client = client("localhost", "/simple");
    try (SimpleIndex index = client.open()) {
      assertThatThrownBy(() -> index.project(FOO))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("not trusted")
          .extracting(failure -> ((MirrorException) failure).fix())
          .asString()
          .contains("PIP_CERT");
    }
    assertThat(client.waits).isEmpty();
  }

  @Test
  void theConfiguredCertificateIsTrusted() throws Exception {
    Path bundle = folder.resolve("bundle.pem");
    Files.writeString(
        bundle,
        "# comment\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
            + Files.readString(resource("server.pem")));
    TestIndex client = client("localhost", "/simple").variable("PIP_CERT", "bundle.pem");
    try (SimpleIndex index = client.open()) {
      assertThat(index.project(FOO).files()).hasSize(1);
    }
  }

  @Test
  void theCertificateMustBeForTheHost() throws Exception {
    TestIndex client =
        client("127.0.0.1", "/simple").variable("PIP_CERT", resource("server.pem").toString());
    try (SimpleIndex index = client.open()) {
      assertThatThrownBy(() -> index.project(FOO))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("not trusted");
    }
  }

  @Test
  void aTrustedHostIsNotVerifiedAndThatIsSaid() {
    TestIndex client = client("127.0.0.1", "/simple").variable("PIP_TRUSTED_HOST", "127.0.0.1");
    try (SimpleIndex index = client.open()) {
      assertThat(index.project(FOO).files()).hasSize(1);
      assertThat(index.warnings()).anyMatch(warning -> warning.contains("127.0.0.1"));
    }
  }

  @Test
  void aTrustedHostIsNoReasonToTrustAnother() {
    TestIndex client = client("localhost", "/simple").variable("PIP_TRUSTED_HOST", "other");
    try (SimpleIndex index = client.open()) {
      assertThatThrownBy(() -> index.project(FOO)).isInstanceOf(MirrorException.class);
    }
  }

  @Test
  void aRedirectFromHttpsToHttpIsRefused() {
    TestIndex client = client("localhost", "/down").variable("PIP_TRUSTED_HOST", "localhost");
    try (SimpleIndex index = client.open()) {
      assertThatThrownBy(() -> index.project(FOO))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("from https to http://127.0.0.1:1/");
    }
  }

  @Test
  void aCertificateFileThatIsMissingOrEmptyIsAnError() throws Exception {
    Files.writeString(folder.resolve("empty.pem"), "nothing");
    for (String name : new String[] {"missing.pem", "empty.pem"}) {
      TestIndex client = client("localhost", "/simple").variable("PIP_CERT", name);
      assertThatThrownBy(client::open)
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining(name);
    }
  }

  @Test
  void aClientCertificateNeedsAKeyThatJavaReads() throws Exception {
    Files.writeString(
        folder.resolve("client.pem"),
        Files.readString(resource("server.pem")) + Files.readString(resource("server.key")));
    TestIndex good =
        client("localhost", "/simple")
            .variable("PIP_CLIENT_CERT", "client.pem")
            .variable("PIP_CERT", resource("server.pem").toString());
    try (SimpleIndex index = good.open()) {
      assertThat(index.project(FOO).files()).hasSize(1);
    }
    Files.writeString(
        folder.resolve("old.pem"),
        Files.readString(resource("server.key")).replace("PRIVATE KEY", "RSA PRIVATE KEY"));
    assertThatThrownBy(
            () -> client("localhost", "/simple").variable("PIP_CLIENT_CERT", "old.pem").open())
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("PKCS #8");
  }

  @Test
  void aProxyThatWantsAPasswordGetsItAndNobodyElseDoes() throws Exception {
    try (RawServer proxy = new RawServer(tunnel())) {
      TestIndex client = proxied(proxy);
      try (SimpleIndex index = client.open()) {
        assertThat(index.project(FOO).files()).hasSize(1);
        assertThat(index.project(ProjectName.parse("bar")).files()).isNotEmpty();
      }
      assertThat(proxy.requests)
          .allSatisfy(
              head ->
                  assertThat(head)
                      .startsWith("CONNECT localhost:" + server.getAddress().getPort())
                      .contains("Proxy-Authorization: Basic bWU6cHc=")
                      .doesNotContain(ProxyRelay.HEADER));
    }
    assertThat(headers)
        .isNotEmpty()
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("proxy-"));
  }

  @Test
  void aProxyThatRefusesThePasswordIsAnErrorAtOnceThatNamesTheVariable() throws Exception {
    String refusal =
        "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n";
    try (RawServer proxy = new RawServer(RawServer.says(refusal));
        SimpleIndex index = proxied(proxy).open()) {
      assertThatThrownBy(() -> index.project(FOO))
          .isInstanceOfSatisfying(
              MirrorException.class,
              e -> {
                assertThat(e.why()).contains("407");
                assertThat(e.fix()).contains("https_proxy");
                assertThat(e.what() + e.why() + e.fix()).doesNotContain("pw@");
              });
      assertThat(proxy.requests).hasSize(1);
    }
    assertThat(headers).isEmpty();
  }

  @Test
  void aProxyThatIsDownIsAnErrorAndNoReasonToGoDirectly() throws Exception {
    RawServer proxy = new RawServer(RawServer.says(""));
    TestIndex client = proxied(proxy);
    proxy.close();
    try (SimpleIndex index = client.open()) {
      assertThatThrownBy(() -> index.project(FOO))
          .isInstanceOfSatisfying(
              MirrorException.class,
              e -> {
                assertThat(e.why()).contains("the proxy");
                assertThat(e.fix()).contains("https_proxy");
              });
    }
    assertThat(headers).isEmpty();
  }

  private TestIndex proxied(RawServer proxy) throws URISyntaxException {
    return client("localhost", "/simple")
        .variable("PIP_CERT", resource("server.pem").toString())
        .variable("https_proxy", proxy.url("").replace("http://", "http://me:pw@"));
  }

  private RawServer.Script tunnel() {
    return (socket, out) -> {
      try (Socket far =
          new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
        out.write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        Thread answers =
            new Thread(
                () -> {
                  try {
                    far.getInputStream().transferTo(out);
                  } catch (IOException e) {
                    // The client has what it wanted.
                  }
                });
        answers.start();
        socket.getInputStream().transferTo(far.getOutputStream());
      }
    };
  }

  private TestIndex client(String host, String path) {
    return new TestIndex(folder)
        .index("https://" + host + ":" + server.getAddress().getPort() + path);
  }
}
