package io.github.wheelmirror.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetIdTest {

  @Test
  void printsAndReadsSlugAndPython() {
    TargetId id = new TargetId("debian-12-x86_64", "cp312");

    assertThat(id).hasToString("debian-12-x86_64/cp312");
    assertThat(TargetId.parse("debian-12-x86_64/cp312")).isEqualTo(id);
  }

  @Test
  void ordersPythonsByNumber() {
    List<TargetId> ids =
        List.of("a/cp312", "b/cp39", "a/pp310", "a/cp313t", "a/cp39", "a/cp310", "a/cp313").stream()
            .map(TargetId::parse)
            .sorted()
            .toList();

    assertThat(ids)
        .extracting(TargetId::toString)
        .containsExactly(
            "a/cp39", "a/cp310", "a/cp312", "a/cp313", "a/cp313t", "a/pp310", "b/cp39");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "debian-12-x86_64",
        "debian-12-x86_64/",
        "/cp312",
        "a/b/cp312",
        "Debian/cp312",
        "debian-/cp312",
        "../x/cp312",
        "debian 12/cp312",
        "debian/312",
        "debian/cp",
        "debian/3.12"
      })
  void refusesWhatIsNoTarget(String text) {
    assertThatThrownBy(() -> TargetId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
