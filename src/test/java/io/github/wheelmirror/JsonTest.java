package io.github.wheelmirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  record Shape(String name, List<State> states, Map<String, String> labels) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Good.class, name = "good"),
    @JsonSubTypes.Type(value = Bad.class, name = "bad")
  })
  sealed interface State permits Good, Bad {}

  record Good(int number) implements State {}

  record Bad(String reason) implements State {}

  @Test
  void recordsWithSealedTypesComeBackEqual() {
    var shape = new Shape("é", List.of(new Good(1), new Bad("x")), Map.of("b", "2", "a", "1"));

    byte[] json = Json.write(shape);

    assertThat(Json.read(json, Shape.class, "a file")).isEqualTo(shape);
    assertThat(new String(json, StandardCharsets.UTF_8))
        .contains("\"state\" : \"good\"")
        .containsSubsequence("\"a\"", "\"b\"")
        .doesNotContain("\r")
        .endsWith("}\n");
  }

  @Test
  void anUnknownOrMissingFieldIsRefusedNamingTheFile() {
    for (String text : List.of("{\"number\":1,\"more\":2}", "{}", "{\"number\":1} x", "[", "")) {
      assertThatThrownBy(
              () -> Json.read(text.getBytes(StandardCharsets.UTF_8), Good.class, "f.json"))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("f.json");
    }
  }

  @Test
  void aSecretDoesNotPrint() {
    assertThat(new Credentials("", "me", new Secret("hush")).toString())
        .contains("****")
        .doesNotContain("hush");
  }

  @Test
  void otherContentIsToldInWordsForAPerson() {
    assertThatThrownBy(
            () ->
                Json.read(
                    "[]".getBytes(java.nio.charset.StandardCharsets.UTF_8), Shape.class, "f.json"))
        .hasMessage("f.json cannot be read: its content is of another kind");
  }
}
