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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the PEP 517 hooks of one source tree in a child process, inside the sandbox. */
final class HookRunner {

  private static final long MAX_ANSWER_BYTES = 1 << 20;

  /** What the hooks answered. */
  sealed interface Answer {

    /** The backend wants these too. */
    record Wants(List<String> requirements) implements Answer {}

    /** The backend made this file in the output folder. */
    record Made(String fileName) implements Answer {}

    /** The process did not end well, or its answer makes no sense. */
    record Failed(ProcessOutcome outcome) implements Answer {}
  }

  /**
   * One source tree with its folders.
   *
   * @param folder the only one that may be written; holds all of the others
   */
  record Workplace(Path folder, Path source) {
    Path wheels() {
      return folder.resolve("wheels");
    }

    private Path home() {
      return folder.resolve("home");
    }

    private Path temporary() {
      return folder.resolve("tmp");
    }

    private Path control() {
      return folder.resolve("control");
    }
  }

  private final ProcessRunner runner;
  private final Sandbox sandbox;
  private final SearchPath path;

  HookRunner(ProcessRunner runner, Sandbox sandbox, SearchPath path) {
    this.runner = runner;
    this.sandbox = sandbox;
    this.path = path;
  }

  /**
   * @param have the requirements that the environment was made with
   */
  Answer run(
      Workplace place,
      BuildSystem system,
      BuildEnvironment environment,
      List<String> have,
      long sourceDateEpoch,
      Limits limits,
      Path log)
      throws IOException {
    for (Path folder : List.of(place.wheels(), place.home(), place.temporary(), place.control())) {
      Files.createDirectories(folder);
    }
    Path answer = place.control().resolve("answer.json");
    Files.deleteIfExists(answer);
    Path script = Script.BUILD_WHEEL.writeInto(place.control());
    List<String> argv =
        new ArrayList<>(
            List.of(
                environment.python().toString(),
                script.toString(),
                answer.toString(),
                place.wheels().toString(),
                system.backend()));
    system.backendPath().forEach(one -> argv.addAll(List.of("--path", one.toString())));
    have.forEach(one -> argv.addAll(List.of("--have", one)));
    ProcessOutcome outcome =
        runner.run(
            Command.of(
                sandbox.wrap(argv, place.folder()),
                place.source(),
                variables(place, environment, sourceDateEpoch)),
            limits,
            log);
    return outcome.succeeded() ? read(answer, outcome) : new Answer.Failed(outcome);
  }

  private Map<String, String> variables(
      Workplace place, BuildEnvironment environment, long sourceDateEpoch) {
    List<Path> programs =
        Stream.concat(
                Stream.of(environment.directory().resolve("bin")), path.directories().stream())
            .toList();
    return CleanEnvironment.at(place.home())
        .temporary(place.temporary())
        .path(new SearchPath(programs))
        .with("SOURCE_DATE_EPOCH", Long.toString(sourceDateEpoch))
        .with("PYTHONHASHSEED", "0")
        .with("PYTHONDONTWRITEBYTECODE", "1")
        .with("PYTHONNOUSERSITE", "1")
        .variables();
  }

  private static Answer read(Path file, ProcessOutcome outcome) throws IOException {
    // the build could have put anything in the answer's place
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        || Files.size(file) > MAX_ANSWER_BYTES) {
      return new Answer.Failed(outcome);
    }
    try {
      JsonNode answer = Json.tree(Files.readAllBytes(file), file.toString());
      if (answer.path("wheel").isTextual()) {
        return new Answer.Made(answer.path("wheel").asText());
      }
      List<String> requirements = new ArrayList<>();
      answer.path("requires").forEach(one -> requirements.add(one.asText()));
      return requirements.isEmpty()
          ? new Answer.Failed(outcome)
          : new Answer.Wants(List.copyOf(requirements));
    } catch (MirrorException noJson) {
      return new Answer.Failed(outcome);
    }
  }
}
