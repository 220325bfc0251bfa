package io.github.wheelmirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.builder.Interpreter;
import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Programs and libraries of others that read what a snapshot hands out: the newest pip, packaging
 * and cyclonedx-python-lib, below {@code target/tools/peers} where {@code .ci/run} has them.
 */
final class Peers {

  private static final Limits LIMITS = new Limits(Duration.ofMinutes(5), 16 << 20);
  private static final ProcessRunner RUNNER = ProcessRunner.create();

  private final Path libraries;

  private Peers(Path libraries) {
    this.libraries = libraries;
  }

  /** A machine without them fails the test in CI and skips it elsewhere. */
  static Peers need() {
    Path libraries =
        Path.of(System.getProperty("basedir", "")).resolve("target/tools/peers").toAbsolutePath();
    Programs.require(
        Files.isDirectory(libraries.resolve("cyclonedx")),
        "pip, packaging and cyclonedx-python-lib are needed in " + libraries);
    return new Peers(libraries);
  }

  /** What a program for the Python of the path prints, which must end well. */
  String python(Path folder, String program, List<String> arguments) throws IOException {
    List<String> argv =
        new ArrayList<>(List.of(Programs.need("python3").toString(), "-c", program));
    argv.addAll(arguments);
    return run(folder, argv);
  }

  /** Installs what a lock file has into the folder's {@code target}. */
  void pipInstall(Path folder, Interpreter python, String lock) throws IOException {
    List<String> argv = new ArrayList<>(List.of(python.executable().toString(), "-m", "pip"));
    argv.addAll(List.of("--disable-pip-version-check", "--no-cache-dir", "--no-input"));
    argv.addAll(List.of("install", "--no-index", "--no-compile"));
    argv.addAll(List.of("--target", folder.resolve("target").toString(), "-r", lock));
    run(folder, argv);
  }

  /** As {@link #pipInstall}, by uv. */
  void uvInstall(Path folder, Path uv, Interpreter python, String lock) throws IOException {
    List<String> argv = new ArrayList<>(List.of(uv.toString(), "pip", "install", "--no-config"));
    argv.addAll(List.of("--no-cache", "--no-index"));
    argv.addAll(List.of("--python", python.executable().toString()));
    argv.addAll(List.of("--target", folder.resolve("target").toString(), "-r", lock));
    run(folder, argv);
  }

  private String run(Path folder, List<String> argv) throws IOException {
    var environment =
        CleanEnvironment.at(Files.createDirectories(folder.resolve("home")))
            .temporary(Files.createDirectories(folder.resolve("tmp")))
            .with("PIP_CONFIG_FILE", "/dev/null")
            .with("PYTHONPATH", libraries.toString())
            .with("UV_PYTHON_DOWNLOADS", "never")
            .variables();
    ProcessOutcome outcome =
        RUNNER.run(Command.of(argv, folder.toAbsolutePath(), environment), LIMITS);
    assertThat(outcome.succeeded())
        .as("%s%n%s", String.join(" ", argv), outcome.transcript().output())
        .isTrue();
    return outcome.transcript().output();
  }
}
