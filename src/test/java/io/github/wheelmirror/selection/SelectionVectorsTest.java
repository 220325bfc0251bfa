package io.github.wheelmirror.selection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.python.Vectors;
import io.github.wheelmirror.selection.Place.Answer;
import io.github.wheelmirror.selection.Place.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SelectionVectorsTest {

  /** The tool of a column; a column names uv without its version. */
  private static final Map<String, String> TOOLS =
      new TreeMap<>(
          Map.of(
              "pip-26.3", "pip-26.3",
              "pip-26.2.1", "pip-26.2.1",
              "pip-23.0.1", "pip-23.0.1",
              "uv-first-index", "uv-0.13.9-first-index",
              "uv-unsafe-first-match", "uv-0.13.9-unsafe-first-match",
              "uv-unsafe-best-match", "uv-0.13.9-unsafe-best-match"));

  private final JsonNode file = Vectors.read("selection");

  @Test
  void everyToolChoosesTheExpectedFileInEveryRow() {
    for (Map.Entry<String, String> tool : TOOLS.entrySet()) {
      Selector selector = Tool.parse(tool.getValue()).on(Targets.cpython311());
      List<JsonNode> rows =
          Vectors.rows(file).filter(row -> row.get("expect").has(tool.getKey())).toList();
      assertThat(rows).as("rows of " + tool.getKey()).isNotEmpty();
      Vectors.assertAgree(
          rows.stream(),
          row -> tool.getKey() + ": " + row.get("expect").get(tool.getKey()).asText(),
          row -> tool.getKey() + ": " + chosen(selector.explain(request(row))));
    }
  }

  @Test
  void everyExpectedToolIsKnown() {
    Vectors.rows(file)
        .forEach(
            row ->
                row.get("expect")
                    .fieldNames()
                    .forEachRemaining(tool -> assertThat(TOOLS).containsKey(tool)));
  }

  @Test
  void everyFileHasOneVerdictAndAReasonUnlessItIsChosen() {
    for (String tool : TOOLS.values()) {
      Selector selector = Tool.parse(tool).on(Targets.cpython311());
      Vectors.rows(file)
          .filter(
              row -> tool.startsWith("pip") || !texts(row, "options").contains("--prefer-binary"))
          .forEach(
              row -> {
                SelectionRequest request = request(row);
                Explanation explanation = selector.explain(request);
                List<String> listed = new ArrayList<>();
                request
                    .places()
                    .forEach(
                        place ->
                            place.files().forEach(f -> listed.add(place.name() + f.filename())));
                assertThat(explanation.verdicts())
                    .extracting(verdict -> verdict.place() + verdict.file())
                    .containsExactlyElementsOf(listed);
                assertThat(explanation.verdicts())
                    .as(tool + " " + row)
                    .noneMatch(verdict -> verdict.reason() == Reason.TOOL_FAILS);
              });
    }
  }

  private static String chosen(Explanation explanation) {
    return explanation.chosen().map(file -> file.place() + "/" + file.file()).orElse("null");
  }

  private static SelectionRequest request(JsonNode row) {
    return new SelectionRequest(
        Requirement.parse(row.get("req").asText()),
        List.of(place("A", Role.INDEX, row), place("B", Role.EXTRA_INDEX, row)),
        ConstraintLines.of(texts(row, "constraints")),
        SelectionOptions.parse(texts(row, "options")));
  }

  /** An empty list means that the index answers 404. */
  private static Place place(String name, Role role, JsonNode row) {
    List<ListedFile> files = new ArrayList<>();
    for (JsonNode entry : row.get(name)) {
      files.add(
          new ListedFile(
              entry.get("f").asText(),
              entry.get("rp").asText(""),
              entry.get("y").asBoolean(),
              Map.of()));
    }
    return files.isEmpty()
        ? Place.without(name, role, Answer.NOT_FOUND)
        : Place.served(name, role, files);
  }

  private static List<String> texts(JsonNode row, String field) {
    List<String> texts = new ArrayList<>();
    row.get(field).forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
