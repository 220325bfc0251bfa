package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.python.ProjectName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

  @TempDir Path folder;

  @Test
  void eachSchemeHasItsVariableAndAllProxyIsForTheRest() {
    Proxies proxies =
        Proxies.of("", Map.of("https_proxy", "http://a:1", "all_proxy", "http://b:2"));

    assertThat(host(proxies, "https://h/")).isEqualTo("a:1");
    assertThat(host(proxies, "http://h/")).isEqualTo("b:2");
  }

  @Test
  void smallLettersComeBeforeCapitals() {
    Map<String, String> both = Map.of("HTTPS_PROXY", "http://a:1", "https_proxy", "http://b:2");

    assertThat(host(Proxies.of("", both), "https://h/")).isEqualTo("b:2");
    assertThat(host(Proxies.of("", Map.of("HTTPS_PROXY", "a:1")), "https://h/")).isEqualTo("a:1");
  }

  @Test
  void pipsOwnOptionIsForEverything() {
    Map<String, String> variables = Map.of("https_proxy", "http://a:1", "no_proxy", "*");

    assertThat(host(Proxies.of("http://p:3", variables), "https://h/")).isEqualTo("p:3");
  }

  @ParameterizedTest
  @CsvSource({
    "h.example, https://h.example/, true",
    "example, https://h.example/, true",
    ".example, https://h.example/, true",
    ".h.example, https://h.example/, true",
    "ample, https://h.example/, false",
    "H.EXAMPLE, https://h.example/, true",
    "h.example:8443, https://h.example:8443/, true",
    "h.example:8443, https://h.example/, false",
    "'other, h.example', https://h.example/, true",
    "*, https://h.example/, true",
    "h*, https://h.example/, true",
    "ex*, https://h.example/, false",
    "10.0.0.0/8, https://10.1.2.3/, true",
    "10.0.0.0/8, https://11.1.2.3/, false",
    "10.1.2.3, https://10.1.2.3/, true",
    "::1, 'https://[::1]/', true",
    "10.0.0.0/99, https://10.1.2.3/, false"
  })
  void noProxyNamesHostsDomainsPortsAndNetworks(String entry, String url, boolean direct) {
    Proxies proxies = Proxies.of("", Map.of("https_proxy", "http://a:1", "no_proxy", entry));

    assertThat(proxies.of(URI.create(url)).isEmpty()).isEqualTo(direct);
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://me:secret@p:1", "https://p:1", "http://", "http://["})
  void aProxyThatJavaCannotUseIsAnErrorWithoutItsPassword(String proxy) {
    Proxies proxies = Proxies.of(proxy, Map.of());

    assertThatThrownBy(() -> proxies.of(URI.create("https://h/")))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("cannot be used")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https_proxy", "ALL_PROXY", "PIP_PROXY"})
  void aProxyThatJavaCannotUseIsToldOnceAndNoReasonToGoDirectly(String variable) {
    TestIndex client =
        new TestIndex(folder)
            .index("https://h.invalid/simple")
            .variable(variable, "socks5://me:secret@proxy.invalid:1080");

    assertThatThrownBy(client::open)
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.what())
                  .isEqualTo("the proxy socks5://proxy.invalid:1080 cannot be used");
              assertThat(e.why()).contains("only http:// proxies");
              assertThat(e.fix()).contains("https_proxy");
            });
    client.variable("no_proxy", "h.invalid");
    if (!variable.equals("PIP_PROXY")) {
      client.open().close();
    }
    client.offline().open().close();
  }

  @Test
  void requestsGoThroughTheProxyWithItsCredentials() throws IOException {
    try (RawServer proxy =
        new RawServer(
            RawServer.says(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<a href=foo-1.0.zip>x</a>"))) {
      TestIndex client =
          new TestIndex(folder)
              .index("http://h.invalid/simple")
              .variable("http_proxy", proxy.url("").replace("http://", "http://me:pw@"));
      try (SimpleIndex index = client.open()) {
        assertThat(index.project(ProjectName.parse("foo")).files())
            .extracting(RemoteFile::url)
            .containsExactly("http://h.invalid/simple/foo/foo-1.0.zip");
      }
      assertThat(proxy.requests.get(0))
          .startsWith("GET http://h.invalid/simple/foo/ HTTP/1.1")
          .contains("Proxy-Authorization: Basic bWU6cHc=");
    }
  }

  private static String host(Proxies proxies, String url) {
    return proxies
        .of(URI.create(url))
        .map(server -> server.host() + ":" + server.port())
        .orElse("direct");
  }
}
