package io.github.wheelmirror.python;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RequirementsVectorsTest {

  private static final Map<String, Object> REFUSED = Map.of("ok", false);

  @Test
  void everyRowHasTheExpectedPartsOrIsRefused() {
    Vectors.assertAgree(
        Vectors.rows(Vectors.read("requirements")),
        row -> row.get("ok").asBoolean() ? expected(row) : REFUSED,
        row -> {
          try {
            return parts(Requirement.parse(row.get("s").asText()));
          } catch (InvalidRequirementException e) {
            return REFUSED;
          }
        });
  }

  private static Map<String, Object> expected(JsonNode row) {
    var parts = new TreeMap<String, Object>();
    for (String field : List.of("name", "norm", "url", "marker", "str")) {
      parts.put(field, row.get(field).isNull() ? "-" : row.get(field).asText());
    }
    parts.put("extras", texts(row.get("extras")));
    var specifiers = new ArrayList<String>();
    row.get("spec").forEach(pair -> specifiers.add(pair.get(0).asText() + pair.get(1).asText()));
    parts.put("spec", specifiers.stream().sorted().toList());
    return parts;
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  private static Map<String, Object> parts(Requirement requirement) {
    var parts = new TreeMap<String, Object>();
    parts.put("name", requirement.name());
    parts.put("norm", requirement.projectName().toString());
    parts.put("url", requirement.url().orElse("-"));
    parts.put("marker", requirement.marker().map(Marker::toString).orElse("-"));
    parts.put("str", requirement.toString());
    parts.put("extras", List.copyOf(requirement.extras()));
    parts.put(
        "spec",
        requirement.specifiers().specifiers().stream()
            .map(s -> s.operator() + s.versionText())
            .sorted()
            .toList());
    return parts;
  }
}
