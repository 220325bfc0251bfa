package io.github.wheelmirror.tree;

import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import java.util.Comparator;
import java.util.Objects;

/**
 * A wheel that a release lists.
 *
 * @param filename the wheel's file name (PEP 427)
 * @param sha256 of the file
 * @param size in bytes
 * @param metadataSha256 of its metadata file (PEP 658)
 * @param metadataSize of its metadata file, in bytes
 * @param requiresPython {@code ""} for none
 * @param yanked whether upstream yanked it (PEP 592)
 * @param yankedReason upstream's words, {@code ""} for none
 * @param uploadTime ISO 8601 instant, {@code ""} unknown
 * @param superseded whether no branch wants it any more: still listed, as yanked, so that a client
 *     with an older constraints file finds it
 */
public record ManifestFile(
    String filename,
    ProjectName project,
    Version version,
    String sha256,
    long size,
    String metadataSha256,
    long metadataSize,
    String requiresPython,
    boolean yanked,
    String yankedReason,
    String uploadTime,
    Origin origin,
    boolean superseded)
    implements Comparable<ManifestFile> {

  private static final Comparator<ManifestFile> ORDER =
      Comparator.comparing(ManifestFile::project)
          .thenComparing(ManifestFile::version)
          .thenComparing(ManifestFile::filename);

  public ManifestFile {
    TreeLayout.wheel(Require.digest(sha256, filename + "'s digest"), filename);
    Objects.requireNonNull(project);
    Objects.requireNonNull(version);
    Require.size(size, filename);
    Require.digest(metadataSha256, filename + "'s metadata digest");
    Require.size(metadataSize, filename + "'s metadata");
    Objects.requireNonNull(requiresPython);
    Objects.requireNonNull(yankedReason);
    Objects.requireNonNull(uploadTime);
    Objects.requireNonNull(origin);
  }

  /** Lists a wheel that a branch wants. */
  static ManifestFile of(WheelFile file, long metadataSize) {
    return new ManifestFile(
        file.filename(),
        file.project(),
        file.version(),
        file.sha256(),
        file.size(),
        file.metadataSha256(),
        metadataSize,
        file.requiresPython(),
        file.yanked(),
        file.yankedReason(),
        file.uploadTime(),
        file.origin(),
        false);
  }

  /** This file, wanted or not. */
  ManifestFile withSuperseded(boolean value) {
    return new ManifestFile(
        filename,
        project,
        version,
        sha256,
        size,
        metadataSha256,
        metadataSize,
        requiresPython,
        yanked,
        yankedReason,
        uploadTime,
        origin,
        value);
  }

  /** The wheel without what the release says about it. */
  public WheelFile toWheelFile() {
    return new WheelFile(
        filename,
        project,
        version,
        sha256,
        size,
        metadataSha256,
        requiresPython,
        yanked,
        yankedReason,
        uploadTime,
        origin);
  }

  /** By project, version and file name: the order of pages. */
  @Override
  public int compareTo(ManifestFile other) {
    return ORDER.compare(this, other);
  }
}
