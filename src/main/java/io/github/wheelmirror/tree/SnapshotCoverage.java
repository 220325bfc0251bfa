package io.github.wheelmirror.tree;

import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.WheelCoverage;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks that coverage, served pins and files agree, and the gates that a release must pass. */
final class SnapshotCoverage {

  private static final String FIX = "run the snapshot goal again";

  private record Row(String branch, String python, Pin pin, String filename) {}

  private final Manifest manifest;
  private final Coverage coverage;
  private final Manifest base;
  private final VerificationSettings settings;
  private final Map<String, ManifestFile> files = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  SnapshotCoverage(
      Manifest manifest, Coverage coverage, Manifest base, VerificationSettings settings) {
    this.manifest = manifest;
    this.coverage = coverage;
    this.base = base;
    this.settings = settings;
    manifest.files().forEach(file -> files.put(file.filename(), file));
  }

  List<Problem> check() {
    checkAgreement();
    checkTargets();
    checkNothingDropped();
    checkGates();
    problems.addAll(
        new RegressionRule(base, settings.retired())
            .check(coverage, manifest.branches(), manifest.pythons()));
    return problems;
  }

  private void checkAgreement() {
    Set<Row> claimed = new HashSet<>();
    for (CoverageEntry entry : coverage.entries()) {
      Optional<Outcome.Wheel> wheel = entry.outcome().wheel();
      if (wheel.isPresent()) {
        claimed.add(new Row(entry.branch(), entry.python(), entry.pin(), wheel.get().filename()));
        ManifestFile file = files.get(wheel.get().filename());
        if (file == null || !isOf(file, wheel.get(), entry.pin()) || file.superseded()) {
          error("coverage", where(entry), "no listed file serves it as its coverage says");
        }
      }
    }
    Set<Row> served = new HashSet<>();
    Set<String> inService = new TreeSet<>();
    for (ManifestServed each : manifest.served()) {
      inService.add(each.filename());
      for (String python : each.pythons()) {
        if (!each.kept()) {
          served.add(new Row(each.branch(), python, each.pin(), each.filename()));
        }
      }
    }
    if (!claimed.equals(served)) {
      error("coverage", "manifest.json", "coverage and served pins differ");
    }
    if (!manifest.served().equals(ServedPins.of(coverage, base))) {
      error("coverage", "manifest.json", "what it keeps is not what the base leaves to keep");
    }
    Set<String> listed =
        manifest.files().stream()
            .filter(file -> !file.superseded())
            .map(ManifestFile::filename)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!listed.equals(inService)) {
      error("coverage", "manifest.json", "the files in service are not those that serve a pin");
    }
  }

  private static boolean isOf(ManifestFile file, Outcome.Wheel wheel, Pin pin) {
    return file.sha256().equals(wheel.sha256())
        && new Pin(file.project(), file.version()).equals(pin);
  }

  /** A wheel that the client's Python does not accept serves nobody. */
  private void checkTargets() {
    List<Target> targets =
        settings.targets().stream()
            .filter(target -> target.id().slug().equals(manifest.slug()))
            .toList();
    Set<TargetId> known = targets.stream().map(Target::id).collect(Collectors.toSet());
    var fits = new WheelCoverage(targets);
    Map<String, WheelFile> wheels = new HashMap<>();
    files.forEach((name, file) -> wheels.put(name, file.toWheelFile()));
    for (ManifestServed each : manifest.served()) {
      WheelFile wheel = wheels.get(each.filename());
      for (String python : each.pythons()) {
        var target = new TargetId(manifest.slug(), python);
        if (!known.contains(target)) {
          error("target", target.toString(), "nothing is known about this target");
        } else if (wheel != null && !fits.covers(wheel, target)) {
          error("target", each.filename(), "it cannot be installed on " + target);
        }
      }
    }
  }

  private void checkNothingDropped() {
    for (ManifestFile before : base.files()) {
      if (!files.containsKey(before.filename())) {
        error("dropped", before.filename(), "the last release lists it, this one does not");
      }
    }
  }

  /** What only a host of the channel's own platform can build holds the channel back. */
  private void checkWaiting() {
    List<String> waiting =
        coverage.entries().stream()
            .filter(SnapshotCoverage::waits)
            .map(entry -> entry.pin().toString())
            .distinct()
            .toList();
    if (!waiting.isEmpty()) {
      problems.add(
          Problem.error(
              "waiting",
              manifest.slug(),
              "only a host of this platform can build " + String.join(", ", waiting),
              "run build with this plan on such a host, or exclude these pins with a reason"));
    }
  }

  private static boolean waits(CoverageEntry entry) {
    return entry.outcome() instanceof Outcome.Failed failed
        && failed.failureClass() == FailureClass.WAITING_FOR_AGENT;
  }

  private void checkGates() {
    if (manifest.files().isEmpty()) {
      problems.add(
          Problem.error(
              "empty",
              manifest.slug(),
              "the release would have no file at all",
              "read the build report: every pin failed, or no branch has pins"));
    }
    checkWaiting();
    if (!manifest.files().isEmpty()) {
      problems.addAll(new CoverageGate(manifest, coverage, settings.minCoverage()).check());
    }
    for (ManifestBranch branch : manifest.branches()) {
      if (branch.state() == BranchState.HELD) {
        problems.add(
            Problem.warning(
                "held-branch",
                branch.name(),
                "the branch is held: its last good pins are carried over",
                "read the resolution's reasons and correct its constraints"));
      }
    }
  }

  private static String where(CoverageEntry entry) {
    return entry.pin() + " for " + entry.branch() + " on " + entry.python();
  }

  private void error(String code, String where, String words) {
    problems.add(Problem.error(code, where, words, FIX));
  }
}
