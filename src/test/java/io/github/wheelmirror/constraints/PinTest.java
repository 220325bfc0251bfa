package io.github.wheelmirror.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinTest {

  @Test
  void printsTheNormalFormAndReadsItBack() {
    Pin pin = Pin.parse("Repoze_LRU==01.0.POST2");

    assertThat(pin).hasToString("repoze-lru===1.0.post2");
    assertThat(Pin.parse(pin.toString())).isEqualTo(pin);
  }

  @Test
  void versionsAreToldApartByTheirText() {
    assertThat(Pin.parse("a===1.0"))
        .isNotEqualTo(Pin.parse("a===1.0.0"))
        .isNotEqualByComparingTo(Pin.parse("a===1.0.0"));
    assertThat(Pin.parse("a===1.0.0")).isEqualTo(Pin.parse("A==1.0.0"));
  }

  @Test
  void ordersByNameThenVersion() {
    assertThat(Stream.of("b===1", "a===10.0", "a===9.0", "a===9").map(Pin::parse).sorted())
        .extracting(Pin::toString)
        .containsExactly("a===9", "a===9.0", "a===10.0", "b===1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a=1", "===1", "a===", "a===x", "a b===1", "a>=1", "a===1; b"})
  void refusesWhatIsNoPin(String text) {
    assertThatThrownBy(() -> Pin.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
