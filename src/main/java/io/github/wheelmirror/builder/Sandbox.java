package io.github.wheelmirror.builder;

import io.github.wheelmirror.process.CleanEnvironment;
import io.github.wheelmirror.process.Command;
import io.github.wheelmirror.process.Limits;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What keeps a build from the network and from files that are not its own, as far as this host can:
 * bubblewrap, else the namespaces of {@code unshare}, else nothing. What it claims was tried.
 *
 * @param prefix goes before a program's arguments; {@link #FOLDER} stands for the writable folder
 * @param networkIsolated whether a program in it sees no network
 * @param filesProtected whether it can write only to its own folder
 */
record Sandbox(List<String> prefix, boolean networkIsolated, boolean filesProtected) {

  private static final String FOLDER = "{folder}";
  private static final Limits LIMITS = new Limits(Duration.ofSeconds(30), 100_000);
  private static final Pattern INTERFACE = Pattern.compile("(?m)^\\s*([^\\s:|]+):");
  private static final String TRIAL =
      "set -e; : > \"$1/inside\"; cat /proc/net/dev; touch \"$2/outside\" 2> /dev/null || true";

  static final Sandbox NONE = new Sandbox(List.of(), false, false);

  Sandbox {
    prefix = List.copyOf(prefix);
  }

  /**
   * The best one that works here.
   *
   * @param scratch an existing folder for the trial
   */
  static Sandbox find(ProcessRunner runner, SearchPath path, Path scratch) throws IOException {
    for (List<String> prefix : candidates(path)) {
      Optional<Sandbox> tried = attempt(prefix, runner, path, scratch);
      if (tried.isPresent()) {
        return tried.get();
      }
    }
    return NONE;
  }

  /** The arguments that start a program inside, with that folder as the writable one. */
  List<String> wrap(List<String> argv, Path folder) {
    List<String> wrapped = new ArrayList<>();
    prefix.forEach(part -> wrapped.add(part.equals(FOLDER) ? folder.toString() : part));
    wrapped.addAll(argv);
    return wrapped;
  }

  private static List<List<String>> candidates(SearchPath path) {
    List<List<String>> candidates = new ArrayList<>();
    path.find("bwrap").ifPresent(bwrap -> candidates.add(bubblewrap(bwrap)));
    Optional<Path> unshare = path.find("unshare");
    if (unshare.isPresent()) {
      String program = unshare.get().toString();
      List<String> isolate = List.of("sh", "-c", Script.ISOLATE.text(), "isolate.sh", FOLDER);
      for (List<String> user : List.of(List.<String>of(), List.of("--map-root-user"))) {
        List<String> all = new ArrayList<>(List.of(program));
        all.addAll(user);
        all.addAll(List.of("--net", "--pid", "--mount", "--fork", "--kill-child", "--mount-proc"));
        all.addAll(isolate);
        candidates.add(all);
      }
      candidates.add(List.of(program, "--net"));
      candidates.add(List.of(program, "--map-root-user", "--net"));
    }
    return candidates;
  }

  private static List<String> bubblewrap(Path bwrap) {
    List<String> prefix = new ArrayList<>(List.of(bwrap.toString(), "--die-with-parent"));
    prefix.addAll(List.of("--unshare-net", "--unshare-pid", "--ro-bind", "/", "/"));
    prefix.addAll(List.of("--dev", "/dev", "--proc", "/proc"));
    prefix.addAll(List.of("--bind", FOLDER, FOLDER, "--"));
    return prefix;
  }

  private static Optional<Sandbox> attempt(
      List<String> prefix, ProcessRunner runner, SearchPath path, Path scratch) throws IOException {
    Path trial = Files.createTempDirectory(scratch, "sandbox").toRealPath();
    try {
      Path inside = Files.createDirectory(trial.resolve("in"));
      Path outside = Files.createDirectory(trial.resolve("out"));
      List<String> argv =
          new Sandbox(prefix, false, false)
              .wrap(
                  List.of("sh", "-c", TRIAL, "sh", inside.toString(), outside.toString()), inside);
      Command command =
          Command.of(argv, inside, CleanEnvironment.at(inside).path(path).variables())
              .withStandardOutputApart();
      ProcessOutcome outcome = runner.run(command, LIMITS);
      if (!outcome.succeeded() || !Files.exists(inside.resolve("inside"))) {
        return Optional.empty();
      }
      boolean alone =
          INTERFACE
              .matcher(outcome.transcript().standardOutput())
              .results()
              .allMatch(name -> name.group(1).equals("lo"));
      return Optional.of(new Sandbox(prefix, alone, !Files.exists(outside.resolve("outside"))))
          .filter(Sandbox::networkIsolated);
    } finally {
      FileTree.delete(trial);
    }
  }
}
