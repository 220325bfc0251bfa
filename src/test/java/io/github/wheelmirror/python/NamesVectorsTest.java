package io.github.wheelmirror.python;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesVectorsTest {

  @Test
  void everyRowHasTheExpectedNormalFormAndValidity() {
    Vectors.assertAgree(
        Vectors.rows(Vectors.read("names")),
        row -> List.of(row.get(1).asText(), row.get(2).asBoolean(), row.get(3).asBoolean()),
        row -> {
          String text = row.get(0).asText();
          return List.of(
              ProjectName.normalize(text),
              ProjectName.isValid(text),
              ProjectName.isNormalized(text));
        });
  }

  @Test
  void everyValidRowParsesToItsNormalForm() {
    Vectors.assertAgree(
        Vectors.rows(Vectors.read("names")),
        row -> row.get(2).asBoolean() ? row.get(1).asText() : "invalid",
        row -> {
          try {
            return ProjectName.parse(row.get(0).asText()).toString();
          } catch (InvalidProjectNameException e) {
            return "invalid";
          }
        });
  }
}
