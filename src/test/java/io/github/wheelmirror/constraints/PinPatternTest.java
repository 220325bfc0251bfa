package io.github.wheelmirror.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinPatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lxml        | lxml===4.9  | true",
        "LXML        | lxml===4.9  | true",
        "lxml        | xlml===4.9  | false",
        "lxml===4.9  | lxml===4.9  | true",
        "lxml===4.9  | lxml===4.9.0| false",
        "lxml==4.9   | lxml===4.9.0| true",
        "lxml<5      | lxml===4.9  | true",
        "lxml<5      | lxml===5.0  | false",
        "lxml>4, <5  | lxml===4.9rc1 | true",
        "lxml!=4.9.* | lxml===4.9.1| false",
      })
  void nameOrVersionOrSpecifierChoosesPins(String pattern, String pin, boolean matches) {
    assertThat(PinPattern.parse(pattern).matches(Pin.parse(pin))).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a>>1",
        "===1",
        "a===x",
        "a[b]",
        "a;os_name=='x'",
        "a @ file:///b"
      })
  void somethingElseIsRefused(String text) {
    assertThatThrownBy(() -> PinPattern.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itsTextComesBack() {
    assertThat(PinPattern.parse(" lxml<5 ").toString()).isEqualTo("lxml<5");
  }
}
