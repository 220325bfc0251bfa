package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProxyRelayTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONNECT h:443 HTTP/1.1\r\n\r\n",
        "CONNECT h:443 HTTP/1.1\r\nProxy-Relay: guessed\r\n\r\n",
        "CONNECT h:443 HTTP/1.1\r\nProxy-Relay: \r\n\r\n",
        "GET http://h/ HTTP/1.1\r\nProxy-Relay: SECRET\r\n\r\n",
        "rubbish\r\nProxy-Relay: SECRET\r\n\r\n",
        "\r\n\r\n"
      })
  void whoeverDoesNotKnowTheSecretOrWantsSomethingElseGetsNoTunnel(String request)
      throws IOException {
    try (RawServer proxy = new RawServer(RawServer.says("HTTP/1.1 200 Yes\r\n\r\nhello"));
        ProxyRelay relay = relay(proxy)) {
      assertThat(talk(relay, request.replace("SECRET", relay.secret())))
          .startsWith("HTTP/1.1 403 ");
      assertThat(proxy.requests).isEmpty();
    }
  }

  @Test
  void theProxySeesThePasswordAndItsAnswerComesBack() throws IOException {
    try (RawServer proxy = new RawServer(RawServer.says("HTTP/1.1 200 Yes\r\n\r\nhello"));
        ProxyRelay relay = relay(proxy)) {
      String request = "CONNECT h:443 HTTP/1.1\r\nProxy-Relay: " + relay.secret() + "\r\n\r\n";

      assertThat(talk(relay, request)).isEqualTo("HTTP/1.1 200 Yes\r\n\r\nhello");
      assertThat(proxy.requests)
          .containsExactly(
              "CONNECT h:443 HTTP/1.1\nHost: h:443\nProxy-Authorization: Basic bWU6cHc=\n");
    }
  }

  @Test
  void closingEndsItsTunnels() throws IOException {
    RawServer.Script waits = (socket, out) -> socket.getInputStream().read();
    try (RawServer proxy = new RawServer(waits)) {
      ProxyRelay relay = relay(proxy);
      try (Socket client = new Socket(relay.address().getAddress(), relay.address().getPort())) {
        String request = "CONNECT h:443 HTTP/1.1\r\nProxy-Relay: " + relay.secret() + "\r\n\r\n";
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        while (proxy.requests.isEmpty()) {
          Thread.onSpinWait();
        }
        relay.close();

        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  private static ProxyRelay relay(RawServer proxy) {
    return new ProxyRelay(
        Proxies.ProxyServer.parse(proxy.url("").replace("http://", "http://me:pw@")),
        "Basic bWU6cHc=",
        Duration.ofSeconds(10));
  }

  private static String talk(ProxyRelay relay, String request) throws IOException {
    try (Socket client = new Socket(relay.address().getAddress(), relay.address().getPort())) {
      client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
