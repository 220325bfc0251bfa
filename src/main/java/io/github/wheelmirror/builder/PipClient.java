package io.github.wheelmirror.builder;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.tree.InstallClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pip of a target's own Python; what it takes is in its installation report. */
public final class PipClient implements InstallClient {

  /** The first one with {@code --report} and {@code --dry-run}. */
  private static final Version FIRST = Version.parse("22.2");

  private final ClientHost host;

  /** The pips of this host. */
  public PipClient(ClientHost host) {
    this.host = host;
  }

  @Override
  public String name() {
    return "pip";
  }

  @Override
  public Answer resolve(Question question) {
    Optional<String> refusal = host.refusal(question.target());
    if (refusal.isPresent()) {
      return new Answer.Absent(refusal.get());
    }
    Interpreter python = host.interpreter(question.target());
    InterpreterFacts.Tools tools = python.facts().tools();
    if (!tools.hasPip()) {
      return new Answer.Absent(python.name() + " has no pip");
    }
    String client = "pip " + tools.pipVersion();
    if (Version.parse(tools.pipVersion()).compareTo(FIRST) < 0) {
      return new Answer.Absent(client + " of " + python.name() + " cannot report what it takes");
    }
    try {
      return resolve(question, python, client);
    } catch (IOException e) {
      throw MirrorException.machinery(
          client + " cannot be run",
          IoWords.of(e),
          "make room or make " + question.scratch() + " writable for this user",
          e);
    }
  }

  private Answer resolve(Question question, Interpreter python, String client) throws IOException {
    Path scratch = question.scratch();
    Path report = scratch.resolve("report.json");
    Path requirements = Files.write(scratch.resolve("requirements.txt"), question.requirements());
    List<String> argv =
        new ArrayList<>(
            List.of(
                python.executable().toString(),
                Script.RUN_PIP.writeInto(scratch.resolve("pip")).toString(),
                python.facts().tools().pipFolder(),
                "install",
                "--dry-run",
                "--ignore-installed",
                "--quiet",
                "--disable-pip-version-check",
                "--no-input",
                "--no-cache-dir",
                "--only-binary",
                ":all:",
                "--report",
                report.toString(),
                "-c",
                question.constraints().toAbsolutePath().toString(),
                "-r",
                requirements.toString()));
    if (!question.dependencies()) {
      argv.add("--no-deps");
    }
    ProcessOutcome outcome =
        host.run(
            argv,
            scratch,
            host.pipEnvironment(scratch, question.index(), question.upstreamToo()),
            scratch.resolve("pip.log"));
    if (outcome instanceof ProcessOutcome.Interrupted) {
      return new Answer.Absent("interrupted");
    }
    if (!outcome.succeeded()) {
      return new Answer.Refused(client, host.lastWords(outcome));
    }
    return new Answer.Taken(client, taken(Files.readAllBytes(report)));
  }

  /** Of an installation report, version 1 (pip's documentation; PEP 610 for each download). */
  private static Map<ProjectName, TakenFile> taken(byte[] report) {
    Map<ProjectName, TakenFile> taken = new HashMap<>();
    for (JsonNode each : Json.tree(report, "pip's report").path("install")) {
      JsonNode download = each.path("download_info");
      String sha256 = download.path("archive_info").path("hashes").path("sha256").asText("");
      taken.put(
          ProjectName.parse(each.path("metadata").path("name").asText()),
          new TakenFile(ClientHost.filename(download.path("url").asText()), sha256));
    }
    return taken;
  }
}
