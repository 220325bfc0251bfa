package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.mirror.NamedPlace.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedPlaceTest {

  @ParameterizedTest
  @CsvSource({
    "mirror, MIRROR, ''",
    "staged, STAGED, ''",
    "upstream, UPSTREAM, ''",
    "find-links:/srv/wheels, FIND_LINKS, /srv/wheels",
    "https://index.test/simple/, INDEX, https://index.test/simple/",
    "mirrors, INDEX, mirrors",
    "find-links:, INDEX, find-links:",
  })
  void whatAPersonWritesIsRead(String text, Kind kind, String value) {
    NamedPlace place = NamedPlace.parse(text);
    assertThat(place).isEqualTo(new NamedPlace(kind, value));
    assertThat(place).hasToString(text);
  }

  @Test
  void aPasswordIsNeverShown() {
    NamedPlace place = NamedPlace.parse("https://me:secret@index.test/simple/");
    assertThat(place.value()).contains("secret");
    assertThat(place).hasToString("https://****@index.test/simple/");
    assertThat(Json.line(place)).doesNotContain("secret");
    assertThat(NamedPlace.parse("find-links:https://me:secret@index.test/").toString())
        .doesNotContain("secret");
  }
}
