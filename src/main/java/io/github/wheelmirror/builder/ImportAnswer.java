package io.github.wheelmirror.builder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.tree.ImportFailure.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code import_module.py} tells of a module, or that it tells nothing.
 *
 * @param words in one line, {@code ""} if it was imported
 */
record ImportAnswer(Optional<Kind> failure, String words) {

  private static final int MOST_WORDS = 300;

  /** What the dynamic linker says of a library that is not there (dlopen(3), glibc and musl). */
  private static final List<String> NO_LIBRARY =
      List.of("cannot open shared object file", "Error loading shared library");

  private static final List<String> NOT_LOADABLE =
      List.of("undefined symbol", "symbol not found", "invalid ELF header", "wrong ELF class");

  /**
   * Of how the import ended.
   *
   * @param own first parts of the names of the project's own modules
   */
  static ImportAnswer of(ProcessOutcome outcome, List<String> own) {
    if (outcome instanceof ProcessOutcome.TimedOut) {
      return failed(Kind.TIMEOUT, outcome.describe());
    }
    if (!outcome.succeeded()) {
      // 128 + n for signal n; every other code is one that the module chose
      boolean signal = outcome instanceof ProcessOutcome.Exited exited && exited.code() > 128;
      return failed(signal ? Kind.CRASHED : Kind.OTHER, outcome.describe() + lastWords(outcome));
    }
    JsonNode told = told(outcome.transcript().standardOutput());
    return told.has("error")
        ? of(told, own)
        : failed(Kind.OTHER, "it ended the interpreter" + lastWords(outcome));
  }

  /** Nothing where a module ended the interpreter, or wrote there what it likes. */
  private static JsonNode told(String answer) {
    try {
      return Json.tree(answer.getBytes(StandardCharsets.UTF_8), "the answer of an import");
    } catch (MirrorException noAnswer) {
      return MissingNode.getInstance();
    }
  }

  private static ImportAnswer of(JsonNode told, List<String> own) {
    List<String> error = new ArrayList<>();
    told.path("error").forEach(each -> error.add(each.asText()));
    if (error.isEmpty()) {
      return new ImportAnswer(Optional.empty(), "");
    }
    String message = told.path("message").asText();
    String first = told.path("name").asText().split("\\.", 2)[0];
    return failed(kind(error, first, message, own), error.get(0) + ": " + message);
  }

  private static Kind kind(List<String> error, String first, String message, List<String> own) {
    if (error.contains("SyntaxError")) {
      return Kind.SYNTAX;
    }
    if (error.contains("ModuleNotFoundError")) {
      return own.contains(first) ? Kind.MISSING_OWN_MODULE : Kind.MISSING_MODULE;
    }
    if (error.contains("ImportError") && NO_LIBRARY.stream().anyMatch(message::contains)) {
      return Kind.MISSING_LIBRARY;
    }
    if (error.contains("ImportError") && NOT_LOADABLE.stream().anyMatch(message::contains)) {
      return Kind.BROKEN_EXTENSION;
    }
    return Kind.OTHER;
  }

  private static ImportAnswer failed(Kind kind, String words) {
    return new ImportAnswer(Optional.of(kind), inOneLine(words));
  }

  /** What Python said as it may be shown, the end cut if it is long. */
  static String inOneLine(String words) {
    String line = words.replaceAll("\\s+", " ").strip();
    return line.length() > MOST_WORDS ? line.substring(0, MOST_WORDS) + "…" : line;
  }

  private static String lastWords(ProcessOutcome outcome) {
    return outcome
        .transcript()
        .output()
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .reduce((before, last) -> last)
        .map(last -> ": " + last)
        .orElse("");
  }
}
