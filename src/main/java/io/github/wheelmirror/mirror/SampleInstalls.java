package io.github.wheelmirror.mirror;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.tree.Sample;
import io.github.wheelmirror.tree.SampleFindings;
import io.github.wheelmirror.tree.SampleInstaller;
import io.github.wheelmirror.tree.SampleInstaller.Result;
import io.github.wheelmirror.tree.SampleRun;
import io.github.wheelmirror.tree.SampleRun.State;
import io.github.wheelmirror.tree.Snapshot;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Installs some of the pins of each branch on each Python for real, and tries them. */
final class SampleInstalls {

  private final Outside outside;
  private final Workspace workspace;
  private final MirrorRequest.ClientSettings settings;
  private final int threads;
  private final ClientFolders folders;

  /**
   * @param threads how many samples are installed at once
   * @param folders where samples are installed
   */
  SampleInstalls(
      Outside outside,
      Workspace workspace,
      MirrorRequest.ClientSettings settings,
      int threads,
      ClientFolders folders) {
    this.outside = outside;
    this.workspace = workspace;
    this.settings = settings;
    this.threads = threads;
    this.folders = folders;
  }

  /** What came of it, one for each branch and Python with a pin whose requirements are there. */
  List<SampleRun> run(Snapshot snapshot, List<InstallCase> cases) {
    List<SampleRun> runs = new ArrayList<>();
    if (!settings.installs() || cases.isEmpty()) {
      return runs;
    }
    SampleFindings own = new SampleFindings(snapshot);
    Sample sample =
        new Sample(settings.sample(), settings.seed().isEmpty() ? snapshot.id() : settings.seed());
    AtomicInteger done = new AtomicInteger();
    try (ServeMirror.Server server = outside.clients().server().apply(workspace.staged());
        Workers workers = new Workers("sample", threads)) {
      URI index = server.url().resolve(snapshot.slug() + "/simple/");
      List<Future<SampleRun>> running = new ArrayList<>();
      for (InstallCase each : cases) {
        List<Pin> closed =
            each.closed().stream()
                .flatMap(name -> Optional.ofNullable(each.pins().get(name)).stream())
                .toList();
        List<Pin> pins = sample.of(each.branch(), each.target().id().python(), closed, own::isOwn);
        if (!pins.isEmpty()) {
          running.add(
              workers.start(
                  () -> {
                    long start = System.nanoTime();
                    SampleRun run = run(each, pins, snapshot, index);
                    tell(run, done.incrementAndGet(), cases.size(), System.nanoTime() - start);
                    return run;
                  }));
        }
      }
      running.forEach(future -> runs.add(Workers.await(future)));
    } finally {
      Folders.discard(workspace.work(), outside.log());
    }
    return runs;
  }

  private void tell(SampleRun run, int done, int total, long nanoseconds) {
    if (run.state() == State.NOT_CHECKED) {
      return;
    }
    String result =
        switch (run.state()) {
          case INSTALLED -> run.pins().size() + " pins of it installed, " + run.tried();
          case INCONSISTENT -> "installed, and not consistent";
          default -> "cannot install it";
        };
    outside
        .log()
        .finished(
            done,
            total,
            run.client() + " with a sample of " + run.branch() + " on " + run.python(),
            result,
            Duration.ofNanos(nanoseconds));
  }

  private SampleRun run(InstallCase of, List<Pin> pins, Snapshot snapshot, URI index) {
    Result result = install(of, pins, snapshot, index);
    String python = of.target().id().python();
    if (result instanceof Result.Installed installed) {
      State state = installed.inconsistent().isEmpty() ? State.INSTALLED : State.INCONSISTENT;
      return new SampleRun(
          of.branch(),
          python,
          installed.client(),
          state,
          pins,
          installed.imported(),
          installed.failures(),
          installed.inconsistent(),
          installed.sources());
    }
    if (result instanceof Result.Refused refused) {
      return new SampleRun(
          of.branch(),
          python,
          refused.client(),
          State.REFUSED,
          pins,
          0,
          List.of(),
          refused.words(),
          List.of());
    }
    String why = ((Result.Absent) result).why();
    return new SampleRun(
        of.branch(), python, "pip", State.NOT_CHECKED, pins, 0, List.of(), why, List.of());
  }

  private Result install(InstallCase of, List<Pin> pins, Snapshot snapshot, URI index) {
    Optional<String> refusal = folders.refusal(of);
    if (refusal.isPresent()) {
      return new Result.Absent(refusal.get());
    }
    return folders.in(
        "samples",
        "samples",
        scratch ->
            outside
                .clients()
                .installer()
                .get()
                .install(
                    new SampleInstaller.Order(
                        of.target(),
                        index,
                        of.upstreamToo(),
                        pins,
                        ClientFolders.constraints(snapshot, of.branch()),
                        scratch)));
  }
}
