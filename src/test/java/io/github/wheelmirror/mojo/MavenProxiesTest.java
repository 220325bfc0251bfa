package io.github.wheelmirror.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.maven.settings.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MavenProxiesTest {

  private static final Map<String, String> HOME = Map.of("HOME", "/home/someone");

  private static Proxy proxy(String protocol, String host, int port) {
    Proxy proxy = new Proxy();
    proxy.setProtocol(protocol);
    proxy.setHost(host);
    proxy.setPort(port);
    return proxy;
  }

  @Test
  void aProxyForHttpIsForHttpsToo() {
    assertThat(MavenProxies.addedTo(HOME, List.of(proxy("http", "proxy.example.org", 3128))))
        .containsOnly(
            Map.entry("HOME", "/home/someone"),
            Map.entry("http_proxy", "http://proxy.example.org:3128"),
            Map.entry("https_proxy", "http://proxy.example.org:3128"));
  }

  @Test
  void theFirstOfAProtocolCounts() {
    assertThat(
            MavenProxies.addedTo(
                HOME,
                List.of(
                    proxy("HTTPS", "a.example.org", 1),
                    proxy("http", " ", 2),
                    proxy("http", "b.example.org", 3),
                    proxy("http", "c.example.org", 4),
                    proxy("https", "d.example.org", 5))))
        .containsEntry("https_proxy", "http://a.example.org:1")
        .containsEntry("http_proxy", "http://b.example.org:3");
  }

  @Test
  void aProxyForHttpsIsForNothingElse() {
    assertThat(MavenProxies.addedTo(HOME, List.of(proxy("https", "::1", 1))))
        .containsEntry("https_proxy", "http://[::1]:1")
        .doesNotContainKey("http_proxy");
  }

  @Test
  void nameAndPasswordAreEscaped() {
    Proxy proxy = proxy("http", "proxy.example.org", 3128);
    proxy.setUsername("DOMAIN\\some one");
    proxy.setPassword("p@ss:w/rd+1");

    assertThat(MavenProxies.addedTo(HOME, List.of(proxy)))
        .containsEntry(
            "https_proxy", "http://DOMAIN%5Csome%20one:p%40ss%3Aw%2Frd%2B1@proxy.example.org:3128");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
  void whatTheEnvironmentSaysComesFirst(String name) {
    Map<String, String> environment = Map.of(name, "http://other.example.org:1");

    assertThat(MavenProxies.addedTo(environment, List.of(proxy("http", "proxy.example.org", 3128))))
        .isEqualTo(environment);
  }

  @Test
  void withoutProxiesNothingIsAdded() {
    assertThat(MavenProxies.addedTo(HOME, List.of())).isEqualTo(HOME);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost|*.example.org, 'localhost,.example.org'",
    "'10.*, 192.168.*|172.16.5.*', '10.0.0.0/8,192.168.0.0/16,172.16.5.0/24'",
    "127.0.0.1|web*||*, '127.0.0.1,web*,*'",
  })
  void hostsWithoutProxyAreSaidInTheWordsOfNoProxy(String hosts, String expected) {
    Proxy proxy = proxy("http", "proxy.example.org", 3128);
    proxy.setNonProxyHosts(hosts);

    assertThat(MavenProxies.addedTo(HOME, List.of(proxy))).containsEntry("no_proxy", expected);
    assertThat(MavenProxies.addedTo(Map.of("NO_PROXY", "a,b"), List.of(proxy)))
        .containsEntry("no_proxy", expected + ",a,b");
  }
}
