package io.github.wheelmirror.builder;

import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What install clients of this host run with: nothing of the user's but what finds upstream. */
public final class ClientHost {

  private static final Limits LIMITS = new Limits(Duration.ofMinutes(20), 256L << 20);
  private static final int LAST_LINES = 4;

  private final ProcessRunner runner;
  private final SearchPath path;
  private final Supplier<Interpreters> interpreters;
  private final Function<Target, Optional<Diagnosis>> refusal;
  private final Supplier<InstallerSettings> upstream;

  /**
   * @param refusal why a target is none of this host's; empty for its own
   * @param upstream where the configured index is, for what the mirror leaves to it
   */
  public ClientHost(
      ProcessRunner runner,
      SearchPath path,
      Supplier<Interpreters> interpreters,
      Function<Target, Optional<Diagnosis>> refusal,
      Supplier<InstallerSettings> upstream) {
    this.runner = runner;
    this.path = path;
    this.interpreters = interpreters;
    this.refusal = refusal;
    this.upstream = upstream;
  }

  SearchPath path() {
    return path;
  }

  /** Why no client of this host decides for the target; empty if one may. */
  Optional<String> refusal(Target target) {
    return refusal.apply(target).map(Diagnosis::symptom);
  }

  Interpreter interpreter(Target target) {
    return interpreters.get().find(target.id().python());
  }

  /** Environment variables that find upstream, with its logins. */
  Map<String, String> upstream() {
    return upstream.get().variables();
  }

  /** A program's environment with a home and temporary files of its own. */
  CleanEnvironment environment(Path scratch) throws IOException {
    return CleanEnvironment.at(Files.createDirectories(scratch.resolve("home")))
        .temporary(Files.createDirectories(scratch.resolve("tmp")))
        .path(path);
  }

  /**
   * What a pip needs to find the channel.
   *
   * @param upstreamToo whether the configured index is asked for what the channel has not
   */
  CleanEnvironment pipEnvironment(Path scratch, URI index, boolean upstreamToo) throws IOException {
    CleanEnvironment environment = environment(scratch);
    if (upstreamToo) {
      Map<String, String> upstream = upstream();
      String indexes =
          upstream.getOrDefault("PIP_INDEX_URL", "")
              + " "
              + upstream.getOrDefault("PIP_EXTRA_INDEX_URL", "");
      environment = environment.with(upstream).with("PIP_EXTRA_INDEX_URL", indexes.strip());
    }
    return environment.with("PIP_CONFIG_FILE", "/dev/null").with("PIP_INDEX_URL", index.toString());
  }

  ProcessOutcome run(List<String> argv, Path scratch, CleanEnvironment environment, Path log) {
    return runner.run(
        Command.of(new ArrayList<>(argv), scratch, environment.variables()), LIMITS, log);
  }

  /** The end of what a program printed, without logins, in one line. */
  String lastWords(ProcessOutcome outcome) {
    String printed = outcome.transcript().standardOutput() + outcome.transcript().output();
    List<String> lines =
        printed
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("DEBUG"))
            .toList();
    List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    String words = last.isEmpty() ? outcome.describe() : String.join(" ", last);
    return upstream.get().withoutLogins(words);
  }

  /** The file that a URL ends in. */
  static String filename(String url) {
    String whole = URI.create(url).getRawPath();
    return URLDecoder.decode(
        whole.substring(whole.lastIndexOf('/') + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
