package io.github.wheelmirror.tree;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.github.wheelmirror.Json;
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
 * @param licenseExpression the licence as an SPDX expression (PEP 639), {@code ""} for none
 * @param license the licence in other words where there is no expression, {@code ""} for none
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
    boolean superseded,
    @JacksonInject(value = Json.NO_TEXT, useInput = OptBoolean.TRUE)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String licenseExpression,
    @JacksonInject(value = Json.NO_SECOND_TEXT, useInput = OptBoolean.TRUE)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String license)
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
    Objects.requireNonNull(licenseExpression);
    Objects.requireNonNull(license);
  }

  /** One of whose licence nothing is known. */
  public ManifestFile(
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
      boolean superseded) {
    this(
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
        superseded,
        "",
        "");
  }

  /** Lists a wheel that a branch wants. */
  static ManifestFile of(WheelFile file, long metadataSize, WheelLicense license) {
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
        false,
        license.expression(),
        license.name());
  }

  /** The licence that its metadata tells. */
  WheelLicense wheelLicense() {
    return new WheelLicense(licenseExpression, license);
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
        value,
        licenseExpression,
        license);
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
