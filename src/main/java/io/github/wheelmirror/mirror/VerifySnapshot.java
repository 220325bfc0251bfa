package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.mirror.Workspace.Stage;
import io.github.wheelmirror.report.JUnitReport;
import io.github.wheelmirror.tree.Baseline;
import io.github.wheelmirror.tree.Closure;
import io.github.wheelmirror.tree.DocumentsCheck;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Problem;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
import io.github.wheelmirror.tree.SnapshotVerifier;
import io.github.wheelmirror.tree.Staleness;
import io.github.wheelmirror.tree.Verification;
import io.github.wheelmirror.tree.VerificationSettings;
import io.github.wheelmirror.tree.VerifiedChannel;
import io.github.wheelmirror.tree.VerifiedResult;
import io.github.wheelmirror.tree.VerifiedSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is staged is read again and checked; only what passes can be released. */
final class VerifySnapshot {

  private final MirrorRequest request;
  private final Outside outside;
  private final Workspace workspace;

  VerifySnapshot(MirrorRequest request, Outside outside, Workspace workspace) {
    this.request = request;
    this.outside = outside;
    this.workspace = workspace;
  }

  /**
   * All channels, good and blocked.
   *
   * @param served channels of which every region serves this snapshot already
   */
  record Result(List<VerifiedResult> channels, Set<String> served) {
    Result {
      channels = List.copyOf(channels);
      served = Set.copyOf(served);
    }

    List<VerifiedSnapshot> releasable() {
      return channels.stream().flatMap(channel -> channel.releasable().stream()).toList();
    }

    /**
     * Ends the run as failed if a channel is blocked.
     *
     * @throws MirrorException (input) naming every reason
     */
    void refuseBlocked() {
      StringBuilder why = new StringBuilder();
      StringBuilder fix = new StringBuilder();
      int blocked = 0;
      for (VerifiedResult result : channels) {
        VerifiedChannel channel = result.channel();
        blocked += channel.releasable() ? 0 : 1;
        for (Problem problem : channel.errors()) {
          why.append(channel.slug()).append(": ");
          if (!problem.where().equals(channel.slug())) {
            why.append(problem.where()).append(": ");
          }
          why.append(problem.words()).append('\n');
          if (fix.indexOf(problem.fix()) < 0) {
            fix.append(problem.fix()).append('\n');
          }
        }
      }
      if (blocked > 0) {
        throw MirrorException.input(
            blocked == 1
                ? "a channel cannot be released"
                : blocked + " channels cannot be released",
            why.toString().strip(),
            fix.toString().strip());
      }
    }
  }

  /**
   * Checks what is staged.
   *
   * @param again whether clients are asked even if the same is released already
   */
  Result run(
      Stage<Resolution> resolution,
      Stage<SnapshotStage> staged,
      ChannelBases bases,
      boolean again) {
    outside.log().begins("verify");
    Baseline baseline = new Baseline(request.accepted(), request.plan().today());
    SnapshotVerifier verifier =
        new SnapshotVerifier(
            outside.wheelhouse(),
            new VerificationSettings(
                request.release().gate().minCoverage(),
                request.release().gate().retired(),
                resolution.value().targets()),
            baseline);
    ServedNow served =
        new ServedNow(
            outside,
            new Staleness(request.release().gate().staleAfter(), outside.clock().instant()));
    ClientFolders folders = new ClientFolders(outside, workspace, request.offline());
    InstallClosure closure =
        new InstallClosure(
            outside,
            workspace,
            resolution.value().targets(),
            request.work().builds(),
            folders,
            new SampleInstalls(
                outside, workspace, request.release().clients(), request.work().builds(), folders));
    List<VerifiedResult> results = new ArrayList<>();
    for (SnapshotStage.Channel channel : staged.value().channels()) {
      VerifiedResult result =
          verifier.verify(
              workspace.staged().resolve(channel.slug()),
              bases.manifest(channel.slug()),
              manifest -> told(served, manifest, resolution.value(), channel.snapshot()),
              // what clients make of a release was found out before it was one
              again || !served.everywhere(channel.slug(), channel.snapshot())
                  ? closure.asking()
                  : earlier(channel, closure));
      if (!result.channel().snapshot().equals(channel.snapshot())) {
        throw MirrorException.input(
            "the staged snapshot of " + channel.slug() + " is not the one in snapshot.json",
            "another run replaced it",
            "run " + request.command().goal("snapshot"));
      }
      outside.log().verified(result.channel());
      results.add(result);
    }
    // what blocks a channel hides what requirements and clients would have shown
    baseline
        .warnings(results.stream().allMatch(result -> result.channel().releasable()))
        .forEach(outside.log()::warning);
    workspace.write(
        workspace.verification(),
        Verification.of(results.stream().map(VerifiedResult::channel).toList()));
    Map<String, byte[]> tests = new TreeMap<>();
    Set<String> everywhere = new HashSet<>();
    for (VerifiedResult each : results) {
      VerifiedChannel channel = each.channel();
      tests.put(channel.slug(), JUnitReport.of(channel));
      if (served.everywhere(channel.slug(), channel.snapshot())) {
        everywhere.add(channel.slug());
      }
    }
    workspace.writeTests(tests, outside.log());
    return new Result(results, everywhere);
  }

  private List<Problem> told(
      ServedNow served, Manifest manifest, Resolution resolution, String snapshot) {
    List<Problem> told = new ArrayList<>(served.stale(manifest.slug(), snapshot));
    if (!request.release().signing().trusted().isEmpty()) {
      told.addAll(served.unsigned(manifest.slug()));
    }
    told.addAll(DocumentsCheck.ofResolution(manifest, resolution));
    Quarantine quarantine = outside.quarantine();
    if (!quarantine.entries().isEmpty()) {
      for (ManifestFile file : quarantine.listedBy(manifest)) {
        told.add(
            Problem.error(
                "quarantined",
                file.filename(),
                "it was taken out: "
                    + quarantine.of(file).map(QuarantineEntry::reason).orElse("no reason is known"),
                "run the plan goal again: it plans without it"));
      }
    }
    return told;
  }

  /** What clients made of the same snapshot, for people; nothing if nobody wrote it. */
  private Closure.Check earlier(SnapshotStage.Channel channel, InstallClosure closure) {
    return workspace
        .readEarlier(workspace.verification(), Verification.class, outside.log())
        .stream()
        .flatMap(stage -> stage.value().channels().stream())
        .filter(each -> each.snapshot().equals(channel.snapshot()))
        .findFirst()
        .map(each -> closure.with(each.clients(), each.samples()))
        .orElseGet(() -> closure.with(List.of(), List.of()));
  }
}
