package io.github.wheelmirror.mojo;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.build.HandOverStore;
import io.github.wheelmirror.mirror.CleanWheelhouse;
import io.github.wheelmirror.mirror.ExplainRequest;
import io.github.wheelmirror.mirror.ExportSnapshot;
import io.github.wheelmirror.mirror.ImportSnapshot;
import io.github.wheelmirror.mirror.MirrorGoals;
import io.github.wheelmirror.mirror.MirrorRequest;
import io.github.wheelmirror.mirror.PruneRegions;
import io.github.wheelmirror.mirror.QuarantineFiles;
import io.github.wheelmirror.mirror.RollBack;
import io.github.wheelmirror.mirror.ServeMirror;
import io.github.wheelmirror.mirror.SessionMemo;
import io.github.wheelmirror.mirror.ShowDifference;
import io.github.wheelmirror.mirror.ShowStatus;
import io.github.wheelmirror.mirror.Workspace;
import io.github.wheelmirror.mirror.WriteFirstPom;
import io.github.wheelmirror.mirror.WriteReport;
import io.github.wheelmirror.mirror.WriteServerConfigs;
import io.github.wheelmirror.report.LiveArea;
import io.github.wheelmirror.report.MirrorLog;
import io.github.wheelmirror.report.NotedLines;
import io.github.wheelmirror.report.TextMirrorLog;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.Staleness;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.MavenExecutionRequest;
import org.jspecify.annotations.Nullable;

/** One execution of a goal: the request, what is wired for it, and where its words go. */
final class Session {

  private final MirrorRequest request;
  private final Wiring wiring;
  private final MirrorLog log;
  private final SessionMemo memo;
  private final Path root;

  private Session(
      MirrorRequest request, Wiring wiring, MirrorLog log, SessionMemo memo, Path root) {
    this.root = root;
    this.request = request;
    this.wiring = wiring;
    this.log = log;
    this.memo = memo;
  }

  /**
   * The session of a goal.
   *
   * @param area where it shows what runs
   */
  static Session of(AbstractMirrorMojo mojo, ServerCredentials servers, LiveArea area) {
    Map<String, String> environment =
        MavenProxies.addedTo(System.getenv(), servers.proxies(mojo.session.getSettings()));
    SessionMemo memo = mojo.memo();
    Path workspace = new RequestPaths(mojo).workspace();
    Seen seen = memo.seen(workspace);
    seen.settings(SettingsDigest.of(mojo, System.getenv()));
    MavenExecutionRequest maven = mojo.session.getRequest();
    List<Path> secrets = new ArrayList<>();
    for (File file : new File[] {maven.getGlobalSettingsFile(), maven.getUserSettingsFile()}) {
      if (file != null) {
        seen.file(file.toPath());
        secrets.add(file.toPath());
      }
    }
    if (mojo.signingKeyFile != null) {
      secrets.add(new RequestPaths(mojo).absolute(mojo.signingKeyFile));
    }
    MirrorRequest request =
        new Requests(mojo, servers, seen).request(LocalDate.now(ZoneOffset.UTC), environment);
    Path home = new RequestPaths(mojo).home(environment);
    Path root = Path.of(mojo.session.getExecutionRootDirectory());
    String shown =
        workspace.startsWith(root) ? inside(root.relativize(workspace)) : workspace + "/";
    return new Session(
        request,
        new Wiring(request, environment, home, secrets, seen),
        new TextMirrorLog(new NotedLines(new MavenLines(mojo.getLog()), seen), shown, area),
        memo,
        root);
  }

  MirrorGoals goals() {
    return new MirrorGoals(request, wiring.outside(log), memo);
  }

  /** A bucket for what shards hand over. */
  HandOverStore handOverStore(String url, @Nullable Credentials login) {
    return wiring.handOverStore(url, login);
  }

  void explain(ExplainRequest wanted) {
    goals().explain(wanted, wiring::places);
  }

  void status() {
    new ShowStatus(
            log, new Staleness(request.release().gate().staleAfter(), Clock.systemUTC().instant()))
        .run(wiring.regions());
  }

  void report() {
    new WriteReport(wiring.outside(log), request).run();
  }

  void rollBack(RollBack.Settings settings) {
    new RollBack(wiring.outside(log), request.release().checkPublicUrls()).run(settings);
  }

  void difference(ShowDifference.Settings settings) {
    new ShowDifference(wiring.outside(log), request.places().workspace()).run(settings);
  }

  void prune(Retention retention, Optional<Duration> superseded, boolean dryRun) {
    new PruneRegions(wiring.outside(log)).run(retention, superseded, dryRun);
  }

  void quarantine(QuarantineFiles.Settings settings) {
    new QuarantineFiles(wiring.outside(log)).run(settings);
  }

  void export(String snapshot, String channel, Optional<Path> file) {
    new ExportSnapshot(wiring.outside(log), request.release().signing())
        .run(
            new ExportSnapshot.Settings(
                snapshot, channel, file, request.places().workspace().resolve("export")));
  }

  void importFile(Path file) {
    new ImportSnapshot(
            wiring.outside(log), request.release().signing(), request.release().checkPublicUrls())
        .run(file);
  }

  void serverConfigs(String prefix, Optional<Path> folder) {
    new WriteServerConfigs(request.release().regions(), log)
        .run(prefix, folder.orElse(request.places().workspace().resolve("server")));
  }

  void cleanWheelhouse(CleanWheelhouse.Settings settings) {
    new CleanWheelhouse(
            request.places().cache(),
            wiring.collectable(),
            request.release().lockTimeout(),
            log,
            Clock.systemUTC())
        .run(settings);
  }

  void init(WriteFirstPom.Plugin plugin, Map<String, String> given) {
    new WriteFirstPom(request, wiring.outside(log), wiring::pythons).run(root, plugin, given);
  }

  void serve(int port, boolean staged) {
    Path folder = new Workspace(request.places().workspace()).staged();
    new ServeMirror(log).run(wiring.server(port, staged, folder));
  }

  private static String inside(Path relative) {
    return relative.toString().isEmpty() ? "" : relative + "/";
  }
}
