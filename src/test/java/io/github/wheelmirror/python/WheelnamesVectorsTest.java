package io.github.wheelmirror.python;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WheelnamesVectorsTest {

  @Test
  void everyRowParsesToTheExpectedPartsOrIsRefused() {
    Vectors.assertAgree(
        Vectors.rows(Vectors.read("wheelnames")),
        row -> row.get("ok").asBoolean() ? parts(row) : List.of("invalid"),
        row -> {
          try {
            return parts(WheelFilename.parse(row.get("f").asText()));
          } catch (InvalidWheelFilenameException e) {
            return List.of("invalid");
          }
        });
  }

  private static List<Object> parts(JsonNode row) {
    List<String> build = new ArrayList<>();
    row.get("build").forEach(part -> build.add(part.asText()));
    List<String> tags = new ArrayList<>();
    row.get("tags").forEach(tag -> tags.add(tag.asText()));
    return List.of(
        row.get("f").asText(),
        row.get("name").asText(),
        row.get("version").asText(),
        build,
        tags,
        row.get("sortedTags").asBoolean());
  }

  private static List<Object> parts(WheelFilename wheel) {
    List<String> build =
        wheel
            .buildTag()
            .map(tag -> List.of(tag.number().toString(), tag.suffix()))
            .orElse(List.of());
    SortedSet<String> tags = new TreeSet<>();
    wheel.tags().forEach(tag -> tags.add(tag.toString()));
    return List.of(
        wheel.toString(),
        wheel.name().value(),
        wheel.version().toString(),
        build,
        List.copyOf(tags),
        wheel.hasSortedTags());
  }
}
