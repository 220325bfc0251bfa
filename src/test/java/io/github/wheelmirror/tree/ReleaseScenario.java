package io.github.wheelmirror.tree;

import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.ReportedPin;
import io.github.wheelmirror.build.ReportedState;
import io.github.wheelmirror.build.RequirementsUsed;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.constraints.Branch;
import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.ResolvedBranch;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.CompatibleTags;
import io.github.wheelmirror.python.Interpreter;
import io.github.wheelmirror.python.MarkerEnvironment;
import io.github.wheelmirror.python.Platform;
import io.github.wheelmirror.python.TagRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run found, in few words, for tests that need a snapshot: branches, pins and how they
 * ended, with real wheels in a real wheelhouse.
 */
public final class ReleaseScenario {

  /** The channel. */
  public static final String SLUG = "debian-12-x86_64";

  private final Path folder;
  private final Wheelhouse wheelhouse;
  private final List<String> pythons;
  private final Map<String, ResolvedBranch> branches = new LinkedHashMap<>();
  private final Map<Pin, List<ReportedState>> states = new TreeMap<>();
  private final Map<Outcome.Wheel, WheelFile> files = new LinkedHashMap<>();
  private MinCoverage minCoverage = MinCoverage.NONE;
  private List<String> retired = List.of();

  /**
   * Works in a folder, which scenarios may share: the wheelhouse is then the same.
   *
   * @param pythons such as {@code cp311}
   */
  public ReleaseScenario(Path folder, String... pythons) {
    this.folder = folder;
    this.wheelhouse = new Wheelhouse(folder.resolve("wheelhouse"));
    this.pythons = List.of(pythons);
  }

  /** The wheels. */
  public Wheelhouse wheelhouse() {
    return wheelhouse;
  }

  /** Where the snapshot is staged. */
  public Path staged() {
    return folder.resolve("staging").resolve(SLUG);
  }

  /** A branch that was read well. */
  public ReleaseScenario branch(String name) {
    return branch(name, BranchState.RESOLVED);
  }

  /** A branch and what came of it. */
  public ReleaseScenario branch(String name, BranchState state) {
    Branch branch = Branch.classify(name);
    branches.put(
        name,
        new ResolvedBranch(
            branch.name(),
            branch.ref(),
            branch.series(),
            branch.status(),
            "0123456789012345678901234567890123456789",
            state,
            List.of(),
            state == BranchState.RESOLVED ? List.of("# constraints of " + name) : List.of(),
            List.of()));
    return this;
  }

  /** The branch's pin is mirrored from upstream, a pure wheel for all Pythons. */
  public ReleaseScenario mirrored(String branch, String name, String version) {
    return mirrored(branch, TestWheel.of(name, version));
  }

  /** The branch's pin is mirrored from upstream for these Pythons, all if none is named. */
  public ReleaseScenario mirrored(String branch, TestWheel wheel, String... on) {
    WheelFile file = wheelhouse.add(wheel.write(folder.resolve("upstream")), upstream(wheel));
    return outcome(branch, file, new Outcome.Mirrored(file.filename(), file.sha256()), on);
  }

  /** The branch's pin was built by the mirror; {@code reused} if by an earlier run. */
  public ReleaseScenario built(String branch, TestWheel wheel, boolean reused, String... on) {
    var origin =
        new Origin.Built(
            "ab".repeat(32), "cd".repeat(32), "1", true, List.of(), RequirementsUsed.NOTHING);
    WheelFile file =
        wheelhouse.add(
            wheel.write(folder.resolve("upstream")),
            WheelSource.built(origin, "2025-01-01T00:00:00Z"));
    Outcome outcome =
        reused
            ? new Outcome.Reused(file.filename(), file.sha256())
            : new Outcome.Built(file.filename(), file.sha256());
    return outcome(branch, file, outcome, on);
  }

  /** The base's wheel serves the branch's pin; it need not be in the wheelhouse. */
  public ReleaseScenario reused(String branch, ManifestFile base, String... on) {
    WheelFile file = base.toWheelFile();
    return outcome(branch, file, new Outcome.Reused(file.filename(), file.sha256()), on);
  }

  private ReleaseScenario outcome(String branch, WheelFile file, Outcome outcome, String... on) {
    files.put(new Outcome.Wheel(file.filename(), file.sha256()), file);
    return outcome(branch, new Pin(file.project(), file.version()), outcome, on);
  }

