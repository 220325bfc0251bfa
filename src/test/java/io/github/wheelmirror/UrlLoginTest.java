package io.github.wheelmirror;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlLoginTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://a:b@c.example/d@e   | https://****@c.example/d@e   | true
          x https://t@c y ssh://u:p@d | x https://****@c y ssh://****@d | true
          https://a:b@c@d.example/    | https://****@d.example/      | true
          git+ssh://git@c.example/d   | git+ssh://****@c.example/d   | false
          https://${A}:${B}@c.example | https://****@c.example       | false
          https://c.example/@d        | https://c.example/@d         | false
          me@c.example                | me@c.example                 | false
          ://@                        | ://****@                     | false
          ://://a:b@c                 | ://://****@c                 | true
          """)
  void loginsAreFoundAndHidden(String text, String hidden, boolean secret) {
    assertThat(UrlLogin.hidden(text)).isEqualTo(hidden);
    assertThat(UrlLogin.isIn(text)).isEqualTo(secret);
  }

  @Test
  @Timeout(20)
  void longTextsEnd() {
    for (String part : new String[] {"a", "://", "@", "://@", "a://", ":", "/"}) {
      String text = part.repeat(2_000_000);
      assertThat(UrlLogin.hidden(text + "https://a:b@c")).endsWith("****@c");
      assertThat(UrlLogin.isIn(text)).isFalse();
    }
  }
}
