package io.github.wheelmirror.builder;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.tree.CompiledSources;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What {@code compile_sources.py} tells of a project's sources, and of which it died. */
final class CompileAnswer {

  private static final String TURN = "at ";

  private CompileAnswer() {}

  /** Of how it ended, which was not by an interrupt. */
  static CompiledSources of(Pin pin, ProcessOutcome outcome) {
    if (!outcome.succeeded()) {
      return new CompiledSources(
          pin, 0, 1, 0, List.of(last(outcome)), 0, "the interpreter: " + outcome.describe());
    }
    JsonNode told =
        Json.tree(
            outcome.transcript().standardOutput().getBytes(StandardCharsets.UTF_8),
            "what compiles of " + pin);
    List<String> files = new ArrayList<>();
    told.path("files").forEach(file -> files.add(file.asText()));
    String words = told.path("error").asText() + ": " + told.path("message").asText();
    return new CompiledSources(
        pin,
        told.path("compiled").asInt(),
        told.path("failed").asInt(),
        told.path("skipped").asInt(),
        files,
        Math.max(0, told.path("line").asInt()),
        files.isEmpty() ? "" : ImportAnswer.inOneLine(words));
  }

  /** The file whose turn it was. */
  private static String last(ProcessOutcome outcome) {
    return outcome
        .transcript()
        .output()
        .lines()
        .filter(line -> line.startsWith(TURN))
        .reduce((before, last) -> last)
        .map(line -> line.substring(TURN.length()))
        .orElse("RECORD");
  }
}
