package io.github.wheelmirror.index;

import static io.github.wheelmirror.index.TestCertificate.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallerNetworkTest {

  @TempDir Path folder;
  private WebServer http;
  private HttpsServer https;

  @BeforeEach
  void start() throws Exception {
    http = new WebServer();
    http.page("/page", "text/plain", "here");
    https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(TestCertificate.server()));
    https.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/down")) {
            exchange.getResponseHeaders().set("Location", http.url("/page"));
            exchange.sendResponseHeaders(302, -1);
          } else {
            exchange.sendResponseHeaders(200, -1);
          }
          exchange.close();
        });
    https.start();
  }

  @AfterEach
  void stop() {
    http.close();
    https.stop(0);
  }

  @Test
  void aCertificateOfPipsIsBelieved() throws Exception {
    InstallerNetwork network = network(Map.of("PIP_CERT", resource("server.pem").toString()));
    assertThat(get(network, secure("/")).statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> get(network(Map.of()), secure("/"))).isInstanceOf(SSLException.class);
  }

  @Test
  void javasOwnCertificatesAreBelievedBesideThem() throws Exception {
    InstallerNetwork network = network(Map.of("PIP_CERT", resource("server.pem").toString()));
    List<X509Certificate> believed =
        network.trustManagers().stream()
            .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
            .toList();
    assertThat(believed).containsAll(Pem.certificates(resource("server.pem")));
    assertThat(believed).hasSizeGreaterThan(50);
    assertThat(network(Map.of()).trustManagers()).isEmpty();
  }

  @Test
  void aRedirectFromHttpsToHttpIsNotFollowed() throws Exception {
    InstallerNetwork network = network(Map.of("PIP_CERT", resource("server.pem").toString()));
    assertThat(get(network, secure("/down")).statusCode()).isEqualTo(302);
    assertThat(http.requests).isEmpty();
  }

  @Test
  void otherRedirectsAreFollowedWithTheQuestionsHeadersAndWithoutAnothersLogin() throws Exception {
    try (WebServer other = new WebServer()) {
      other.page("/page", "text/plain", "there");
      http.on(
          "/moved",
          request ->
              WebServer.status(
                  302, Map.of("Location", other.url("/page").replace("127.0.0.1", "localhost"))));
      netrc("machine 127.0.0.1 login me password pw");
      InstallerNetwork network = network(Map.of());
      assertThat(get(network, http.url("/moved")).body()).isEqualTo("there");
      assertThat(http.requests.get(0).header("Authorization")).isEqualTo("Basic bWU6cHc=");
      assertThat(other.requests.get(0).header("Authorization")).isEmpty();
      assertThat(other.requests.get(0).header("Accept")).isEqualTo("text/html");
    }
  }

  @Test
  void endlessRedirectsEnd() throws Exception {
    for (int i = 0; i < 2; i++) {
      String next = http.url("/turn" + (1 - i));
      http.on("/turn" + i, request -> WebServer.status(302, Map.of("Location", next)));
    }
    assertThatThrownBy(() -> get(network(Map.of()), http.url("/turn0")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("redirects");
  }

  @Test
  void aProxyOfTheEnvironmentIsUsedUnlessItIsExcepted() throws Exception {
    try (WebServer proxy = new WebServer()) {
      proxy.page("http://mirror.invalid/page", "text/plain", "by the proxy");
      Map<String, String> variables = Map.of("http_proxy", proxy.url(""));
      assertThat(get(network(variables), "http://mirror.invalid/page").body())
          .isEqualTo("by the proxy");
      Map<String, String> excepting = Map.of("http_proxy", proxy.url(""), "no_proxy", "127.0.0.1");
      assertThat(get(network(excepting), http.url("/page")).body()).isEqualTo("here");
    }
  }

  private static HttpResponse<String> get(InstallerNetwork network, String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/html").GET().build();
    return network.send(request, BodyHandlers.ofString());
  }

  private InstallerNetwork network(Map<String, String> variables) {
    TestIndex client = new TestIndex(folder);
    variables.forEach(client::variable);
    return new InstallerNetwork(() -> PipConfiguration.read(client.environment()));
  }

  private void netrc(String text) throws IOException {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home/.netrc"), text + "\n");
  }

  private String secure(String path) {
    return "https://localhost:" + https.getAddress().getPort() + path;
  }
}
