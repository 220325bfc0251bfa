package io.github.wheelmirror.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyEnvironmentTest {

  private static final Proxy OTHERWISE =
      new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("otherwise.invalid", 1));

  @Test
  void takesTheVariableOfTheScheme() throws MalformedURLException {
    Map<String, String> variables =
        Map.of(
            "https_proxy", "http://secure.invalid:3128",
            "HTTP_PROXY", "plain.invalid",
            "all_proxy", "socks5://rest.invalid");

    assertThat(host(variables, "https://h/r")).isEqualTo("secure.invalid:3128");
    assertThat(host(variables, "http://h/r")).isEqualTo("plain.invalid:80");
    assertThat(host(Map.of("all_proxy", "socks5://rest.invalid"), "https://h/r"))
        .isEqualTo("rest.invalid:1080");
  }

  @Test
  void lowerCaseComesBeforeUpperCase() throws MalformedURLException {
    Map<String, String> variables =
        Map.of("https_proxy", "http://lower.invalid:1", "HTTPS_PROXY", "http://upper.invalid:2");

    assertThat(host(variables, "https://h/r")).isEqualTo("lower.invalid:1");
  }

  @Test
  void saysNothingWhereTheEnvironmentSaysNothing() throws MalformedURLException {
    assertThat(new ProxyEnvironment(Map.of()).routeTo(url("https://h/r"), OTHERWISE).proxy())
        .isEqualTo(OTHERWISE);
  }

  @ParameterizedTest
  @CsvSource({
    "*, https://git.example.invalid/r, true",
    "git*, https://git.example.invalid/r, true",
    "ex*, https://git.example.invalid/r, false",
    "example.invalid, https://git.example.invalid/r, true",
    ".example.invalid, https://git.example.invalid/r, true",
    ".example.invalid, https://example.invalid/r, true",
    "EXAMPLE.invalid, https://git.Example.invalid/r, true",
    "'other.invalid, git.example.invalid', https://git.example.invalid/r, true",
    "git.example.invalid:443, https://git.example.invalid/r, true",
    "git.example.invalid:8443, https://git.example.invalid/r, false",
    "other.invalid, https://git.example.invalid/r, false",
    "'', https://git.example.invalid/r, false",
    "10.0.0.0/8, https://10.1.2.3/r, true",
    "10.0.0.0/16, https://10.1.2.3/r, false",
    "10.0.0.0/33, https://10.0.0.1/r, false",
    "0.0.0.0/0, https://192.0.2.1/r, true",
    "10.0.0.0/8, https://git.example.invalid/r, false",
  })
  void noProxyNamesHostsDomainsPortsAndNetworks(String rules, String target, boolean direct)
      throws MalformedURLException {
    Map<String, String> variables =
        Map.of("https_proxy", "http://proxy.invalid:3128", "no_proxy", rules);

    Proxy proxy = new ProxyEnvironment(variables).routeTo(url(target), OTHERWISE).proxy();

    assertThat(proxy.equals(Proxy.NO_PROXY)).isEqualTo(direct);
  }

  @ParameterizedTest
  @CsvSource({
    "http://",
    "'http://a b'",
    "https://user:hunter2@proxy.invalid:3128",
    "socks5://user:hunter2@proxy.invalid:3128",
    "ftp://proxy.invalid",
    "'http://user:hun^ter2@proxy.invalid:3128'"
  })
  void anUnusableProxyIsNamedWithoutItsSecret(String value) {
    ProxyEnvironment proxies = new ProxyEnvironment(Map.of("https_proxy", value));

    assertThatThrownBy(() -> proxies.routeTo(url("https://h/r"), OTHERWISE))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
              assertThat(e.what() + e.why() + e.fix())
                  .contains("https_proxy")
                  .doesNotContain("hunter2")
                  .doesNotContain("hun^ter2");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "http://reader:hunter2@proxy.invalid:3128, reader, hunter2",
    "http://reader:p%40ss%3Aw+rd@proxy.invalid, reader, p@ss:w+rd",
    "t0k3n@proxy.invalid:1, t0k3n, ''",
  })
  void aProxysPasswordIsDecodedAndNotShown(String value, String user, String password)
      throws MalformedURLException {
    ProxyEnvironment.Route route =
        new ProxyEnvironment(Map.of("https_proxy", value)).routeTo(url("https://h/r"), OTHERWISE);

    assertThat(route.credentials().username()).isEqualTo(user);
    assertThat(route.credentials().password().reveal()).isEqualTo(password);
    assertThat(route.toString()).doesNotContain("hunter2").doesNotContain("p@ss");
  }

  private static String host(Map<String, String> variables, String target)
      throws MalformedURLException {
    Proxy proxy = new ProxyEnvironment(variables).routeTo(url(target), OTHERWISE).proxy();
    InetSocketAddress address = (InetSocketAddress) proxy.address();
    return address.getHostString() + ":" + address.getPort();
  }

  private static URL url(String text) throws MalformedURLException {
    return URI.create(text).toURL();
  }
}
