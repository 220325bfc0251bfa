package io.github.wheelmirror.clients;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.builder.Interpreter;
import io.github.wheelmirror.clients.SelectionScenario.Location;
import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.selection.Place.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A real pip or uv of a given version in a virtual environment of its own, below {@code
 * target/clients}, where it stays for the next run.
 *
 * @param name as {@code pip-26.3}
 * @param home the virtual environment
 */
record InstalledClient(String name, Path home) {

  private static final Limits LIMITS = new Limits(Duration.ofMinutes(5), 16 << 20);
  private static final ProcessRunner RUNNER = ProcessRunner.create();

  /**
   * What a client did.
   *
   * @param chosen {@code A/p-1.0-py3-none-any.whl}; {@code none} if it failed or did nothing
   */
  record Answer(String chosen, String output) {}

  /** Installs it from the index that the Python's own pip uses; empty if that cannot be reached. */
  static Optional<InstalledClient> install(String name, Interpreter python) throws IOException {
    Path home =
        Path.of(System.getProperty("basedir", ""))
            .resolve("target/clients/" + python.pythonTag() + "-" + name)
            .toAbsolutePath();
    InstalledClient client = new InstalledClient(name, home);
    if (Files.exists(home.resolve("complete"))) {
      return Optional.of(client);
    }
    Files.createDirectories(home.getParent());
    String executable = python.executable().toString();
    String site = "lib/python" + python.facts().shortVersion() + "/site-packages";
    boolean made =
        run(List.of(executable, "-m", "venv", "--clear", "--without-pip", home.toString()))
            && run(
                List.of(
                    executable,
                    "-m",
                    "pip",
                    "install",
                    "-q",
                    "--disable-pip-version-check",
                    "--target",
                    home.resolve(site).toString(),
                    name.replace("-", "==")));
    if (!made) {
      return Optional.empty();
    }
    Files.createFile(home.resolve("complete"));
    return Optional.of(client);
  }

  private static boolean run(List<String> argv) {
    Path here = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    return RUNNER.run(Command.of(argv, here, System.getenv()), LIMITS).succeeded();
  }

  boolean isUv() {
    return name.startsWith("uv-");
  }

  /** Whether it can leave out what was uploaded after a time. */
  boolean knowsUploads() {
    return isUv() || Integer.parseInt(name.substring("pip-".length()).split("\\.", 2)[0]) >= 26;
  }

  private Path python() {
    return home.resolve("bin/python");
  }

  /**
   * Asks for a scenario's requirement.
   *
   * @param places what the client is told of each location
   * @param more further options
   * @param folder a new folder
   */
  Answer ask(
      SelectionScenario scenario, Function<Location, String> places, List<String> more, Path folder)
      throws IOException {
    Files.createDirectories(folder.resolve("tmp"));
    Files.createDirectories(folder.resolve("home"));
    Path constraints = folder.resolve("constraints.txt");
    Files.write(constraints, scenario.constraints());
    Path requirements = folder.resolve("requirements.txt");
    StringBuilder line = new StringBuilder(scenario.requirement());
    scenario.hashes().forEach(hash -> line.append(" --hash=").append(hash));
    Files.writeString(requirements, line + "\n");
    List<String> argv = new ArrayList<>(isUv() ? uv(folder) : pip(folder));
    for (Location location : scenario.locations()) {
      argv.add(option(location.role()));
      argv.add(places.apply(location));
    }
    argv.addAll(more);
    argv.addAll(List.of("-c", constraints.toString(), "-r", requirements.toString()));
    Map<String, String> environment =
        CleanEnvironment.at(folder.resolve("home"))
            .temporary(folder.resolve("tmp"))
            .with("PIP_CONFIG_FILE", "/dev/null")
            .with("TZ", "UTC")
            .with("UV_HTTP_RETRIES", "0")
            .with("UV_PYTHON_DOWNLOADS", "never")
            .variables();
    ProcessOutcome outcome = RUNNER.run(Command.of(argv, folder, environment), LIMITS);
    String output = String.join(" ", argv) + "\n" + outcome.transcript().output();
    if (!outcome.succeeded()) {
      return new Answer("none", output);
    }
    return new Answer(isUv() ? installed(folder) : reported(folder), output);
  }

  private static String option(Role role) {
    return switch (role) {
      case INDEX -> "--index-url";
      case EXTRA_INDEX -> "--extra-index-url";
      case FIND_LINKS_PAGE, FIND_LINKS_DIRECTORY, FIND_LINKS_DIRECTORY_PAGES -> "--find-links";
    };
  }

  private List<String> pip(Path folder) {
    return List.of(
        python().toString(),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        "--no-cache-dir",
        "--retries",
        "0",
        "--dry-run",
        "--ignore-installed",
        "--no-deps",
        "--no-build-isolation",
        "-v",
        "--report",
        folder.resolve("report.json").toString());
  }

  private List<String> uv(Path folder) {
    Path program = home.resolve("bin/uv");
    try (Stream<Path> files = Files.walk(home.resolve("lib"), 5)) {
      Path found =
          files.filter(file -> file.endsWith(Path.of("bin/uv"))).findFirst().orElse(program);
      return List.of(
          found.toString(),
          "pip",
          "install",
          "--no-config",
          "--no-cache",
          "--no-deps",
          "--no-build-isolation",
          "--python",
          python().toString(),
          "--target",
          folder.resolve("target").toString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The place and file in the URL of pip's report. */
  private static String reported(Path folder) throws IOException {
    JsonNode installs =
        Json.tree(Files.readAllBytes(folder.resolve("report.json")), "pip's report")
            .path("install");
    if (installs.isEmpty()) {
      return "none";
    }
    return summary(installs.path(0).path("metadata").path("summary").asText());
  }

  /** The summary of what uv installed. */
  private static String installed(Path folder) throws IOException {
    Path target = folder.resolve("target");
    if (!Files.isDirectory(target)) {
      return "none";
    }
    try (Stream<Path> files = Files.walk(target, 2)) {
      List<Path> metadata = files.filter(file -> file.endsWith("METADATA")).toList();
      if (metadata.isEmpty()) {
        return "none";
      }
      String text = Files.readString(metadata.get(0), StandardCharsets.UTF_8);
      return summary(
          text.lines()
              .filter(line -> line.startsWith("Summary: "))
              .map(line -> line.substring("Summary: ".length()))
              .findFirst()
              .orElse(""));
    }
  }

  private static String summary(String text) {
    return text.isEmpty() ? "a file without a summary" : text;
  }
}
