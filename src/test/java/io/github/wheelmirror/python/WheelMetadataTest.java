package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WheelMetadataTest {

  private static final String WHEEL =
      """
      Wheel-Version: 1.0
      Generator: bdist_wheel 1.0
      Root-Is-Purelib: true
      Tag: py2-none-any
      Tag: py3-none-any
      Build: 1_x
      """;

  private static WheelMetadata parse(String text) {
    return WheelMetadata.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(String text, String why) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(InvalidWheelMetadataException.class)
        .hasMessageContaining(why);
  }

  @Test
  void fieldsAreTyped() {
    WheelMetadata wheel = parse(WHEEL);

    assertThat(wheel.wheelVersion()).isEqualTo("1.0");
    assertThat(wheel.rootIsPurelib()).isTrue();
    assertThat(wheel.tags()).isEqualTo(Tag.parseSet("py2.py3-none-any"));
    assertThat(wheel.build()).contains(BuildTag.parse("1_x"));
    assertThat(wheel.generator()).contains("bdist_wheel 1.0");
    assertThat(wheel.headers()).hasSize(6);
  }

  @Test
  void optionalFieldsMayBeAbsent() {
    WheelMetadata wheel = parse("Wheel-Version: 1.9\nRoot-Is-Purelib: False\n");

    assertThat(wheel.rootIsPurelib()).isFalse();
    assertThat(wheel.tags()).isEmpty();
    assertThat(wheel.build()).isEmpty();
    assertThat(wheel.generator()).isEmpty();
  }

  @Test
  void onlyMajorVersion1IsAccepted() {
    for (String version : List.of("2.0", "0.9", "1", "1.", "1.x", "10.0")) {
      assertRefused(WHEEL.replace("1.0\nG", version + "\nG"), "Wheel-Version is");
    }
    assertRefused(WHEEL.replace("Wheel-Version: 1.0\n", ""), "Wheel-Version is missing");
    assertRefused("Wheel-Version: 1.0\n" + WHEEL, "Wheel-Version is given twice");
  }

  @Test
  void invalidFieldsAreRefused() {
    assertRefused(WHEEL.replace("true", "yes"), "Root-Is-Purelib is \"yes\"");
    assertRefused(WHEEL.replace("py2-none-any", "py2-none"), "invalid compatibility tag");
    assertRefused(WHEEL.replace("1_x", "x"), "invalid build tag");
    assertThatThrownBy(() -> WheelMetadata.parse(new byte[] {(byte) 0xFF}))
        .isInstanceOf(InvalidWheelMetadataException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void hostileBytesGiveMetadataOrItsOwnException() {
    HostileBytes.damaged(6, 20_000, List.of(WHEEL))
        .forEach(
            bytes -> {
              try {
                assertThat(WheelMetadata.parse(bytes).wheelVersion()).startsWith("1.");
              } catch (InvalidWheelMetadataException e) {
                assertThat(e).hasMessageStartingWith("invalid WHEEL file: ");
              }
            });
  }
}
