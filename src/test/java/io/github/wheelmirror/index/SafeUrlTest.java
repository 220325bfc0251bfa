package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '|',
      value = {
        "https://h/simple/ https://h/simple/",
        "https://u:p@h/simple/ https://h/simple/",
        "https://u:p@ss@h/simple/ https://h/simple/",
        "https://u:p/w@h/simple/ https://h/simple/",
        "https://u:p#w@h/simple/ https://h/simple/",
        "https://u:p?w@h:1/simple/ https://h:1/simple/",
        "https://h/a?token=x#y https://h/a",
        "https://h:8443/@id/simple/ https://h:8443/@id/simple/",
        "https://h/@id/simple/ https://h/@id/simple/",
        "https://[::1]:80/@id/simple/ https://[::1]:80/@id/simple/",
        "wheels/@1 wheels/@1",
      })
  void noLoginAndNoQueryIsShown(String url, String shown) {
    assertThat(SafeUrl.of(url)).isEqualTo(shown);
  }
}
