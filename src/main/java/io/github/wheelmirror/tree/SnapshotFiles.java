package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.constraints.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks every wheel of a manifest: those in the wheelhouse from their bytes, those that only the
 * base holds by being exactly what the base listed, whose bytes the region checks when it stages.
 */
final class SnapshotFiles {

  private static final String FIX = "run the build and snapshot goals again";
  private static final String FIX_BUILD =
      "correct its build with an <override>, or exclude the pin with a reason";
  private static final String FIX_FILES =
      "see the log of its build for what was left out and install what that needs, or " + FIX_BUILD;
  private static final String FIX_UPSTREAM =
      "exclude the pin with a reason, or name an index that has a sound file of it";

  private final Manifest manifest;
  private final Wheelhouse wheelhouse;
  private final Map<String, ManifestFile> base = new HashMap<>();
  private final WheelInspector inspector = new WheelInspector();
  private final ListedWheelCheck listed;
  private final UpstreamFilesCheck upstream;

  SnapshotFiles(Manifest manifest, Wheelhouse wheelhouse, Manifest base, List<Target> targets) {
    this.manifest = manifest;
    this.wheelhouse = wheelhouse;
    this.listed = new ListedWheelCheck(manifest, targets);
    this.upstream = new UpstreamFilesCheck(manifest);
    base.files().forEach(file -> this.base.put(file.filename(), file));
  }

  List<Problem> check() throws IOException {
    List<Problem> problems = new ArrayList<>();
    try {
      problems.addAll(
          manifest.files().parallelStream()
              .flatMap(
                  file -> {
                    try {
                      return check(file).stream();
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  })
              .toList());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (ManifestFile file : manifest.files()) {
      upstream
          .check(file)
          .ifPresent(each -> problems.add(problem(each, file.filename(), FIX_FILES)));
    }
    return problems;
  }

  private List<Problem> check(ManifestFile file) throws IOException {
    String name = file.filename();
    ManifestFile before = base.get(name);
    if (before != null && !before.sha256().equals(file.sha256())) {
      return List.of(
          Problem.error(
              "substituted",
              name,
              "the last release has other bytes under this file name",
              "published bytes never change; rebuild under the next build tag"));
    }
    Optional<Path> wheel = wheelhouse.path(file.sha256(), name);
    Optional<Path> metadata = wheelhouse.metadata(file.sha256(), name);
    if (wheel.isPresent() && metadata.isPresent()) {
      return check(file, wheel.get(), metadata.get());
    }
    boolean asBefore =
        before != null
            && before.size() == file.size()
            && before.metadataSha256().equals(file.metadataSha256())
            && before.metadataSize() == file.metadataSize();
    return asBefore
        ? List.of()
        : List.of(
            Problem.error("missing-file", name, "neither the wheelhouse nor the base has it", FIX));
  }

  private List<Problem> check(ManifestFile file, Path wheel, Path metadata) throws IOException {
    String name = file.filename();
    if (Files.size(wheel) != file.size() || !Sha256.of(wheel).equals(file.sha256())) {
      wheelhouse.doubt(file.sha256());
      return List.of(
          Problem.error("damaged-file", name, "its bytes in the wheelhouse have changed", FIX));
    }
    boolean own = file.origin() instanceof Origin.Built;
    String fix = own ? FIX_BUILD : FIX_UPSTREAM;
    WheelInspection inspection = inspector.inspect(wheel, name, own);
    List<Problem> problems = new ArrayList<>();
    inspection.problems().forEach(each -> problems.add(problem(each, name, fix)));
    // what an error leaves of it may be too little to go on with
    if (inspection.isSound()) {
      upstream.add(file, inspection);
      listed.check(file, inspection).forEach(each -> problems.add(problem(each, name, fix)));
      problems.addAll(asListed(file, metadata, inspection));
    }
    return problems;
  }

  private static Problem problem(WheelProblem found, String name, String fix) {
    String all = fix;
    if (found.severity() == Severity.INFO) {
      all = "";
    } else if (Checks.refusal(found.check()).isEmpty()) {
      all += ", or accept it with a reason in the <baselineFile>";
    }
    return new Problem(found.severity(), found.check(), name, found.words(), all);
  }

  private static List<Problem> asListed(
      ManifestFile file, Path metadata, WheelInspection inspection) throws IOException {
    String name = file.filename();
    byte[] sidecar = Files.readAllBytes(metadata);
    if (!Arrays.equals(sidecar, inspection.metadata())
        || sidecar.length != file.metadataSize()
        || !Sha256.of(sidecar).equals(file.metadataSha256())) {
      return List.of(
          Problem.error(
              "metadata-file", name, "its metadata file is not the METADATA inside it", FIX));
    }
    WheelFile described = file.toWheelFile();
    boolean honest =
        inspection.filename().stream()
            .anyMatch(
                parsed ->
                    parsed.name().equals(described.project())
                        && parsed.version().toString().equals(described.version().toString()));
    return honest
        ? List.of()
        : List.of(
            Problem.error("manifest-file", name, "the manifest says that it is another", FIX));
  }
}
