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
 * @param prefix goes before a program's arguments; {@link #BINDS} or {@link #FOLDERS} stand for the
 *     writable folders, {@link #COVERS} or {@link #COVERED} for the hidden places
 * @param server the same for a program that shuts off its own children in turn: it may make name
 *     spaces and mounts
 * @param hidden what nothing inside sees, if files are protected
 * @param networkIsolated whether a program in it sees no network
 * @param filesProtected whether it can write only to its own folder
 */
record Sandbox(
    List<String> prefix,
    List<String> server,
    PrivatePlaces hidden,
    boolean networkIsolated,
    boolean filesProtected) {

  private static final String BINDS = "{binds}";
  private static final String FOLDERS = "{folders}";
  private static final String COVERS = "{covers}";
  private static final String COVERED = "{covered}";
  private static final Path PROC_SELF = Path.of("/proc/self");

  /** For name spaces and mounts, and for giving these rights away again. */
  private static final List<String> NAMESPACES = List.of("CAP_SYS_ADMIN", "CAP_SETPCAP");

  private static final Limits LIMITS = new Limits(Duration.ofSeconds(30), 100_000);
  private static final Pattern INTERFACE = Pattern.compile("(?m)^\\s*([^\\s:|]+):");
  private static final String TRIAL =
      "set -e; : > \"$1/inside\"; cat /proc/net/dev; touch \"$2/outside\" 2> /dev/null || true";

  /** What root may write to without any capability: settings of the running kernel. */
  private static final List<String> KERNEL =
      List.of("/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus", "/proc/fs");

  static final Sandbox NONE = new Sandbox(List.of(), List.of(), PrivatePlaces.NONE, false, false);

  Sandbox {
    prefix = List.copyOf(prefix);
    server = List.copyOf(server);
  }

  /**
   * The best one that works here.
   *
   * @param hidden what nothing inside may see
   * @param scratch an existing folder for the trial
   */
  static Sandbox find(ProcessRunner runner, SearchPath path, PrivatePlaces hidden, Path scratch)
      throws IOException {
    for (Candidate candidate : candidates(path)) {
      Sandbox wanted = new Sandbox(candidate.prefix(), candidate.server(), hidden, false, false);
      Optional<Sandbox> tried = attempt(wanted, runner, path, scratch);
      if (tried.isPresent()) {
        return tried.get();
      }
    }
    return NONE;
  }

  /** The arguments that start a program inside, with that folder as the writable one. */
  List<String> wrap(List<String> argv, Path folder) {
    List<String> wrapped = new ArrayList<>(fill(prefix, List.of(folder)));
    wrapped.addAll(argv);
    return wrapped;
  }

  /** A prefix with the writable folders and the hidden places, as they are now, in their place. */
  List<String> fill(List<String> prefix, List<Path> folders) {
    List<String> filled = new ArrayList<>();
    List<Path> covered = hidden.present(folders);
    for (String part : prefix) {
      if (part.equals(BINDS)) {
        folders.forEach(one -> filled.addAll(List.of("--bind", one.toString(), one.toString())));
      } else if (part.equals(FOLDERS)) {
        folders.forEach(one -> filled.add(one.toString()));
      } else if (part.equals(COVERS)) {
        covered.forEach(one -> filled.addAll(cover(one.toString(), Files.isDirectory(one))));
      } else if (part.equals(COVERED)) {
        covered.forEach(one -> filled.add(one.toString()));
      } else {
        filled.add(part);
      }
    }
    return filled;
  }

  private static List<String> cover(String place, boolean folder) {
    return folder
        ? List.of("--tmpfs", place, "--remount-ro", place)
        : List.of("--ro-bind", "/dev/null", place);
  }

  private record Candidate(List<String> prefix, List<String> server) {}

  private static List<Candidate> candidates(SearchPath path) throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    Optional<Path> bwrap = path.find("bwrap");
    if (bwrap.isPresent()) {
      candidates.add(
          new Candidate(bubblewrap(bwrap.get(), List.of()), bubblewrap(bwrap.get(), NAMESPACES)));
    }
    Optional<Path> unshare = path.find("unshare");
    if (unshare.isPresent()) {
      String program = unshare.get().toString();
      List<String> isolate =
          List.of("sh", "-c", Script.ISOLATE.text(), "isolate.sh", FOLDERS, "-", COVERED, "--");
      // root in there could undo all that was done; whoever has unshare has setpriv too
      List<String> powerless =
          path.find("setpriv")
              .map(
                  setpriv ->
                      List.of(
                          setpriv.toString(),
                          "--bounding-set=-all",
                          "--inh-caps=-all",
                          "--no-new-privs"))
              .orElse(List.of());
      for (List<String> user : List.of(List.<String>of(), List.of("--map-root-user"))) {
        List<String> all = new ArrayList<>(List.of(program));
        all.addAll(user);
        all.addAll(List.of("--net", "--pid", "--mount", "--fork", "--kill-child", "--mount-proc"));
        all.addAll(isolate);
        List<String> plain = new ArrayList<>(all);
        plain.addAll(powerless);
        candidates.add(new Candidate(plain, all));
      }
      for (List<String> user : List.of(List.<String>of(), List.of("--map-root-user"))) {
        List<String> net = new ArrayList<>(List.of(program));
        net.addAll(user);
        net.add("--net");
        candidates.add(new Candidate(net, net));
      }
    }
    return candidates;
  }

  private static List<String> bubblewrap(Path bwrap, List<String> capabilities) throws IOException {
    List<String> prefix = new ArrayList<>(List.of(bwrap.toString(), "--die-with-parent"));
    prefix.addAll(List.of("--unshare-net", "--unshare-pid", "--unshare-ipc", "--cap-drop", "ALL"));
    capabilities.forEach(capability -> prefix.addAll(List.of("--cap-add", capability)));
    boolean root = Files.getAttribute(PROC_SELF, "unix:uid").equals(0);
    if (!capabilities.isEmpty() && !root) {
      prefix.add("--unshare-user");
    }
    prefix.addAll(List.of("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"));
    if (root) {
      KERNEL.stream()
          .filter(one -> Files.exists(Path.of(one)))
          .forEach(one -> prefix.addAll(List.of("--ro-bind", one, one)));
    }
    prefix.addAll(List.of(COVERS, BINDS, "--"));
    return prefix;
  }

  private static Optional<Sandbox> attempt(
      Sandbox wanted, ProcessRunner runner, SearchPath path, Path scratch) throws IOException {
    Path trial = Files.createTempDirectory(scratch, "sandbox").toRealPath();
    try {
      Path inside = Files.createDirectory(trial.resolve("in"));
      Path outside = Files.createDirectory(trial.resolve("out"));
      List<String> argv =
          wanted.wrap(
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
      boolean kept = !Files.exists(outside.resolve("outside"));
      return Optional.of(
              new Sandbox(wanted.prefix(), wanted.server(), wanted.hidden(), alone, kept))
          .filter(Sandbox::networkIsolated);
    } finally {
      FileTree.delete(trial);
    }
  }
}
