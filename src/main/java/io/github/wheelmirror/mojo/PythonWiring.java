package io.github.wheelmirror.mojo;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.builder.HostTargets;
import io.github.wheelmirror.builder.Interpreter;
import io.github.wheelmirror.builder.Interpreters;
import io.github.wheelmirror.builder.PythonAnswers;
import io.github.wheelmirror.builder.TargetProbe;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.mirror.MirrorRequest;
import io.github.wheelmirror.mirror.TargetFile;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.process.SearchPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The Pythons of this host, and what starts them. */
final class PythonWiring {

  private final MirrorRequest request;
  private final Path home;
  private final SearchPath path;
  private final Supplier<ProcessRunner> runner;
  private final PythonAnswers answers;
  private final Supplier<Interpreters> interpreters;
  private final Seen seen;

  PythonWiring(MirrorRequest request, Map<String, String> environment, Path home, Seen seen) {
    this.seen = seen;
    this.request = request;
    this.home = home;
    this.path = SearchPath.withSystem(environment.getOrDefault("PATH", ""));
    this.runner = new Lazy<>(() -> ProcessRunner.using(path));
    this.answers =
        PythonAnswers.of(runner, home, path)
            .keptIn(request.places().cache().resolve("interpreters"), seen);
    this.interpreters =
        new Lazy<>(
            () -> {
              seen.files(Interpreters.places(path, home));
              return new Interpreters(
                  new TargetProbe(answers), path, home, request.targets().interpreters());
            });
  }

  Path home() {
    return home;
  }

  SearchPath path() {
    return path;
  }

  ProcessRunner runner() {
    return runner.get();
  }

  PythonAnswers answers() {
    return answers;
  }

  Interpreters interpreters() {
    return interpreters.get();
  }

  List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    seen.files(request.targets().files());
    request.targets().files().forEach(file -> targets.add(TargetFile.read(file)));
    for (String python : request.targets().pythons()) {
      targets.add(HostTargets.of(interpreters.get().find(python)));
    }
    if (targets.isEmpty()) {
      targets.add(HostTargets.of(defaultInterpreter()));
    }
    return targets.stream().distinct().toList();
  }

  /** As {@link #anyInterpreter}, but there must be one. */
  Interpreter defaultInterpreter() {
    return anyInterpreter()
        .orElseThrow(
            () ->
                MirrorException.input(
                    "there is no Python here",
                    "neither the PATH nor ~/.pyenv/versions has one",
                    "install python3 with pip, or name one with <interpreters>"));
  }

  /** The first that is configured, the {@code python3} that a person would get, or the newest. */
  Optional<Interpreter> anyInterpreter() {
    for (String python : request.targets().pythons()) {
      return Optional.of(interpreters.get().find(python));
    }
    Optional<Path> python3 = path.find("python3");
    if (python3.isPresent()) {
      return Optional.of(interpreters.get().find(python3.get().toString()));
    }
    return interpreters.get().all().stream().findFirst();
  }
}
