package io.github.wheelmirror.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://git.example.invalid/openstack/requirements, HTTP,"
        + " https://git.example.invalid/openstack/requirements",
    "https://git.example.invalid/r.git/, HTTP, https://git.example.invalid/r.git",
    "HTTPS://git.example.invalid:8443/r, HTTP, https://git.example.invalid:8443/r",
    "https://token@git.example.invalid/r, HTTP, https://git.example.invalid/r",
    "https://git.example.invalid/r?key=secret, HTTP, https://git.example.invalid/r?****",
    "ssh://git@git.example.invalid:29418/r, SSH, ssh://git@git.example.invalid:29418/r",
    "git@git.example.invalid:group/r.git, SSH, git@git.example.invalid:group/r.git",
    "git.example.invalid:/srv/r.git, SSH, git.example.invalid:/srv/r.git",
    "file:///srv/git/r.git, LOCAL, file:///srv/git/r.git",
    "file:/srv/git/r.git, LOCAL, file:///srv/git/r.git",
    "file://localhost/srv/git/r.git, LOCAL, file:///srv/git/r.git",
    "file:///srv/a%20b/r.git, LOCAL, file:///srv/a b/r.git",
    "/srv/git/../git/r.bundle, LOCAL, file:///srv/git/r.bundle",
  })
  void understandsWhatGitUnderstandsAndPrintsNoSecret(String text, String kind, String display) {
    GitUrl url = GitUrl.parse(text);

    assertThat(url.kind()).hasToString(kind);
    assertThat(url).hasToString(display);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:hunter2@git.example.invalid/r",
        "https://user:hunter2@tricky/path@git.example.invalid/r",
        "https://:hunter2@git.example.invalid/r",
        "ssh://git:hunter2@git.example.invalid/r",
        "https://user:hunter2@git.example.invalid:port/r",
        "ftp://user:hunter2@git.example.invalid/r",
        "user:hunter2@git.example.invalid:r",
      })
  void aPasswordInTheAddressIsRefusedAndNotRepeated(String text) {
    assertThatThrownBy(() -> GitUrl.parse(text))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
              assertThat(e.what() + e.why() + e.fix()).doesNotContain("hunter2");
              assertThat(e.getCause()).isNull();
            });
  }

  @Test
  void theRefusalOfAPasswordSaysWhereItBelongs() {
    assertThatThrownBy(() -> GitUrl.parse("https://user:hunter2@git.example.invalid/r"))
        .isInstanceOfSatisfying(
            MirrorException.class, e -> assertThat(e.fix()).contains("<constraintsServerId>"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "requirements",
        "../requirements.git",
        "git://git.example.invalid/r",
        "ext::sh -c touch% /tmp/x",
        "ssh://-oProxyCommand=touch%20x/r",
        "ssh://-l@host/r",
        "-oProxyCommand=x:r",
        "git@host:-x",
        "https:///r",
        "https://host/r\nHost: x",
        "file://otherhost/srv/r",
        "file:relative/r",
        "c:/windows",
      })
  void refusesWhatItCannotUse(String text) {
    assertThatThrownBy(() -> GitUrl.parse(text))
        .isInstanceOfSatisfying(
            MirrorException.class, e -> assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT));
  }

  @Test
  void differentRepositoriesHaveDifferentCaches() {
    assertThat(GitUrl.parse("https://h/r?a=1").digest())
        .isNotEqualTo(GitUrl.parse("https://h/r?a=2").digest());
    assertThat(GitUrl.parse("https://h/r").digest())
        .isEqualTo(GitUrl.parse("https://h/r/").digest())
        .hasSize(64);
  }

  @Test
  void hostileTextsGiveAnAddressOrTheHouseError() {
    Random random = new Random(20261122);
    String alphabet = "htps:/@[]?#%. -git0~\\\u0000\u00e9";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "" : "https://");
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        assertThat(GitUrl.parse(text.toString()).toString()).isNotEmpty();
      } catch (MirrorException e) {
        assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
      }
    }
  }
}
