package io.github.wheelmirror.python;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MarkersVectorsTest {

  private final JsonNode file = Vectors.read("markers");

  @Test
  void everyRowEvaluatesOrFailsAsExpected() {
    Vectors.assertAgree(Vectors.rows(file), row -> row.get(4).asText(), this::evaluate);
  }

  private String evaluate(JsonNode row) {
    MarkerContext context = context(environment(row.get(1).asText()), row.get(3).asText());
    if (!row.get(2).isNull()) {
      context = context.withExtra(row.get(2).asText());
    }
    try {
      return String.valueOf(Marker.parse(row.get(0).asText()).evaluate(context));
    } catch (InvalidMarkerException e) {
      return "error:InvalidMarker";
    } catch (UndefinedComparisonException e) {
      return "error:UndefinedComparison";
    } catch (UndefinedEnvironmentNameException e) {
      return "error:UndefinedEnvironmentName";
    }
  }

  private static MarkerContext context(MarkerEnvironment environment, String name) {
    return switch (name) {
      case "metadata" -> MarkerContext.metadata(environment);
      case "requirement" -> MarkerContext.requirement(environment);
      case "lock_file" -> MarkerContext.lockFile(environment, Set.of("x", "test"), Set.of("grp"));
      default -> throw new AssertionError(name);
    };
  }

  private MarkerEnvironment environment(String id) {
    var values = new TreeMap<String, String>();
    file.get("environments")
        .get(id)
        .properties()
        .forEach(p -> values.put(p.getKey(), p.getValue().asText()));
    return MarkerEnvironment.of(values);
  }
}
