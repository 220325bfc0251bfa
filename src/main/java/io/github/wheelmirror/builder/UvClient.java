package io.github.wheelmirror.builder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.python.InvalidVersionException;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.tree.InstallClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The uv of this host. Its lock file (PEP 751) has all compatible files of a version with their
 * hashes; which one it takes is told in its log.
 */
public final class UvClient implements InstallClient {

  /** The first one that writes {@code pylock.toml}. */
  private static final Version FIRST = Version.parse("0.7");

  private static final Pattern VERSION = Pattern.compile("uv (\\S+).*", Pattern.DOTALL);
  private static final Pattern SELECTING =
      Pattern.compile("DEBUG Selecting: (\\S+?)==\\S+ \\[[^]]*] \\((\\S+)\\)");

  /** What pip's variables are called in uv, beside the indexes. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "PIP_FIND_LINKS", "UV_FIND_LINKS",
          "PIP_TRUSTED_HOST", "UV_INSECURE_HOST",
          "PIP_CERT", "SSL_CERT_FILE");

  private final ClientHost host;

  /** The uv of this host. */
  public UvClient(ClientHost host) {
    this.host = host;
  }

  @Override
  public String name() {
    return "uv";
  }

  @Override
  public Answer resolve(Question question) {
    Optional<Path> program = host.path().find("uv");
    if (program.isEmpty()) {
      return new Answer.Absent("there is no uv on the PATH");
    }
    Optional<String> refusal = host.refusal(question.target());
    if (refusal.isPresent()) {
      return new Answer.Absent(refusal.get());
    }
    try {
      String client = version(program.get(), question.scratch());
      if (client.isEmpty()) {
        return new Answer.Absent("the uv on the PATH is older than " + FIRST + " or does not run");
      }
      return resolve(question, program.get(), client);
    } catch (IOException e) {
      throw MirrorException.machinery(
          "uv cannot be run",
          IoWords.of(e),
          "make room or make " + question.scratch() + " writable for this user",
          e);
    }
  }

  /** Name and version, {@code ""} if it is no uv that can be asked. */
  private String version(Path program, Path scratch) throws IOException {
    ProcessOutcome outcome =
        host.run(
            List.of(program.toString(), "--version"),
            scratch,
            host.environment(scratch),
            scratch.resolve("version.log"));
    Matcher matcher = VERSION.matcher(outcome.transcript().output());
    return outcome.succeeded() && matcher.matches() && isUsable(matcher.group(1))
        ? "uv " + matcher.group(1)
        : "";
  }

  private static boolean isUsable(String version) {
    try {
      return Version.parse(version).compareTo(FIRST) >= 0;
    } catch (InvalidVersionException e) {
      return false;
    }
  }

  private Answer resolve(Question question, Path program, String client) throws IOException {
    Path scratch = question.scratch();
    Path lock = scratch.resolve("pylock.toml");
    Path log = scratch.resolve("uv.log");
    Path requirements = Files.write(scratch.resolve("requirements.in"), question.requirements());
    List<String> argv =
        new ArrayList<>(
            List.of(
                program.toString(),
                "pip",
                "compile",
                "--verbose",
                "--no-config",
                "--no-cache",
                "--no-header",
                "--color",
                "never",
                "--python",
                host.interpreter(question.target()).executable().toString(),
                "--only-binary",
                ":all:",
                "--format",
                "pylock.toml",
                "--output-file",
                lock.toString(),
                "-c",
                question.constraints().toAbsolutePath().toString(),
                requirements.toString()));
    if (!question.dependencies()) {
      argv.add("--no-deps");
    }
    ProcessOutcome outcome = host.run(argv, scratch, environment(question), log);
    if (outcome instanceof ProcessOutcome.Interrupted) {
      return new Answer.Absent("interrupted");
    }
    if (!outcome.succeeded()) {
      return new Answer.Refused(client, host.lastWords(outcome));
    }
    return taken(client, lock, selected(log));
  }

  private CleanEnvironment environment(Question question) throws IOException {
    CleanEnvironment environment =
        host.environment(question.scratch()).with("UV_PYTHON_DOWNLOADS", "never");
    String index = question.index().toString();
    if (!question.upstreamToo()) {
      return environment.with("UV_DEFAULT_INDEX", index);
    }
    Map<String, String> upstream = host.upstream();
    String more = upstream.getOrDefault("PIP_EXTRA_INDEX_URL", "");
    environment =
        environment
            .with(upstream)
            .with("UV_INDEX", (index + " " + more).strip())
            .with("UV_DEFAULT_INDEX", upstream.getOrDefault("PIP_INDEX_URL", index));
    for (Map.Entry<String, String> option : OPTIONS.entrySet()) {
      String value = upstream.getOrDefault(option.getKey(), "");
      if (!value.isEmpty()) {
        environment = environment.with(option.getValue(), value);
      }
    }
    return environment;
  }

  /** The file of each project; the last one counts, as it may have tried others before. */
  private static Map<ProjectName, String> selected(Path log) throws IOException {
    Map<ProjectName, String> selected = new HashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = SELECTING.matcher(line);
        if (matcher.find()) {
          selected.put(ProjectName.parse(matcher.group(1)), matcher.group(2));
        }
      }
    }
    return selected;
  }

  private static Answer taken(String client, Path lock, Map<ProjectName, String> selected)
      throws IOException {
    Map<ProjectName, TakenFile> taken = new HashMap<>();
    for (JsonNode each : new TomlMapper().readTree(Files.readString(lock)).path("packages")) {
      ProjectName name = ProjectName.parse(each.path("name").asText());
      Map<String, String> files = new HashMap<>();
      for (JsonNode wheel : each.path("wheels")) {
        String filename =
            wheel.has("name")
                ? wheel.path("name").asText()
                : ClientHost.filename(wheel.path("url").asText());
        files.put(filename, wheel.path("hashes").path("sha256").asText(""));
      }
      String only = files.size() == 1 ? files.keySet().iterator().next() : "";
      String filename = selected.getOrDefault(name, only);
      if (filename.isEmpty() || !files.containsKey(filename)) {
        return new Answer.Absent(client + " does not tell which file of " + name + " it takes");
      }
      taken.put(name, new TakenFile(filename, files.getOrDefault(filename, "")));
    }
    return new Answer.Taken(client, taken);
  }
}
