package io.github.wheelmirror.builder;

import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Makes one build environment without {@code ensurepip}: a virtual environment without pip. Locked
 * wheels are put there by {@link WheelInstaller}, which needs no tool; what has to be found is
 * installed by a pip of this host. That pip is run by the environment's own Python, so neither an
 * externally managed Python (PEP 668) nor an old pip is in the way.
 */
public final class EnvironmentMaker {

  private static final long MAX_LOG_BYTES = 10_000_000;

  /** Making an environment takes a tool's time, not a build's. */
  private static final Duration SHORT = Duration.ofMinutes(2);

  /**
   * What to make.
   *
   * @param folder empty, gets everything
   */
  record Order(
      Path folder,
      Interpreter interpreter,
      EnvironmentContents contents,
      InstallerSettings index,
      Duration timeout,
      Path log) {}

  private final ProcessRunner runner;
  private final Interpreters interpreters;
  private final SearchPath path;
  private final Path home;
  private final VirtualEnvironments virtual;

  /**
   * @param interpreters where a pip is looked for when a Python has none
   * @param home the user's, where pip's configuration and cache are
   */
  public EnvironmentMaker(
      ProcessRunner runner, Interpreters interpreters, SearchPath path, Path home) {
    this.runner = runner;
    this.interpreters = interpreters;
    this.path = path;
    this.home = home;
    this.virtual = new VirtualEnvironments(runner, path, home);
  }

  /** The environment as it is in its folder. */
  static BuildEnvironment environment(Path folder, List<String> freeze) {
    Path directory = folder.resolve("env");
    return new BuildEnvironment(directory, directory.resolve("bin/python"), freeze);
  }

  EnvironmentResult make(Order order) throws IOException {
    Interpreter interpreter = order.interpreter();
    if (!interpreter.facts().tools().hasVenv()) {
      return new EnvironmentResult.Failed(interpreter + " has no module venv", "");
    }
    BuildEnvironment made = environment(order.folder(), List.of());
    Optional<EnvironmentResult> failure = bare(order, made);
    if (failure.isPresent()) {
      return failure.get();
    }
    if (order.contents().isEmpty()) {
      return new EnvironmentResult.Ready(made);
    }
    if (order.contents() instanceof EnvironmentContents.Locked locked) {
      List<Path> files = locked.files().get();
      if (installation(order).isDone(made, locked.wheels(), files)) {
        return new EnvironmentResult.Ready(environment(order.folder(), installed(made)));
      }
      FileTree.delete(made.directory());
      failure = bare(order, made);
      return failure.isPresent() ? failure.get() : byPip(order, made, exactly(files), clean());
    }
    EnvironmentContents.Wanted wanted = (EnvironmentContents.Wanted) order.contents();
    Path constraints = order.folder().resolve("constraints.txt");
    Files.write(constraints, wanted.constraints());
    CleanEnvironment environment =
        clean()
            .path(withPrograms(made))
            .with(order.index().variables())
            // as a URL: pip splits the value at blanks; also meant for requirements that are built
            .with("PIP_CONSTRAINT", constraints.toUri().toString())
            .with("PIP_BUILD_CONSTRAINT", constraints.toUri().toString());
    List<String> arguments =
        new ArrayList<>(List.of("--prefer-binary", "-c", constraints.toString()));
    arguments.addAll(wanted.requirements());
    return byPip(order, made, arguments, environment);
  }

  private LockedInstallation installation(Order order) {
    Path all = order.folder().toAbsolutePath().getParent();
    return new LockedInstallation(
        order.interpreter(),
        new Bytecode(Objects.requireNonNull(all), runner, clean()),
        order.folder().resolve("bytecode"),
        order.log());
  }

  private static List<String> exactly(List<Path> files) {
    List<String> arguments = new ArrayList<>(List.of("--no-deps", "--no-index"));
    files.forEach(file -> arguments.add(file.toString()));
    return arguments;
  }

  private EnvironmentResult byPip(
      Order order, BuildEnvironment made, List<String> arguments, CleanEnvironment environment)
      throws IOException {
    Path script = Script.RUN_PIP.writeInto(order.folder().resolve("pip"));
    Optional<String> pip = findPip(order, made, script);
    if (Thread.currentThread().isInterrupted()) {
      return new EnvironmentResult.Interrupted();
    }
    if (pip.isEmpty()) {
      return new EnvironmentResult.Failed(
          "no pip of this host runs on "
              + order.interpreter()
              + "; install one, such as the package python3-pip",
          "");
    }
    return byPip(order, made, script, pip.get(), arguments, environment);
  }

