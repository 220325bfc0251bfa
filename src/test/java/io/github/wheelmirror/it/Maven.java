package io.github.wheelmirror.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs Maven in a project of {@code it/} again, from {@code verify.groovy}, as the invoker ran it
 * first: the same Maven, local repository, settings and environment.
 */
public final class Maven {

  private static final long LIMIT_MINUTES = 5;

  private final Path folder;
  private final List<String> command;
  private final Map<String, String> environment = new TreeMap<>();
  private final List<String> kept = new ArrayList<>(List.of("mirror"));

  private Maven(Path folder, List<String> command) {
    this.folder = folder;
    this.command = command;
  }

  /**
   * Maven for the project of a script.
   *
   * @param variables the script's {@code binding.variables}; the POM gives them to all scripts
   */
  public static Maven of(Map<String, ?> variables) throws IOException {
    Path folder = ((File) value(variables, "basedir")).toPath();
    String home = value(variables, "itMavenHome").toString();
    Path settings = folder.resolve("../" + folder.getFileName() + "-settings.xml").normalize();
    Files.writeString(
        settings,
        Files.readString(Path.of(value(variables, "itSettings").toString()))
            .replace(
                "@localRepositoryUrl@",
                Path.of(value(variables, "itOuterRepository").toString()).toUri().toString()));
    Maven maven =
        new Maven(
            folder,
            List.of(
                Path.of(home, "bin", "mvn").toString(),
                "-B",
                "-s",
                settings.toString(),
                "-Dmaven.repo.local=" + value(variables, "localRepositoryPath")));
    return maven.environment("MAVEN_OPTS", value(variables, "itMavenOpts").toString());
  }

  private static Object value(Map<String, ?> variables, String name) {
    Object value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the invoker gives scripts no " + name);
    }
    return value;
  }

  /** Sets an environment variable of the runs. */
  public Maven environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** How a script calls Maven, with what is before the goals. */
  public String commandLine() {
    return String.join(" ", command);
  }

  /** Names more files and folders that a refused run must leave as they are. */
  public Maven keeping(String... paths) {
    kept.addAll(List.of(paths));
    return this;
  }

  /** Starts Maven; it writes to the log file. */
  public Process start(Path log, List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(command);
    all.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(all)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    builder.environment().remove("MAVEN_CMD_LINE_ARGS");
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  /** Runs Maven with these arguments to its end. */
  public Run run(String... arguments) throws IOException, InterruptedException {
    Path log = nextLog();
    Process process = start(log, List.of(arguments));
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("mvn " + String.join(" ", arguments) + " hangs, see " + log);
    }
    return new Run(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
  }

  /** Runs Maven, which must succeed and say these words. */
  public Run succeeds(List<String> arguments, String... words)
      throws IOException, InterruptedException {
    Run run = run(arguments.toArray(String[]::new));
    assertThat(run.exit()).as("exit code of mvn %s\n%s", arguments, run.log()).isZero();
    return run.says(words);
  }

  /**
   * Runs Maven, which must refuse in the house form with these words and leave what existed as it
   * was.
   */
  public Run refuses(List<String> arguments, String... words)
      throws IOException, InterruptedException {
    Map<String, String> before = state();
    Run run = run(arguments.toArray(String[]::new));
    assertThat(run.exit()).as("exit code of mvn %s\n%s", arguments, run.log()).isNotZero();
    run.refusal(words);
    assertThat(Scenario.changes(before, state()))
        .as("changes to what existed before mvn %s", arguments)
        .isEmpty();
    return run;
  }

  private Map<String, String> state() throws IOException {
    return Scenario.state(
        kept.stream().map(path -> folder.resolve(path).toFile()).toArray(File[]::new));
  }

  private Path nextLog() throws IOException {
    try (Stream<Path> logs = Files.list(folder)) {
      long number =
          logs.filter(file -> file.getFileName().toString().matches("build-\\d+\\.log")).count();
      return folder.resolve("build-" + (number + 2) + ".log");
    }
  }

  /** How a run ended and what it printed. */
  public record Run(int exit, String log) {

    /** The run that the invoker made of the project in the folder. */
    public static Run first(File folder, int exit) {
      try {
        return new Run(exit, Scenario.log(folder));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The words must be in the log. */
    public Run says(String... words) {
      for (String word : words) {
        assertThat(log).contains(word);
      }
      return this;
    }

    /** The words must not be in the log. */
    public Run saysNot(String... words) {
      for (String word : words) {
        assertThat(log).doesNotContain(word);
      }
      return this;
    }

    /**
     * The log must end in what, why and fix, with these words, and nothing meant for developers.
     */
    public Run refusal(String... words) {
      assertThat(log).containsPattern("(?m)^\\[ERROR\\]   why: \\S");
      assertThat(log).containsPattern("(?m)^\\[ERROR\\]   fix: \\S");
      for (String line : log.lines().toList()) {
        assertThat(line)
            .doesNotContainPattern("^\\s*at [\\w.$/]+\\(")
            .doesNotContainPattern("Execution \\S+ of goal .* failed")
            .doesNotContainPattern("\\b[A-Z][A-Za-z]+(Exception|Error)\\b(?!\\]?$)");
      }
      return says(words);
    }
  }
}
