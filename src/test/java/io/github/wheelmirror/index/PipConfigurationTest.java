package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipConfigurationTest {

  @TempDir Path folder;
  private final Map<String, String> variables = new HashMap<>();

  @Test
  void withoutAnyConfigurationPipsDefaultsHold() {
    PipConfiguration pip = read();

    assertThat(pip.indexUrl()).isEmpty();
    assertThat(pip.extraIndexUrls()).isEmpty();
    assertThat(pip.findLinks()).isEmpty();
    assertThat(pip.noIndex()).isFalse();
    assertThat(pip.timeout()).isEqualTo(Duration.ofSeconds(15));
    assertThat(pip.retries()).isEqualTo(5);
  }

  @Test
  void laterFilesOverrideEarlierOnesAndVariablesAll() throws IOException {
    List<String> order =
        List.of(
            "etc/xdg/pip/pip.conf",
            "etc/pip.conf",
            "home/.pip/pip.conf",
            "home/.config/pip/pip.conf",
            "prefix/pip.conf");
    for (String file : order) {
      write(file, "[global]\nindex-url = https://h/" + file + "\n");
      assertThat(read().indexUrl()).isEqualTo("https://h/" + file);
    }
    variables.put("PIP_INDEX_URL", "https://h/env");
    assertThat(read().indexUrl()).isEqualTo("https://h/env");
  }

  @Test
  void theFileOfTheVariableReplacesTheUsersAndOverridesTheOthers() throws IOException {
    write("home/.config/pip/pip.conf", "[global]\nextra-index-url = https://h/user\n");
    write("prefix/pip.conf", "[global]\nindex-url = https://h/site\n");
    write("own.conf", "[global]\nindex-url = https://h/own\n");
    variables.put("PIP_CONFIG_FILE", "own.conf");

    assertThat(read().indexUrl()).isEqualTo("https://h/own");
    assertThat(read().extraIndexUrls()).isEmpty();

    variables.put("PIP_CONFIG_FILE", "missing.conf");
    assertThat(read().indexUrl()).isEqualTo("https://h/site");
    assertThat(read().extraIndexUrls()).containsExactly("https://h/user");
  }

  @Test
  void devNullMeansNoFiles() throws IOException {
    write("etc/pip.conf", "[global]\nindex-url = https://h/\n");
    variables.put("PIP_CONFIG_FILE", "/dev/null");

    assertThat(read().indexUrl()).isEmpty();
  }

  @Test
  void theXdgFoldersAreHeeded() throws IOException {
    write("x1/pip/pip.conf", "[global]\nindex-url = https://h/1\nretries = 1\n");
    write("x2/pip/pip.conf", "[global]\nindex-url = https://h/2\n");
    write("xu/pip/pip.conf", "[global]\ntimeout = 2.5\n");
    variables.put("XDG_CONFIG_DIRS", folder.resolve("x1") + ":" + folder.resolve("x2"));
    variables.put("XDG_CONFIG_HOME", folder.resolve("xu").toString());

    assertThat(read().indexUrl()).isEqualTo("https://h/2");
    assertThat(read().retries()).isEqualTo(1);
    assertThat(read().timeout()).isEqualTo(Duration.ofMillis(2500));
  }

  @Test
  void theInstallSectionIsStrongerThanTheGlobalOneOfAnyFile() throws IOException {
    write("etc/pip.conf", "[install]\nindex-url = https://h/install\n");
    write("prefix/pip.conf", "[global]\nindex-url = https://h/global\n[wheel]\nretries = 9\n");

    assertThat(read().indexUrl()).isEqualTo("https://h/install");
    assertThat(read().retries()).isEqualTo(5);
  }

  @Test
  void listsAreSplitAtWhiteSpaceAndReplaceWeakerOnes() throws IOException {
    write(
        "etc/pip.conf",
        """
        # a comment
        [global]
        find-links =
            /a

            # not this
            https://h/b
        trusted_host: one two
        """);
    assertThat(read().findLinks()).containsExactly("/a", "https://h/b");
    assertThat(read().trustedHosts()).containsExactly("one", "two");

    variables.put("PIP_FIND_LINKS", " c\n d ");
    assertThat(read().findLinks()).containsExactly("c", "d");
  }

  @Test
  void emptyValuesCountAsUnset() throws IOException {
    write("etc/pip.conf", "[global]\nextra-index-url = https://h/\n");
    variables.put("PIP_EXTRA_INDEX_URL", "");

    assertThat(read().extraIndexUrls()).containsExactly("https://h/");
  }

  @Test
  void theOtherNamesOfOptionsCount() throws IOException {
    write("etc/pip.conf", "[global]\ntimeout = 5\n[DEFAULT]\npypi-url = https://h/\n");
    variables.put("PIP_DEFAULT_TIMEOUT", "180");

    assertThat(read().timeout()).isEqualTo(Duration.ofMinutes(3));
    assertThat(read().indexUrl()).isEqualTo("https://h/");
  }

  @Test
  void certificatesComeFromPipThenTheUsualVariables() {
    variables.put("SSL_CERT_FILE", "/4");
    assertThat(read().certificates()).isEqualTo("/4");
    variables.put("CURL_CA_BUNDLE", "/3");
    assertThat(read().certificates()).isEqualTo("/3");
    variables.put("REQUESTS_CA_BUNDLE", "/2");
    assertThat(read().certificates()).isEqualTo("/2");
    variables.put("PIP_CERT", "/1");
    assertThat(read().certificates()).isEqualTo("/1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"index-url = x\n", "[global]\nnonsense\n", "[global]\n= x\n", "[global\nx = y\n"})
  void aFileThatPipRefusesIsAnErrorThatNamesFileAndLine(String text) throws IOException {
    write("etc/pip.conf", text);

    assertThatThrownBy(this::read)
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("etc/pip.conf")
        .hasMessageContaining("line ");
  }

  @ParameterizedTest
  @CsvSource({
    "'[global]|timeout = 1|[global]|retries = 1', line 3: this begins the section [global] a second",
    "'[global]|index_url = a|#|Index-URL: b', line 4: this gives the option index-url of its section",
    "'[DEFAULT]|a = b|[DEFAULT]|a = b', line 4: this gives the option a",
    "'[global]|-- = a|-- = b', line 3: this gives the option",
    "'[global]|a = b\u0085c', ''",
    "'[DEFAULT]|a = b|[DEFAULT]|c = b', ''",
    "'\uFEFF[global]', line 1: a value stands before",
    "'[global]|[]', line 2: this is neither",
  })
  void asToPipNothingMayBeGivenTwice(String text, String why) throws IOException {
    write("etc/pip.conf", text.replace('|', '\n'));

    if (why.isEmpty()) {
      assertThat(read().indexUrl()).isEmpty();
      return;
    }
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.what()).contains("etc/pip.conf");
              assertThat(e.why()).startsWith(why);
              assertThat(e.fix()).contains("pip config list");
            });
  }

  @Test
  void linesAndWhiteSpaceArePythons() throws IOException {
    write(
        "etc/pip.conf",
        "[global]\r\u00A0find-links\u2007= a\u2028b\f\u00A0c\r\n\u0085\u00A0d\n"
            + "trusted-host = [x\n----timeout = 7\n[install] # and more\nretries = 3");

    assertThat(read().findLinks()).containsExactly("a", "b", "c", "d");
    assertThat(read().trustedHosts()).containsExactly("[x");
    assertThat(read().timeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(read().retries()).isEqualTo(3);

    write("etc/pip.conf", "[install]\nretries = 3\n[install]x]\nretries = 4\n");
    assertThat(read().retries()).isEqualTo(3);
  }

  @Test
  void aFileThatPipCannotOpenIsPassedOver() throws IOException {
    Files.createDirectories(folder.resolve("etc/pip.conf"));
    write("prefix/pip.conf", "[global]\nretries = 4\n");

    assertThat(read().retries()).isEqualTo(4);
  }

  @Test
  void aFileThatIsNoTextIsAnError() throws IOException {
    Files.createDirectories(folder.resolve("etc"));
    Files.write(folder.resolve("etc/pip.conf"), new byte[] {'[', 'a', ']', (byte) 0xE4});

    assertThatThrownBy(this::read).hasMessageContaining("etc/pip.conf cannot be read");
  }

  @Test
  void valuesThatPipRefusesAreErrorsThatNameTheOption() {
    for (Map.Entry<String, String> bad :
        Map.of("PIP_NO_INDEX", "maybe", "PIP_TIMEOUT", "soon", "PIP_RETRIES", "-1").entrySet()) {
      variables.clear();
      variables.put(bad.getKey(), bad.getValue());
      assertThatThrownBy(this::read)
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining(bad.getValue())
          .extracting(failure -> ((MirrorException) failure).fix())
          .asString()
          .contains(bad.getKey());
    }
  }

  @Test
  void nothingPrintsAPassword() {
    variables.put("PIP_INDEX_URL", "https://me:secret@h/simple");
    variables.put("PIP_PROXY", "http://me:secret@proxy:8080");

    assertThat(read().toString()).doesNotContain("secret");
    assertThat(read().proxies().toString()).doesNotContain("secret");
  }

  private PipConfiguration read() {
    return PipConfiguration.read(
        new PipEnvironment(
            variables,
            folder.resolve("home"),
            folder.resolve("etc"),
            folder.resolve("prefix"),
            folder));
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
