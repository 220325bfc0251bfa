package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BuildTagTest {

  @Test
  void theNormalFormHasNoLeadingZeros() {
    assertThat(BuildTag.parse("0001a")).isEqualTo(new BuildTag(BigInteger.ONE, "a"));
    assertThat(BuildTag.parse("0001a")).hasToString("1a");
    assertThat(BuildTag.parse("0")).isEqualTo(BuildTag.of(0));
  }

  @Test
  void buildTagsSortByNumberThenSuffix() {
    assertThat(Stream.of("10", "9_debian12", "2b", "2", "1").map(BuildTag::parse).sorted())
        .extracting(BuildTag::toString)
        .containsExactly("1", "2", "2b", "9_debian12", "10");
  }

  @Test
  void numbersMayBeLargerThanALong() {
    assertThat(BuildTag.parse("9".repeat(4300))).hasToString("9".repeat(4300));
    assertThatThrownBy(() -> BuildTag.parse("9".repeat(4301)))
        .isInstanceOf(InvalidBuildTagException.class);
  }

  @Test
  void whatIsNoBuildTagIsRefused() {
    for (String text : List.of("", "a1", "-1", "\u0661", "1-2")) {
      assertThatThrownBy(() -> BuildTag.parse(text))
          .as(text)
          .isInstanceOf(InvalidBuildTagException.class);
    }
    for (String suffix : List.of("1", "a-b", "a\n")) {
      assertThatThrownBy(() -> new BuildTag(BigInteger.ONE, suffix))
          .as(suffix)
          .isInstanceOf(InvalidBuildTagException.class);
    }
    assertThatThrownBy(() -> BuildTag.of(-1)).isInstanceOf(InvalidBuildTagException.class);
  }

  @Test
  void hostileTextsGiveABuildTagThatRoundTripsOrItsOwnException() {
    HostileBytes.texts(2, 20_000, List.of("1", "20_debian12", "3a"))
        .forEach(
            text -> {
              try {
                BuildTag tag = BuildTag.parse(text);
                assertThat(BuildTag.parse(tag.toString())).isEqualTo(tag);
              } catch (InvalidBuildTagException e) {
                assertThat(e.reason()).isNotBlank();
              }
            });
  }
}
