package io.github.wheelmirror.mirror;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.tree.Closure;
import io.github.wheelmirror.tree.ClosureRun;
import io.github.wheelmirror.tree.ClosureRun.State;
import io.github.wheelmirror.tree.Coverage;
import io.github.wheelmirror.tree.DependencyCheck;
import io.github.wheelmirror.tree.InstallClient;
import io.github.wheelmirror.tree.InstallClient.Answer;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Problem;
import io.github.wheelmirror.tree.SampleFindings;
import io.github.wheelmirror.tree.SampleRun;
import io.github.wheelmirror.tree.Severity;
import io.github.wheelmirror.tree.Snapshot;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether clients can install what is staged: by the wheels' own requirements, and by letting real
 * installers decide for each branch and Python what they would take.
 */
final class InstallClosure {

  private final Outside outside;
  private final Workspace workspace;
  private final List<Target> targets;
  private final int threads;
  private final ClientFolders folders;
  private final SampleInstalls samples;
  private final DependencyCheck dependencies;

  /**
   * @param targets those of the resolution
   * @param threads how many clients run at once
   * @param folders where clients work
   * @param samples installs some of what clients take
   */
  InstallClosure(
      Outside outside,
      Workspace workspace,
      List<Target> targets,
      int threads,
      ClientFolders folders,
      SampleInstalls samples) {
    this.samples = samples;
    this.folders = folders;
    this.outside = outside;
    this.workspace = workspace;
    this.targets = targets;
    this.threads = threads;
    this.dependencies = new DependencyCheck(this::metadata);
  }

  /** What a client did for one case, and how long that took. */
  private record Ran(InstallCase of, ClosureRun run, Duration took) {}

  /** By the wheels' requirements, and by asking the clients now. */
  Closure.Check asking() {
    return (snapshot, coverage) -> {
      DependencyCheck.Findings findings = new DependencyCheck.Findings();
      List<InstallCase> cases = closed(snapshot, coverage, findings);
      List<ClosureRun> runs = runs(snapshot, cases);
      List<Problem> problems = new ArrayList<>(findings.problems());
      for (ClosureRun run : runs) {
        problem(run).ifPresent(problems::add);
      }
      // what clients refuse to take cannot be installed
      List<SampleRun> installed =
          problems.stream().anyMatch(each -> each.severity() == Severity.ERROR)
              ? List.of()
              : samples.run(snapshot, cases);
      problems.addAll(new SampleFindings(snapshot).problems(installed));
      return new Closure(problems, runs, installed);
    };
  }

  /** By the wheels' requirements; clients were asked, and samples installed, before. */
  Closure.Check with(List<ClosureRun> earlier, List<SampleRun> installed) {
    return (snapshot, coverage) -> {
      DependencyCheck.Findings findings = new DependencyCheck.Findings();
      closed(snapshot, coverage, findings);
      List<Problem> problems = new ArrayList<>(findings.problems());
      problems.addAll(new SampleFindings(snapshot).problems(installed));
      return new Closure(problems, earlier, installed);
    };
  }

  private List<InstallCase> closed(
      Snapshot snapshot, Coverage coverage, DependencyCheck.Findings findings) {
    List<InstallCase> cases = new ArrayList<>();
    for (InstallCase each : InstallCase.of(snapshot, coverage, targets)) {
      Map<ProjectName, Version> versions = new HashMap<>();
      each.pins().forEach((name, pin) -> versions.put(name, pin.version()));
      DependencyCheck.Result result =
          dependencies.check(each.target(), versions, each.files(), each.upstreamToo());
      findings.add(each.branch(), each.target().id().python(), result, versions);
      cases.add(each.closing(result.closed()));
    }
    return cases;
  }

  private List<ClosureRun> runs(Snapshot snapshot, List<InstallCase> cases) {
    List<InstallClient> clients = outside.clients().clients().get();
    List<ClosureRun> runs = new ArrayList<>();
    if (clients.isEmpty() || cases.isEmpty()) {
      return runs;
    }
    int total = cases.size() * clients.size();
    AtomicInteger done = new AtomicInteger();
    try (ServeMirror.Server server = outside.clients().server().apply(workspace.staged());
        Workers workers = new Workers("verify", threads)) {
      URI index = server.url().resolve(snapshot.slug() + "/simple/");
      List<Future<Ran>> running = new ArrayList<>();
      for (InstallCase each : cases) {
        for (InstallClient client : clients) {
          running.add(
              workers.start(
                  () -> {
                    Ran ran = run(each, client, snapshot, index);
                    tell(ran, done.incrementAndGet(), total);
                    return ran;
                  }));
        }
      }
      running.forEach(future -> runs.add(Workers.await(future).run()));
    } finally {
      Folders.discard(workspace.work(), outside.log());
    }
    return runs;
  }