  /** The branch's pin failed. */
  public ReleaseScenario failed(String branch, String pin, String... on) {
    return outcome(
        branch,
        Pin.parse(pin),
        new Outcome.Failed(
            FailureClass.NO_COMPILER,
            "gcc: not found",
            "there is no compiler",
            "install gcc",
            "logs/" + branch),
        on);
  }

  /** How the branch's pin ended on these Pythons, all if none is named. */
  public ReleaseScenario outcome(String branch, Pin pin, Outcome outcome, String... on) {
    for (String python : on.length == 0 ? pythons : List.of(on)) {
      states
          .computeIfAbsent(pin, key -> new ArrayList<>())
          .add(new ReportedState(new TargetId(SLUG, python), List.of(branch), outcome));
    }
    return this;
  }

  /** What the verifier asks for. */
  public ReleaseScenario gates(double newMinCoverage, String... newRetired) {
    return gates(MinCoverage.of(newMinCoverage), newRetired);
  }

  /** What the verifier asks for. */
  public ReleaseScenario gates(MinCoverage newMinCoverage, String... newRetired) {
    minCoverage = newMinCoverage;
    retired = List.of(newRetired);
    return this;
  }

  /** What snapshots are made from. */
  public SnapshotInputs inputs(Manifest base) {
    var resolution =
        new Resolution(
            Resolution.SCHEMA_VERSION,
            "https://git.example.org/requirements",
            "upper-constraints.txt",
            targets(),
            List.of(),
            List.copyOf(branches.values()),
            List.of(),
            List.of());
    List<ReportedPin> pins = new ArrayList<>();
    states.forEach((pin, ends) -> pins.add(new ReportedPin(pin, ends)));
    var report =
        new BuildReport(
            BuildReport.SCHEMA_VERSION,
            "ef".repeat(32),
            pins,
            files.values().stream().sorted(WheelFile.ORDER).toList());
    return new SnapshotInputs(report, resolution, base, LockedRequirements.NONE, wheelhouse);
  }

  /** Stages the channel's first snapshot. */
  public Snapshot snapshot() {
    return snapshot(Manifest.empty(SLUG));
  }

  /** Stages the snapshot that follows the base. */
  public Snapshot snapshot(Manifest base) {
    return SnapshotBuilder.build(inputs(base), folder.resolve("staging"));
  }

  /** Verifies what is staged, without a base. */
  public VerifiedResult verify() {
    return verify(Manifest.empty(SLUG));
  }

  /** Verifies what is staged. */
  public VerifiedResult verify(Manifest base) {
    var settings = new VerificationSettings(minCoverage, retired, targets());
    return new SnapshotVerifier(wheelhouse, settings).verify(staged(), base);
  }

  /** Stages and verifies the channel's first snapshot, which must be good. */
  public VerifiedSnapshot verified() {
    return verified(Manifest.empty(SLUG));
  }

  /** Stages and verifies the snapshot that follows the base, which must be good. */
  public VerifiedSnapshot verified(Manifest base) {
    snapshot(base);
    VerifiedResult result = verify(base);
    return result
        .releasable()
        .orElseThrow(() -> new AssertionError(result.channel().problems().toString()));
  }

  private List<Target> targets() {
    return pythons.stream().map(ReleaseScenario::target).toList();
  }

  /** One of the channel, with glibc 2.36. */
  static Target target(String python) {
    int minor = Integer.parseInt(python.substring("cp3".length()));
    String version = "3." + minor;
    var environment =
        new MarkerEnvironment(
            "cpython",
            version + ".1",
            "posix",
            "x86_64",
            "CPython",
            "6.1.0-18-amd64",
            "Linux",
            "#1 SMP",
            version + ".1",
            version,
            "linux");
    return new Target(
        new TargetId(SLUG, python),
        "cpython",
        version + ".1",
        python,
        "glibc-2.36",
        environment,
        CompatibleTags.of(
                Interpreter.cpython(3, minor),
                new Platform.Glibc(2, 36, "x86_64"),
                TagRules.PACKAGING_26_3)
            .tags());
  }

  private static WheelSource upstream(TestWheel wheel) {
    String url = "https://files.example.org/" + wheel.filename();
    return new WheelSource(
        "",
        false,
        "",
        "2025-02-03T04:05:06.000007Z",
        new Origin.Mirrored(url, "https://index.example.org/simple/"));
  }
}
