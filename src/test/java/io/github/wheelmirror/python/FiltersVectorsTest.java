package io.github.wheelmirror.python;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiltersVectorsTest {

  @Test
  void everyRowKeepsTheExpectedVersionsInOrder() {
    Vectors.assertAgree(
        Vectors.rows(Vectors.read("filters")),
        row -> texts(row.get(3)),
        row ->
            SpecifierSet.parse(row.get(0).asText())
                .filter(
                    texts(row.get(1)),
                    Version::parse,
                    SpecifiersVectorsTest.preReleases(row.get(2))));
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
