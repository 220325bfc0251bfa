package io.github.wheelmirror.mojo;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Secret;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;

/** Names and passwords from settings.xml, encrypted ones too. */
class ServerCredentials {

  private final SettingsDecrypter decrypter;

  @Inject
  ServerCredentials(SettingsDecrypter decrypter) {
    this.decrypter = decrypter;
  }

  /**
   * The credentials of a server; null if no server is named.
   *
   * @param parameter the parameter that names it, for the message
   * @throws MirrorException (input) if settings.xml has no such server or it cannot be decrypted
   */
  @Nullable Credentials of(
      @Nullable String serverId, String parameter, @Nullable Settings settings) {
    if (serverId == null || serverId.isBlank()) {
      return null;
    }
    Server server = settings == null ? null : settings.getServer(serverId);
    if (server == null) {
      throw MirrorException.input(
          "<" + parameter + "> names the server " + serverId,
          "settings.xml has no server with this id",
          "add <server><id>"
              + serverId
              + "</id><username>…</username><password>…</password>"
              + "</server> to settings.xml");
    }
    Server open =
        decrypted(new DefaultSettingsDecryptionRequest(server), "server " + serverId).getServer();
    String username = open.getUsername() == null ? "" : open.getUsername();
    String password = open.getPassword() == null ? "" : open.getPassword();
    return new Credentials(serverId, username, new Secret(password));
  }

  /**
   * The active proxies, with open passwords.
   *
   * @throws MirrorException (input) if one cannot be decrypted
   */
  List<Proxy> proxies(@Nullable Settings settings) {
    List<Proxy> proxies = new ArrayList<>();
    for (Proxy proxy : settings == null ? List.<Proxy>of() : settings.getProxies()) {
      if (proxy.isActive()) {
        String what = "proxy " + proxy.getId();
        proxies.add(decrypted(new DefaultSettingsDecryptionRequest(proxy), what).getProxy());
      }
    }
    return proxies;
  }

  private SettingsDecryptionResult decrypted(SettingsDecryptionRequest request, String what) {
    SettingsDecryptionResult result = decrypter.decrypt(request);
    for (SettingsProblem problem : result.getProblems()) {
      if (problem.getSeverity() != SettingsProblem.Severity.WARNING) {
        throw MirrorException.input(
            "the password of " + what + " cannot be decrypted",
            problem.getMessage(),
            "encrypt it again with mvn --encrypt-password, or check settings-security.xml");
      }
    }
    return result;
  }
}
