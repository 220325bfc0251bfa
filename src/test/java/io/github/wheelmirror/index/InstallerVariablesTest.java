package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallerVariablesTest {

  @TempDir Path folder;
  private final Map<String, String> variables = new HashMap<>();
  private final List<IndexLocation> explicit = new ArrayList<>();

  private Map<String, String> installer() {
    return InstallerVariables.of(
        new IndexSettings(
            PipConfiguration.read(
                new PipEnvironment(
                    variables,
                    folder.resolve("home"),
                    folder.resolve("etc"),
                    folder.resolve("prefix"),
                    folder)),
            "https://default.example.org/simple",
            explicit,
            folder.resolve("cache"),
            IndexSettings.Limits.of(1),
            false));
  }

  private void location(IndexLocation.Kind kind, String value, Credentials credentials) {
    explicit.add(new IndexLocation(kind, value, false, credentials));
  }

  @Test
  void aNameAloneIsCompletedFromNetrcUnlessSettingsHaveIt() throws IOException {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home/.netrc"), "default login you password pw\n");
    variables.put("PIP_INDEX_URL", "https://me@a.example.org/simple");
    assertThat(installer()).containsEntry("PIP_INDEX_URL", "https://you:pw@a.example.org/simple/");

    Credentials token = new Credentials("id", "token", new Secret(""));
    location(IndexLocation.Kind.INDEX, "https://b.example.org/simple", token);
    assertThat(installer()).containsEntry("PIP_INDEX_URL", "https://token:@b.example.org/simple/");
  }

  @Test
  void anEmptyNetrcVariableMeansNoFileThereToo() throws IOException {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home/.netrc"), "default login you password pw\n");
    variables.put("NETRC", "");
    variables.put("PIP_INDEX_URL", "https://me@a.example.org/simple");

    assertThat(installer())
        .containsEntry("NETRC", "")
        .containsEntry("PIP_INDEX_URL", "https://me@a.example.org/simple/");
  }

  @Test
  void withoutConfigurationItIsPipsOwnDefault() {
    assertThat(installer())
        .containsOnly(
            Map.entry("PIP_CONFIG_FILE", "/dev/null"),
            Map.entry("PIP_INDEX_URL", "https://default.example.org/simple/"),
            Map.entry("PIP_TIMEOUT", "15"),
            Map.entry("PIP_RETRIES", "5"));
  }

  @Test
  void pipsFilesAndVariablesAreSaidAgain() throws IOException {
    Path wheels = Files.createDirectory(folder.resolve("my wheels"));
    Files.createDirectories(folder.resolve("prefix"));
    Files.writeString(
        folder.resolve("prefix/pip.conf"),
        "[global]\nindex-url = https://me:pw@a.example.org/simple\n"
            + "extra-index-url = https://b.example.org/simple\n https://c.example.org/simple\n"
            + "trusted-host = b.example.org\ncert = ca.pem\nclient-cert = ~/client.pem\n"
            + "timeout = 2.5\nretries = 7\nkeyring-provider = subprocess\ncache-dir = pip-cache\n"
            + "find-links = "
            + wheels.toUri()
            + "\n[install]\ntarget = /somewhere\nuser = yes\nno-deps = yes\n");
    variables.put("NETRC", "~/my-netrc");
    variables.put("https_proxy", "http://me:proxypw@proxy.example.org:3128");
    variables.put("no_proxy", "localhost, .example.net");
    variables.put("PIP_CONSTRAINT", "c.txt");
    variables.put("PIP_TARGET", "/tmp/x");
    variables.put("PYTHONPATH", "x");

    assertThat(installer())
        .containsOnly(
            Map.entry("PIP_CONFIG_FILE", "/dev/null"),
            Map.entry("PIP_INDEX_URL", "https://me:pw@a.example.org/simple/"),
            Map.entry(
                "PIP_EXTRA_INDEX_URL",
                "https://b.example.org/simple/ https://c.example.org/simple/"),
            Map.entry("PIP_FIND_LINKS", "file://" + folder + "/my%20wheels"),
            Map.entry("PIP_TRUSTED_HOST", "b.example.org"),
            Map.entry("PIP_CERT", folder + "/ca.pem"),
            Map.entry("PIP_CLIENT_CERT", folder + "/home/client.pem"),
            Map.entry("PIP_TIMEOUT", "2.500"),
            Map.entry("PIP_RETRIES", "7"),
            Map.entry("PIP_KEYRING_PROVIDER", "subprocess"),
            Map.entry("PIP_CACHE_DIR", folder + "/pip-cache"),
            Map.entry("NETRC", folder + "/home/my-netrc"),
            Map.entry("https_proxy", "http://me:proxypw@proxy.example.org:3128"),
            Map.entry("no_proxy", "localhost,.example.net"));
  }

  @Test
  void pipsOwnProxyIsForBothSchemesAndAllHosts() {
    variables.put("PIP_PROXY", "http://proxy.example.org:1");
    variables.put("no_proxy", "*");

    assertThat(installer())
        .containsEntry("http_proxy", "http://proxy.example.org:1")
        .containsEntry("https_proxy", "http://proxy.example.org:1")
        .doesNotContainKeys("no_proxy", "PIP_PROXY");
  }

  @Test
  void certificatesAreThoseThatTheIndexIsReadWith() {
    variables.put("SSL_CERT_FILE", "/etc/ca.pem");
    assertThat(installer()).containsEntry("PIP_CERT", "/etc/ca.pem");

    variables.put("REQUESTS_CA_BUNDLE", "/etc/other.pem");
    assertThat(installer())
        .containsEntry("PIP_CERT", "/etc/other.pem")
        .doesNotContainKeys("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE");
  }

  @Test
  void explicitIndexesReplaceAllOfPipsPlaces() {
    variables.put("PIP_FIND_LINKS", "https://links.example.org/");
    variables.put("PIP_EXTRA_INDEX_URL", "https://extra.example.org/simple");
    variables.put("PIP_NO_INDEX", "1");
    Credentials login = new Credentials("id", "me@here", new Secret("p/w:d %"));
    location(IndexLocation.Kind.INDEX, "https://old:one@mine.example.org/simple?x", login);

    assertThat(installer())
        .containsEntry(
            "PIP_INDEX_URL", "https://me%40here:p%2Fw%3Ad%20%25@mine.example.org/simple/")
        .doesNotContainKeys("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "PIP_NO_INDEX");
  }

  @Test
  void explicitFindLinksComeBesidesPipsPlaces() throws IOException {
    Files.createDirectory(folder.resolve("wheels"));
    variables.put("PIP_FIND_LINKS", "https://token@links.example.org/page.html /nowhere/at/all");
    location(IndexLocation.Kind.FIND_LINKS, "wheels", Credentials.NONE);

    assertThat(installer())
        .containsEntry(
            "PIP_FIND_LINKS",
            "file://" + folder + "/wheels https://token@links.example.org/page.html")
        .containsEntry("PIP_INDEX_URL", "https://default.example.org/simple/");

    variables.put("PIP_NO_INDEX", "1");
    assertThat(installer()).containsEntry("PIP_NO_INDEX", "1").doesNotContainKey("PIP_INDEX_URL");
  }

  @Test
  void aHostThatIsReadWithoutEncryptionOnPurposeIsTrustedByPipToo() {
    location(IndexLocation.Kind.INDEX, "http://plain.example.org/simple", Credentials.NONE);
    location(IndexLocation.Kind.INDEX, "http://plain.example.org:8080/simple", Credentials.NONE);
    location(IndexLocation.Kind.INDEX, "http://127.0.0.1:1/simple", Credentials.NONE);
    location(IndexLocation.Kind.INDEX, "https://a.example.org/simple", Credentials.NONE);

    assertThat(installer())
        .containsEntry("PIP_TRUSTED_HOST", "plain.example.org plain.example.org:8080");
  }

  @Test
  void explicitFindLinksAreNoLeaveToReadPipsIndexWithoutEncryption() throws IOException {
    Files.createDirectory(folder.resolve("wheels"));
    variables.put("PIP_INDEX_URL", "http://plain.example.org/simple");
    location(IndexLocation.Kind.FIND_LINKS, "wheels", Credentials.NONE);

    assertThatThrownBy(this::installer)
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("trusted-host");
  }
}
