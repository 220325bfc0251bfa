package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class SpecifiersVectorsTest {

  private final JsonNode file = Vectors.read("specifiers");

  @Test
  void everyRowAcceptsTheTextAsExpected() {
    Vectors.assertAgree(
        Vectors.rows(file),
        row -> row.get(3).asBoolean(),
        row ->
            SpecifierSet.parse(row.get(0).asText())
                .contains(row.get(1).asText(), preReleases(row.get(2))));
  }

  @Test
  void everyRowAcceptsTheVersionAsExpected() {
    Vectors.assertAgree(
        Vectors.rows(file),
        row -> row.get(4).asText(),
        row ->
            Version.tryParse(row.get(1).asText())
                .map(
                    version ->
                        SpecifierSet.parse(row.get(0).asText())
                            .contains(version, preReleases(row.get(2))))
                .map(String::valueOf)
                .orElse("null"));
  }

  @Test
  void everyInvalidTextIsRefused() {
    assertThat(file.get("invalid")).isNotEmpty();
    for (JsonNode text : file.get("invalid")) {
      assertThatThrownBy(() -> SpecifierSet.parse(text.asText()))
          .as(text.asText())
          .isInstanceOf(InvalidSpecifierException.class);
    }
  }

  static PreReleases preReleases(JsonNode value) {
    if (value.isNull()) {
      return PreReleases.DEFAULT;
    }
    return value.asBoolean() ? PreReleases.ALLOW : PreReleases.FORBID;
  }
}
