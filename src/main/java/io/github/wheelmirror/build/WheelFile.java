package io.github.wheelmirror.build;

import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import java.util.Comparator;
import java.util.Objects;

/**
 * A finished wheel: everything that a page and a manifest say about it.
 *
 * @param filename the wheel's file name (PEP 427)
 * @param sha256 of the file
 * @param size in bytes
 * @param metadataSha256 of its {@code METADATA}, served beside it (PEP 658)
 * @param requiresPython as in its metadata or on the upstream page, {@code ""} for none
 * @param yanked whether the upstream page says so (PEP 592)
 * @param yankedReason {@code ""} for none
 * @param uploadTime ISO 8601 instant of the upload; for own builds the sdist's; {@code ""} unknown
 */
public record WheelFile(
    String filename,
    ProjectName project,
    Version version,
    String sha256,
    long size,
    String metadataSha256,
    String requiresPython,
    boolean yanked,
    String yankedReason,
    String uploadTime,
    Origin origin) {

  /** By file name, then digest. */
  public static final Comparator<WheelFile> ORDER =
      Comparator.comparing(WheelFile::filename).thenComparing(WheelFile::sha256);

  public WheelFile {
    Check.filename(filename);
    Objects.requireNonNull(project);
    Objects.requireNonNull(version);
    Check.digest(sha256, filename + "'s digest");
    Check.digestOrEmpty(metadataSha256, filename + "'s metadata digest");
    if (size < 0) {
      throw new IllegalArgumentException(filename + " has size " + size);
    }
    Objects.requireNonNull(requiresPython);
    Objects.requireNonNull(yankedReason);
    Objects.requireNonNull(uploadTime);
    Objects.requireNonNull(origin);
  }
}
