package io.github.wheelmirror.tree;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildLock;
import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.RetiredWheel;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.ResolvedBranch;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes the snapshot of a channel: pages, constraints, coverage and the manifest that lists them.
 * The same inputs make the same bytes and so the same id.
 */
public final class SnapshotBuilder {

  private final SnapshotInputs inputs;
  private final Map<Outcome.Wheel, ManifestFile> baseFiles = new HashMap<>();

  private SnapshotBuilder(SnapshotInputs inputs) {
    this.inputs = inputs;
    inputs
        .base()
        .files()
        .forEach(file -> baseFiles.put(new Outcome.Wheel(file.filename(), file.sha256()), file));
  }

  /**
   * Stages the snapshot in {@code <stagingRoot>/<slug>}, which then holds nothing else. A run that
   * changes nothing touches no file there.
   *
   * @throws MirrorException (input) if the wheelhouse lacks a file; (machinery) if the folder
   *     cannot be written
   */
  public static Snapshot build(SnapshotInputs inputs, Path stagingRoot) {
    Path directory = stagingRoot.resolve(TreeLayout.slug(inputs.slug()));
    try {
      return new SnapshotBuilder(inputs).build(directory);
    } catch (IOException e) {
      throw MirrorException.machinery(
          "the snapshot of " + inputs.slug() + " cannot be written to " + directory,
          IoWords.of(e),
          "check that the folder can be written and has space left",
          e);
    }
  }

  private Snapshot build(Path directory) throws IOException {
    BuildReport report = inputs.report();
    List<String> pythons = pythons();
    Coverage coverage = Coverage.of(report, inputs.slug()).published(report.files());
    List<ManifestServed> served = ServedPins.of(coverage, inputs.base());
    List<ManifestFile> files = files(coverage, served);
    return new SnapshotDocuments(
            inputs.slug(),
            pythons,
            branches(coverage),
            files,
            served,
            ManifestEnvironment.of(inputs.resolution(), inputs.slug()),
            coverage,
            PublishedConstraints.of(inputs.resolution(), served, pythons),
            requirements(files),
            retired(files))
        .write(directory);
  }

  /** What is listed again is not retired. */
  private List<RetiredWheel> retired(List<ManifestFile> files) {
    Set<String> listed = files.stream().map(ManifestFile::filename).collect(Collectors.toSet());
    return inputs.base().retired().stream()
        .filter(retired -> !listed.contains(retired.filename()))
        .toList();
  }

  /** The locks of all own wheels that are listed, superseded ones too, as far as they are known. */
  private LockedRequirements requirements(List<ManifestFile> files) {
    LockedRequirements reported = inputs.report().requirements();
    List<BuildLock> locks =
        LockedRequirements.digests(files.stream().map(ManifestFile::toWheelFile).toList()).stream()
            .flatMap(
                digest ->
                    reported
                        .byDigest(digest)
                        .or(() -> inputs.baseRequirements().byDigest(digest))
                        .stream())
            .toList();
    return LockedRequirements.of(reported.generation(), locks);
  }

  private List<String> pythons() {
    return inputs.resolution().targets().stream()
        .map(Target::id)
        .filter(id -> id.slug().equals(inputs.slug()))
        .map(TargetId::python)
        .toList();
  }

  /** Every branch that is served or has nothing to serve; a held one without a base is left out. */
  private List<ManifestBranch> branches(Coverage coverage) {
    Set<String> covered =
        coverage.entries().stream().map(CoverageEntry::branch).collect(Collectors.toSet());
    List<ManifestBranch> branches = new ArrayList<>();
    for (ResolvedBranch branch : inputs.resolution().branches()) {
      if (branch.state() != BranchState.HELD || covered.contains(branch.name())) {
        branches.add(
            new ManifestBranch(branch.name(), branch.ref(), branch.status(), branch.state()));
      }
    }
    return branches;
  }

  private List<ManifestFile> files(Coverage coverage, List<ManifestServed> served)
      throws IOException {
    Map<Outcome.Wheel, WheelFile> reported = new HashMap<>();
    inputs
        .report()
        .files()
        .forEach(file -> reported.put(new Outcome.Wheel(file.filename(), file.sha256()), file));
    Map<String, ManifestFile> files = new TreeMap<>();
    for (CoverageEntry entry : coverage.entries()) {
      Optional<Outcome.Wheel> wheel = entry.outcome().wheel();
      if (wheel.isPresent()) {
        ManifestFile file = file(wheel.get(), reported);
        ManifestFile other = files.put(file.filename(), file);
        if (other != null && !other.sha256().equals(file.sha256())) {
          throw MirrorException.input(
              inputs.slug() + " would have two files named " + file.filename(),
              "their digests are " + other.sha256() + " and " + file.sha256(),
              "name only one of the indexes that offer it");
        }
      }
    }
    Set<String> kept =
        served.stream()
            .filter(ManifestServed::kept)
            .map(ManifestServed::filename)
            .collect(Collectors.toSet());
    for (ManifestFile before : inputs.base().files()) {
      files.putIfAbsent(
          before.filename(), before.withSuperseded(!kept.contains(before.filename())));
    }
    return List.copyOf(files.values());
  }

  private ManifestFile file(Outcome.Wheel wheel, Map<Outcome.Wheel, WheelFile> reported)
      throws IOException {
    WheelFile file = reported.get(wheel);
    if (file == null) {
      throw new IllegalArgumentException("the report does not describe " + wheel);
    }
    ManifestFile before = baseFiles.get(wheel);
    // what was told before is kept: another machine, which has only the release, says the same
    WheelLicense license = before == null ? WheelLicense.NONE : before.wheelLicense();
    Optional<Path> metadata = inputs.wheelhouse().metadata(wheel.sha256(), wheel.filename());
    if (metadata.isPresent()) {
      return ManifestFile.of(
          file,
          Files.size(metadata.get()),
          license.equals(WheelLicense.NONE)
              ? WheelLicense.of(Files.readAllBytes(metadata.get()))
              : license);
    }
    if (before != null) {
      return ManifestFile.of(file, before.metadataSize(), license);
    }
    throw MirrorException.input(
        "the snapshot of " + inputs.slug() + " cannot be made",
        wheel.filename() + " is not in the wheelhouse " + inputs.wheelhouse().root(),
        "run the build goal again");
  }
}
