package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.WheelFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private final Manifest manifest;
  private final Wheelhouse wheelhouse;
  private final Map<String, ManifestFile> base = new HashMap<>();
  private final WheelInspector inspector = new WheelInspector();

  SnapshotFiles(Manifest manifest, Wheelhouse wheelhouse, Manifest base) {
    this.manifest = manifest;
    this.wheelhouse = wheelhouse;
    base.files().forEach(file -> this.base.put(file.filename(), file));
  }

  List<Problem> check() throws IOException {
    try {
      return manifest.files().parallelStream()
          .flatMap(
              file -> {
                try {
                  return check(file).stream();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
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
    WheelInspection inspection = inspector.inspect(wheel, name);
    if (!inspection.isSound()) {
      return inspection.errors().stream()
          .map(each -> Problem.error("wheel-" + each.code(), name, each.words(), FIX))
          .toList();
    }
    byte[] sidecar = Files.readAllBytes(metadata);
    if (!Arrays.equals(sidecar, inspection.metadata())
        || sidecar.length != file.metadataSize()
        || !Sha256.of(sidecar).equals(file.metadataSha256())) {
      return List.of(
          Problem.error(
              "metadata-file", name, "its metadata file is not the METADATA inside it", FIX));
    }
    WheelFile described = file.toWheelFile();
    var parsed = inspection.filename().orElseThrow();
    boolean honest =
        parsed.name().equals(described.project())
            && parsed.version().toString().equals(described.version().toString());
    return honest
        ? List.of()
        : List.of(
            Problem.error("manifest-file", name, "the manifest says that it is another", FIX));
  }
}
