package io.github.wheelmirror.builder;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks a Python for its facts. */
public final class TargetProbe {

  private final PythonAnswers answers;

  /** A probe that asks in this way. */
  public TargetProbe(PythonAnswers answers) {
    this.answers = answers;
  }

  /** The facts of that Python, or nothing when the file does not answer as a Python does. */
  public Optional<InterpreterFacts> ask(Path python) {
    try {
      PythonAnswers.Answer answer = answers.ask(python, Script.FACTS);
      byte[] text = answer.text().getBytes(StandardCharsets.UTF_8);
      return answer.succeeded()
          ? Optional.of(read(Json.tree(text, "the answer of " + python)))
          : Optional.empty();
    } catch (MirrorException | IllegalArgumentException e) {
      // whatever it is, it is not a Python that speaks for itself
      return Optional.empty();
    }
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> one : object.properties()) {
      texts.put(one.getKey(), one.getValue().asText());
    }
    return texts;
  }

  private static InterpreterFacts read(JsonNode facts) {
    Map<String, String> markers = texts(facts.path("markers"));
    JsonNode version = facts.path("version_info");
    return new InterpreterFacts(
        markers,
        List.of(version.path(0).asInt(), version.path(1).asInt(), version.path(2).asInt()),
        text(markers, "python_full_version"),
        Path.of(text(facts, "executable")),
        Path.of(text(facts, "base_executable")),
        new InterpreterFacts.Abi(
            text(facts, "soabi"),
            text(facts, "ext_suffix"),
            facts.path("debug").asBoolean(),
            facts.path("free_threaded").asBoolean(),
            facts.path("pymalloc").asBoolean(),
            facts.path("wide_unicode").asBoolean(),
            facts.path("pointer_bits").asInt()),
        new InterpreterFacts.Host(
            text(facts, "platform"),
            text(markers, "platform_machine"),
            text(facts, "libc_name"),
            text(facts, "libc_version"),
            facts.path("manylinux_module").asBoolean(),
            text(facts, "os_id"),
            text(facts, "os_version")),
        new InterpreterFacts.Tools(
            text(facts, "pip_version"),
            text(facts, "pip_folder"),
            facts.path("has_venv").asBoolean(),
            facts.path("has_ensurepip").asBoolean(),
            facts.path("externally_managed").asBoolean()),
        texts(facts.path("compilers")));
  }

  private static String text(JsonNode facts, String name) {
    JsonNode value = facts.path(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("no " + name);
    }
    return value.asText();
  }

  private static String text(Map<String, String> markers, String name) {
    String value = markers.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }
}