  private void tell(Ran ran, int done, int total) {
    ClosureRun run = ran.run();
    if (run.state() != State.NOT_CHECKED) {
      String result =
          run.state() == State.SAME
              ? "takes the %d files of the manifest, %d with what they require"
                  .formatted(run.pins(), run.closed())
              : run.state() == State.OTHER ? "takes other files" : "finds no solution";
      outside
          .log()
          .finished(
              done,
              total,
              run.client() + " for " + run.branch() + " on " + run.python(),
              result,
              ran.took());
    }
  }

  private Ran run(InstallCase of, InstallClient client, Snapshot snapshot, URI index) {
    long start = System.nanoTime();
    List<Set<ProjectName>> questions = new ArrayList<>();
    if (of.closed().size() < of.pins().size()) {
      questions.add(of.pins().keySet());
    }
    if (!of.closed().isEmpty()) {
      questions.add(of.closed());
    }
    String name = client.name();
    State state = State.SAME;
    String words = "";
    for (Set<ProjectName> wanted : questions) {
      Answer answer = ask(of, client, snapshot, index, wanted);
      if (answer instanceof Answer.Absent absent) {
        state = State.NOT_CHECKED;
        words = absent.why();
      } else if (answer instanceof Answer.Refused refused) {
        name = refused.client();
        state = State.REFUSED;
        words = refused.words();
      } else if (answer instanceof Answer.Taken taken) {
        name = taken.client();
        words = new TakenFiles(of, taken.files()).differences(wanted);
        state = words.isEmpty() ? State.SAME : State.OTHER;
      }
      if (state != State.SAME) {
        break;
      }
    }
    ClosureRun run =
        new ClosureRun(
            of.branch(),
            of.target().id().python(),
            name,
            state,
            of.pins().size(),
            of.closed().size(),
            words);
    return new Ran(of, run, Duration.ofNanos(System.nanoTime() - start));
  }

  private Answer ask(
      InstallCase of, InstallClient client, Snapshot snapshot, URI index, Set<ProjectName> wanted) {
    Optional<String> refusal = folders.refusal(of);
    if (refusal.isPresent()) {
      return new Answer.Absent(refusal.get());
    }
    return folders.in(
        "clients",
        "install clients",
        scratch ->
            client.resolve(
                new InstallClient.Question(
                    of.target(),
                    index,
                    of.upstreamToo(),
                    of.requirements(wanted),
                    wanted.equals(of.closed()),
                    ClientFolders.constraints(snapshot, of.branch()),
                    scratch)));
  }

  private static Optional<Problem> problem(ClosureRun run) {
    String where = run.branch() + " on " + run.python();
    return switch (run.state()) {
      case SAME, NOT_CHECKED -> Optional.empty();
      case OTHER ->
          Optional.of(
              Problem.error(
                  "client-takes-other",
                  where,
                  run.client() + " takes other files than the manifest says: " + run.words(),
                  "see their pages with -Dwheel-mirror.serve.staged, and exclude the pin or the"
                      + " wheel that is taken instead"));
      case REFUSED ->
          Optional.of(
              Problem.error(
                  "client-refuses",
                  where,
                  run.client() + " cannot install what is served: " + run.words(),
                  "exclude the pin that it names, or correct the constraints"));
    };
  }

  private Optional<byte[]> metadata(ManifestFile file) {
    try {
      Optional<Path> path = outside.wheelhouse().metadata(file.sha256(), file.filename());
      return path.isPresent() ? Optional.of(Files.readAllBytes(path.get())) : Optional.empty();
    } catch (IOException e) {
      throw MirrorException.machinery(
          "the metadata of " + file.filename() + " cannot be read",
          IoWords.of(e),
          "see whether the disk is healthy",
          e);
    }
  }
}
