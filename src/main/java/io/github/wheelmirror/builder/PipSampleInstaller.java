package io.github.wheelmirror.builder;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.python.InvalidRecordException;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.TopLevelModules;
import io.github.wheelmirror.tree.CompiledSources;
import io.github.wheelmirror.tree.ImportFailure;
import io.github.wheelmirror.tree.SampleInstaller;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets the pip of a target's own Python install a sample into an environment without pip.
 *
 * <p>pip unpacks wheels and runs nothing of them, so it may reach the server on loopback. What
 * comes after it runs strangers' code (a {@code .pth} file is run by any Python of the environment)
 * and is shut off as builds are: no network, no other folder that can be written to, no variables
 * of the user. Safe for threads.
 */
public final class PipSampleInstaller implements SampleInstaller {

  private static final Limits CHECK = new Limits(Duration.ofMinutes(2), 4 << 20);
  private static final Limits IMPORT = new Limits(Duration.ofMinutes(1), 4 << 20);

  /** So many modules of a project are tried; one that has more is a collection of plug-ins. */
  private static final int MOST_MODULES = 20;

  private static final String INFO = ".dist-info";

  private final ClientHost host;
  private final ProcessRunner runner;
  private final VirtualEnvironments environments;
  private final PrivatePlaces hidden;
  private @Nullable Sandbox sandbox;

  /**
   * @param home the user's, for the module {@code venv} alone
   * @param hidden what of this host no code that is tried may see
   */
  public PipSampleInstaller(
      ClientHost host, ProcessRunner runner, Path home, PrivatePlaces hidden) {
    this.hidden = hidden;
    this.host = host;
    this.runner = runner;
    this.environments = new VirtualEnvironments(runner, host.path(), home);
  }

  /** One installation. */
  private record Place(Order order, Path folder, Path environment, String pipFolder, Path runPip) {

    String python() {
      return environment.resolve("bin/python").toString();
    }

    List<String> pip(String... arguments) {
      List<String> argv = new ArrayList<>(List.of(python(), runPip.toString(), pipFolder));
      argv.addAll(List.of(arguments));
      argv.add("--disable-pip-version-check");
      return argv;
    }
  }

  @Override
  public Result install(Order order) {
    Optional<String> refusal = host.refusal(order.target());
    if (refusal.isPresent()) {
      return new Result.Absent(refusal.get());
    }
    Interpreter python = host.interpreter(order.target());
    InterpreterFacts.Tools tools = python.facts().tools();
    if (!tools.hasPip() || !tools.hasVenv()) {
      return new Result.Absent(
          python.name() + " has no " + (tools.hasPip() ? "module venv" : "pip"));
    }
    try {
      Path folder = order.scratch().toRealPath();
      Path environment = folder.resolve("env");
      Optional<ProcessOutcome> failure =
          environments.make(python, environment, folder.resolve("venv.log"));
      if (failure.isPresent()) {
        return new Result.Absent(
            "no environment of " + python.name() + " can be made: " + failure.get().describe());
      }
      Path script = Script.RUN_PIP.writeInto(folder.resolve("pip"));
      return install(
          new Place(order, folder, environment, tools.pipFolder(), script),
          "pip " + tools.pipVersion());
    } catch (IOException e) {
      throw MirrorException.machinery(
          "a sample cannot be installed",
          IoWords.of(e),
          "make room or make " + order.scratch() + " writable for this user",
          e);
    }
  }

  private Result install(Place place, String client) throws IOException {
    Order order = place.order();
    Path requirements =
        Files.write(
            place.folder().resolve("requirements.txt"),
            order.pins().stream().map(Pin::toString).toList());
    ProcessOutcome installed =
        host.run(
            place.pip(
                "install",
                "--quiet",
                "--no-input",
                "--no-cache-dir",
                // compiled when it is imported; most is not
                "--no-compile",
                "--no-warn-script-location",
                "--only-binary",
                ":all:",
                "-c",
                order.constraints().toAbsolutePath().toString(),
                "-r",
                requirements.toString()),
            place.folder(),
            host.pipEnvironment(place.folder(), order.index(), order.upstreamToo())
                .with("PIP_USER", "0")
                .with("PIP_ROOT_USER_ACTION", "ignore"),
            place.folder().resolve("pip.log"));
    if (!(installed instanceof ProcessOutcome.Exited)) {
      return new Result.Absent(client + " did not install it: " + installed.describe());
    }
    if (!installed.succeeded()) {
      return new Result.Refused(client, host.lastWords(installed));
    }
    Map<ProjectName, Path> records = records(place.environment());
    // before anything of it runs, which could write there
    Optional<List<CompiledSources>> sources = compiled(place, records);
    if (sources.isEmpty()) {
      return new Result.Absent("interrupted");
    }
    ProcessOutcome check = shutOff(place, place.pip("check"), CHECK);
    if (!(check instanceof ProcessOutcome.Exited)) {
      return new Result.Absent(client + " did not check it: " + check.describe());
    }
    String inconsistent = check.succeeded() ? "" : host.lastWords(check);
    return imported(
        place, records, new Result.Installed(client, inconsistent, 0, List.of(), sources.get()));
  }

