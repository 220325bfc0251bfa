package io.github.wheelmirror.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import java.util.List;
import java.util.Objects;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsProblem;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.junit.jupiter.api.Test;

class ServerCredentialsTest {

  /** Nothing is encrypted. */
  static ServerCredentials plain() {
    return new ServerCredentials(
        request ->
            result(
                request.getServers().stream().findFirst().orElseGet(Server::new),
                request.getProxies(),
                List.of()));
  }

  private static SettingsDecryptionResult result(Server server, List<SettingsProblem> problems) {
    return result(server, List.of(), problems);
  }

  private static SettingsDecryptionResult result(
      Server server, List<Proxy> proxies, List<SettingsProblem> problems) {
    return new SettingsDecryptionResult() {
      @Override
      public Server getServer() {
        return server;
      }

      @Override
      public List<Server> getServers() {
        return List.of(server);
      }

      @Override
      public Proxy getProxy() {
        return proxies.get(0);
      }

      @Override
      public List<Proxy> getProxies() {
        return proxies;
      }

      @Override
      public List<SettingsProblem> getProblems() {
        return problems;
      }
    };
  }

  private static Settings settings(Server server) {
    Settings settings = new Settings();
    settings.addServer(server);
    return settings;
  }

  private static Server server(String password) {
    Server server = new Server();
    server.setId("git");
    server.setUsername("someone");
    server.setPassword(password);
    return server;
  }

  @Test
  void noServerMeansNoCredentials() {
    assertThat(plain().of(null, "serverId", new Settings())).isNull();
    assertThat(plain().of(" ", "serverId", null)).isNull();
  }

  @Test
  void anEncryptedPasswordIsDecryptedAndNeverPrinted() {
    ServerCredentials servers =
        new ServerCredentials(
            request -> {
              assertThat(request.getServers().get(0).getPassword()).isEqualTo("{abc=}");
              return result(server("open"), List.of());
            });
    Credentials credentials =
        Objects.requireNonNull(servers.of("git", "serverId", settings(server("{abc=}"))));
    assertThat(credentials.username()).isEqualTo("someone");
    assertThat(credentials.password().reveal()).isEqualTo("open");
    assertThat(credentials.toString()).contains("****").doesNotContain("open");
  }

  @Test
  void aServerWithoutPasswordHasAnEmptyOne() {
    Server token = new Server();
    token.setId("git");
    Credentials credentials =
        Objects.requireNonNull(plain().of("git", "serverId", settings(token)));
    assertThat(credentials.username()).isEmpty();
    assertThat(credentials.password().reveal()).isEmpty();
  }

  @Test
  void aServerThatSettingsDoNotHaveIsNamed() {
    for (Settings settings : new Settings[] {new Settings(), null}) {
      assertThatThrownBy(() -> plain().of("git", "indexServerId", settings))
          .isInstanceOfSatisfying(
              MirrorException.class,
              e -> {
                assertThat(e.what()).isEqualTo("<indexServerId> names the server git");
                assertThat(e.fix()).contains("<server><id>git</id>");
              });
    }
  }

  @Test
  void aPasswordThatCannotBeDecryptedIsNeverSentAsItIs() {
    SettingsProblem problem =
        new DefaultSettingsProblem(
            "no master password", SettingsProblem.Severity.ERROR, "settings.xml", 1, 1, null);
    ServerCredentials servers =
        new ServerCredentials(request -> result(server("{abc=}"), List.of(problem)));
    assertThatThrownBy(() -> servers.of("git", "serverId", settings(server("{abc=}"))))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.what()).contains("git cannot be decrypted");
              assertThat(e.why()).contains("no master password");
              assertThat(e.fix()).contains("mvn --encrypt-password");
            });
  }

  @Test
  void activeProxiesAreDecryptedAndOthersAreNotLookedAt() {
    Settings settings = new Settings();
    settings.addProxy(proxy("off", false));
    settings.addProxy(proxy("on", true));
    ServerCredentials servers =
        new ServerCredentials(
            request -> {
              assertThat(request.getProxies()).extracting(Proxy::getId).containsExactly("on");
              Proxy open = proxy("on", true);
              open.setPassword("open");
              return result(new Server(), List.of(open), List.of());
            });

    assertThat(servers.proxies(settings)).extracting(Proxy::getPassword).containsExactly("open");
    assertThat(plain().proxies(new Settings())).isEmpty();
    assertThat(plain().proxies(null)).isEmpty();
  }

  @Test
  void aProxysPasswordThatCannotBeDecryptedIsAnErrorThatNamesTheProxy() {
    Settings settings = new Settings();
    settings.addProxy(proxy("corporate", true));
    SettingsProblem problem =
        new DefaultSettingsProblem(
            "no master password", SettingsProblem.Severity.ERROR, "settings.xml", 1, 1, null);
    ServerCredentials servers =
        new ServerCredentials(request -> result(new Server(), List.of(problem)));

    assertThatThrownBy(() -> servers.proxies(settings))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> assertThat(e.what()).contains("proxy corporate cannot be decrypted"));
  }

  private static Proxy proxy(String id, boolean active) {
    Proxy proxy = new Proxy();
    proxy.setId(id);
    proxy.setActive(active);
    proxy.setHost("proxy.example.org");
    proxy.setPassword("{abc=}");
    return proxy;
  }
}