  private EnvironmentResult byPip(
      Order order,
      BuildEnvironment made,
      Path script,
      String pipFolder,
      List<String> arguments,
      CleanEnvironment environment)
      throws IOException {
    List<String> argv =
        new ArrayList<>(
            List.of(
                made.python().toString(),
                script.toString(),
                pipFolder,
                "install",
                "--disable-pip-version-check",
                "--no-input",
                "--no-warn-script-location"));
    argv.addAll(arguments);
    ProcessOutcome outcome =
        runner.run(
            Command.of(
                argv,
                order.folder(),
                environment
                    // a user's configuration may say otherwise
                    .with("PIP_USER", "0")
                    .with("PIP_ROOT_USER_ACTION", "ignore")
                    .variables()),
            new Limits(order.timeout(), MAX_LOG_BYTES),
            order.log());
    hideLogins(order);
    if (!outcome.succeeded()) {
      return failed(
          "the build requirements "
              + String.join(", ", named(order.contents()))
              + " cannot be installed",
          outcome,
          order.index()::withoutLogins);
    }
    return new EnvironmentResult.Ready(environment(order.folder(), installed(made)));
  }

  private static List<String> named(EnvironmentContents contents) {
    return contents instanceof EnvironmentContents.Locked locked
        ? locked.wheels().stream().map(each -> each.project() + "==" + each.version()).toList()
        : ((EnvironmentContents.Wanted) contents).requirements();
  }

  private Optional<EnvironmentResult> bare(Order order, BuildEnvironment made) throws IOException {
    return virtual
        .make(order.interpreter(), made.directory(), order.log())
        .map(
            outcome ->
                failed(
                    "cannot make a virtual environment of " + order.interpreter(),
                    outcome,
                    UnaryOperator.identity()));
  }

  /** The folder of its own pip, else of the first pip on this host that its Python can run. */
  private Optional<String> findPip(Order order, BuildEnvironment made, Path script) {
    InterpreterFacts.Tools own = order.interpreter().facts().tools();
    if (own.hasPip()) {
      return Optional.of(own.pipFolder());
    }
    return interpreters.all().stream()
        .filter(other -> other.facts().tools().hasPip())
        .map(other -> other.facts().tools().pipFolder())
        .filter(
            folder ->
                runner
                    .run(
                        Command.of(
                            List.of(
                                made.python().toString(), script.toString(), folder, "--version"),
                            order.folder(),
                            clean().variables()),
                        new Limits(SHORT, MAX_LOG_BYTES))
                    .succeeded())
        .findFirst();
  }

  private CleanEnvironment clean() {
    return CleanEnvironment.at(home).path(path);
  }

  private SearchPath withPrograms(BuildEnvironment made) {
    return new SearchPath(
        Stream.concat(Stream.of(made.directory().resolve("bin")), path.directories().stream())
            .toList());
  }

  private static void hideLogins(Order order) throws IOException {
    // whatever bytes a tool prints, they come back as they were
    String log = Files.readString(order.log(), StandardCharsets.ISO_8859_1);
    String shown = order.index().withoutLogins(log);
    if (!shown.equals(log)) {
      Files.writeString(order.log(), shown, StandardCharsets.ISO_8859_1);
    }
  }

  private static EnvironmentResult failed(
      String reason, ProcessOutcome outcome, UnaryOperator<String> shown) {
    if (outcome instanceof ProcessOutcome.Interrupted) {
      return new EnvironmentResult.Interrupted();
    }
    return new EnvironmentResult.Failed(
        reason + " (" + outcome.describe() + ")", shown.apply(outcome.transcript().output()));
  }

  /** Read from the folders' names (PEP 376), which needs no run of Python. */
  private static List<String> installed(BuildEnvironment made) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.walk(made.directory().resolve("lib"), 3)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".dist-info"))
          .map(name -> name.substring(0, name.length() - ".dist-info".length()))
          .map(name -> name.replaceFirst("-", "=="))
          .sorted()
          .forEach(names::add);
    }
    return names;
  }
}