  /** Nothing if it was interrupted. */
  private Optional<List<CompiledSources>> compiled(Place place, Map<ProjectName, Path> records)
      throws IOException {
    String script = Script.COMPILE_SOURCES.writeInto(place.folder().resolve("compile")).toString();
    List<CompiledSources> sources = new ArrayList<>();
    for (Pin pin : place.order().pins()) {
      Path record = records.get(pin.name());
      if (record == null) {
        continue;
      }
      // -S: the environment's .pth files are not run
      List<String> argv =
          List.of(
              place.python(),
              "-I",
              "-S",
              script,
              place.environment().toString(),
              record.toString());
      ProcessOutcome outcome = shutOff(place, argv, IMPORT);
      if (outcome instanceof ProcessOutcome.Interrupted) {
        return Optional.empty();
      }
      sources.add(CompileAnswer.of(pin, outcome));
    }
    return Optional.of(sources);
  }

  private Result imported(Place place, Map<ProjectName, Path> records, Result.Installed before)
      throws IOException {
    Path script = Script.IMPORT_MODULE.writeInto(place.folder().resolve("import"));
    List<ImportFailure> failures = new ArrayList<>();
    int imported = 0;
    for (Pin pin : place.order().pins()) {
      TopLevelModules modules = modules(records.get(pin.name()));
      for (String module :
          modules.names().subList(0, Math.min(MOST_MODULES, modules.names().size()))) {
        ProcessOutcome outcome =
            shutOff(place, List.of(place.python(), "-I", script.toString(), module), IMPORT);
        if (outcome instanceof ProcessOutcome.Interrupted) {
          return new Result.Absent("interrupted");
        }
        ImportAnswer answer = ImportAnswer.of(outcome, modules.own());
        imported += answer.failure().isEmpty() ? 1 : 0;
        answer
            .failure()
            .ifPresent(
                kind ->
                    failures.add(
                        new ImportFailure(
                            pin,
                            module,
                            kind,
                            answer.words().replace(place.folder().toString(), ""))));
      }
    }
    return new Result.Installed(
        before.client(), before.inconsistent(), imported, failures, before.sources());
  }

  private static TopLevelModules modules(@Nullable Path record) throws IOException {
    if (record == null) {
      return new TopLevelModules(List.of(), List.of());
    }
    try {
      return TopLevelModules.ofRecord(Files.readAllBytes(record));
    } catch (InvalidRecordException unreadable) {
      // pip wrote it anew and read the wheel's; nothing is known to import
      return new TopLevelModules(List.of(), List.of());
    }
  }

  /** The file lists of what is installed (recording installed projects). */
  private static Map<ProjectName, Path> records(Path environment) throws IOException {
    Map<ProjectName, Path> records = new HashMap<>();
    for (Path library : listed(environment.resolve("lib"), "python*")) {
      for (Path info : listed(library.resolve("site-packages"), "*-*" + INFO)) {
        Path record = info.resolve("RECORD");
        if (Files.isRegularFile(record)) {
          records.put(project(String.valueOf(info.getFileName())), record);
        }
      }
    }
    return records;
  }

  /** Of {@code <name>-<version>.dist-info}; no version has a hyphen there. */
  private static ProjectName project(String info) {
    String named = info.substring(0, info.length() - INFO.length());
    return ProjectName.parse(named.substring(0, named.lastIndexOf('-')));
  }

  private static List<Path> listed(Path folder, String glob) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
      entries.forEach(found::add);
    }
    return found;
  }

  private ProcessOutcome shutOff(Place place, List<String> argv, Limits limits) throws IOException {
    return runner.run(
        Command.of(
                sandbox(place.folder()).wrap(argv, place.folder()),
                place.folder(),
                host.environment(place.folder()).with("PIP_CONFIG_FILE", "/dev/null").variables())
            .withStandardOutputApart(),
        limits);
  }

  /** The best one that works here; where none does, the code runs as builds do there. */
  private synchronized Sandbox sandbox(Path scratch) throws IOException {
    Sandbox found = sandbox;
    if (found == null) {
      found = Sandbox.find(runner, host.path(), hidden, scratch);
      sandbox = found;
    }
    return found;
  }
}
