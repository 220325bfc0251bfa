package io.github.wheelmirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.builder.Interpreter;
import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.process.ProcessRunner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The real pip of each Python, and the real uv, with nothing of this machine's configuration. */
final class Clients {

  private static final Limits LIMITS = new Limits(Duration.ofMinutes(5), 16 << 20);
  private static final ProcessRunner RUNNER = ProcessRunner.create();

  private Clients() {}

  /** Whether its pip can report what it takes. */
  static boolean hasPip(Interpreter python) {
    List<String> argv =
        List.of(python.executable().toString(), "-I", "-m", "pip", "install", "--help");
    Path root = Path.of("/");
    ProcessOutcome outcome =
        RUNNER.run(
            Command.of(argv, root, CleanEnvironment.at(root).variables()).withStandardOutputApart(),
            LIMITS);
    return outcome.transcript().standardOutput().contains("--report");
  }

  /** {@code pip install}, for real or as a dry run: what its own report says. */
  static Taken pipInstall(Job job, boolean dryRun) throws IOException {
    Path report = job.folder().resolve("report.json");
    List<String> arguments = new ArrayList<>(List.of("--report", report.toString()));
    if (dryRun) {
      arguments.add("--dry-run");
      arguments.add("--ignore-installed");
    } else {
      arguments.addAll(List.of("--no-compile", "--target", job.target().toString()));
    }
    pip(job, "install", arguments);
    Taken taken = new Taken();
    JsonNode installed = Json.tree(Files.readAllBytes(report), "pip's report").path("install");
    for (JsonNode each : installed) {
      JsonNode download = each.path("download_info");
      String url = URI.create(download.path("url").asText()).getPath();
      taken.add(url);
      assertThat(Taken.digest(url))
          .as("sha256 that pip reports for %s", url)
          .isEqualTo(download.path("archive_info").path("hashes").path("sha256").asText());
    }
    return taken;
  }

  /** {@code pip download}: the sha256 of each file that it left. */
  static Map<String, String> pipDownload(Job job) throws IOException {
    pip(job, "download", List.of("--dest", job.target().toString()));
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.list(job.target())) {
      for (Path file : files.toList()) {
        digests.put(String.valueOf(file.getFileName()), Sha256.of(file));
      }
    }
    return digests;
  }

  private static void pip(Job job, String command, List<String> arguments) throws IOException {
    List<String> argv =
        new ArrayList<>(
            List.of(
                job.python().executable().toString(),
                "-m",
                "pip",
                "--disable-pip-version-check",
                "--no-cache-dir",
                "--no-input",
                command,
                "--no-deps"));
    argv.addAll(arguments);
    run(job, argv, "--index-url");
  }

  /** {@code uv pip install}; what it took has to be seen elsewhere. */
  static void uvInstall(Path uv, Job job) throws IOException {
    run(
        job,
        List.of(
            uv.toString(),
            "pip",
            "install",
            "--no-config",
            "--no-cache",
            "--no-deps",
            "--python",
            job.python().executable().toString(),
            "--target",
            job.target().toString()),
        "--default-index");
  }

  private static void run(Job job, List<String> client, String indexOption) throws IOException {
    List<String> argv = new ArrayList<>(client);
    argv.addAll(List.of(indexOption, job.index(), "-c", job.constraints()));
    argv.addAll(job.requirements());
    Path home = Files.createDirectories(job.folder().resolve("home"));
    Map<String, String> environment =
        CleanEnvironment.at(home)
            .temporary(Files.createDirectories(job.folder().resolve("tmp")))
            .with("PIP_CONFIG_FILE", "/dev/null")
            .with("UV_PYTHON_DOWNLOADS", "never")
            .variables();
    ProcessOutcome outcome =
        RUNNER.run(Command.of(argv, job.folder().toAbsolutePath(), environment), LIMITS);
    assertThat(outcome.succeeded())
        .as("%s%n%s", String.join(" ", argv), outcome.transcript().output())
        .isTrue();
  }
}
