package io.github.wheelmirror.builder;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What a Python's own pip takes when nobody configures it.
 *
 * @param index its built-in index; {@code ""} if this Python has no pip
 * @param prefix {@code sys.prefix}, where its site-wide {@code pip.conf} is
 */
public record PipDefaults(String index, Path prefix) {

  /**
   * Asks an interpreter.
   *
   * @throws MirrorException (machinery) if it does not answer
   */
  public static PipDefaults ask(Interpreter interpreter, PythonAnswers answers) {
    PythonAnswers.Answer answer = answers.ask(interpreter.executable(), Script.PIP_DEFAULTS);
    if (!answer.succeeded()) {
      throw MirrorException.machinery(
          "the pip of " + interpreter + " does not tell its index",
          answer.words().strip(),
          "repair this pip, or name an index with -Dwheel-mirror.index=URL",
          null);
    }
    JsonNode facts =
        Json.tree(answer.text().getBytes(StandardCharsets.UTF_8), "the answer of " + interpreter);
    return new PipDefaults(facts.path("index").asText(), Path.of(facts.path("prefix").asText()));
  }
}
