package io.github.wheelmirror.builder;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.process.SearchPath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a Python's own pip takes when nobody configures it.
 *
 * @param index its built-in index; {@code ""} if this Python has no pip
 * @param prefix {@code sys.prefix}, where its site-wide {@code pip.conf} is
 */
public record PipDefaults(String index, Path prefix) {

  private static final Limits LIMITS = new Limits(Duration.ofSeconds(60), 1 << 20);

  /**
   * Asks an interpreter.
   *
   * @throws MirrorException (machinery) if it does not answer
   */
  public static PipDefaults ask(
      Interpreter interpreter, ProcessRunner runner, SearchPath path, Path home) {
    Command command =
        Command.of(
                List.of(
                    interpreter.executable().toString(),
                    "-E",
                    "-s",
                    "-c",
                    Script.PIP_DEFAULTS.text()),
                Path.of("/"),
                CleanEnvironment.at(home).path(path).variables())
            .withStandardOutputApart();
    ProcessOutcome outcome = runner.run(command, LIMITS);
    if (!outcome.succeeded()) {
      throw MirrorException.machinery(
          "the pip of " + interpreter + " does not tell its index",
          outcome.transcript().output().strip(),
          "repair this pip, or name an index with -Dwheel-mirror.index=URL",
          null);
    }
    JsonNode answer =
        Json.tree(
            outcome.transcript().standardOutput().getBytes(StandardCharsets.UTF_8),
            "the answer of " + interpreter);
    return new PipDefaults(answer.path("index").asText(), Path.of(answer.path("prefix").asText()));
  }
}
